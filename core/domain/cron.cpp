// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/cron.h"

#include <QStringList>

#include <algorithm>
#include <bit>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

namespace {
constexpr int kMinutesADay = 24 * 60;
// 29 February and a weekday may be 40 years apart.
constexpr int kYearsSearched = 45;
constexpr std::array kSizes{60, 24, 31, 12, 7};

QDateTime wallAt(const QDate& date, int minuteOfDay)
{
    return QDateTime(date, QTime(minuteOfDay / 60, minuteOfDay % 60), Qt::UTC);
}

// The local time at an instant, with an offset from UTC of `offset` seconds.
QDateTime wallOf(const QDateTime& instant, int offset)
{
    return instant.toUTC().addSecs(offset);
}

QString partText(const CronPart& part, Cron::Field field)
{
    const QString step = part.step > 1 ? u'/' + QString::number(part.step) : QString();
    if (part.isStar)
        return u'*' + step;
    if (part.from == part.to)
        return QString::number(part.from % (field == Cron::Weekday ? 7 : 99));
    return u"%1-%2%3"_s.arg(part.from).arg(part.to).arg(step);
}
} // namespace

QVector<int> Cron::values(Field field) const
{
    QVector<int> all;
    for (int value = 0; value < 64; ++value) {
        if (has(field, value))
            all += value;
    }
    return all;
}

bool Cron::isFull(Field field) const
{
    return std::popcount(m_values[field]) == kSizes[field];
}

bool Cron::isEitherDay() const
{
    // As in cron: only the first part of a field counts.
    return !m_parts[Day].first().isStar && !m_parts[Weekday].first().isStar;
}

QString Cron::numbers() const
{
    QStringList fields;
    for (int field = 0; field < kFields; ++field) {
        QStringList parts;
        for (const CronPart& part : m_parts[field]) {
            // Some programs accept Sunday only as 0: a range that ends with 7 is written out.
            if (field == Weekday && part.to == 7 && part.from < 7) {
                for (int day = part.from; day <= 7; day += part.step)
                    parts += QString::number(day % 7);
            } else {
                parts += partText(part, Field(field));
            }
        }
        fields += parts.join(u',');
    }
    return fields.join(u' ');
}

bool Cron::matchesDay(QDate day) const
{
    if (!has(Month, day.month()))
        return false;
    const bool fitsDay = has(Day, day.day());
    const bool fitsWeekday = has(Weekday, day.dayOfWeek() % 7);
    return isEitherDay() ? fitsDay || fitsWeekday : fitsDay && fitsWeekday;
}

// The first minute of a day at or after `from`; -1 if there is none.
int Cron::nextMinuteOfDay(int from) const
{
    for (int hour = from / 60; hour < 24; ++hour) {
        if (!has(Hour, hour))
            continue;
        const int first = hour == from / 60 ? from % 60 : 0;
        const quint64 left = m_values[Minute] >> first;
        if (left != 0)
            return hour * 60 + first + std::countr_zero(left);
    }
    return -1;
}

// The first run at or after `from` and before `end` by a clock that is never set.
QDateTime Cron::nextWall(const QDateTime& from, const QDateTime& end) const
{
    QDate day = from.date();
    int minute = from.time().hour() * 60 + from.time().minute();
    if (from.time().second() > 0 || from.time().msec() > 0)
        ++minute;
    while (day <= end.date()) {
        if (!has(Month, day.month())) {
            day = QDate(day.year(), day.month(), 1).addMonths(1);
            minute = 0;
            continue;
        }
        const int found = minute < kMinutesADay && matchesDay(day) ? nextMinuteOfDay(minute) : -1;
        if (found >= 0) {
            const QDateTime wall = wallAt(day, found);
            return wall < end ? wall : QDateTime();
        }
        day = day.addDays(1);
        minute = 0;
    }
    return {};
}

QDateTime Cron::next(const QDateTime& after, const QTimeZone& zone) const
{
    const QDateTime start = after.toUTC();
    const QDateTime last = start.addYears(kYearsSearched);
    // Between two clock changes local time is continuous, so search one stretch after the other. A
    // time of day that occurs twice counts only the first time.
    int offset = zone.offsetFromUtc(start);
    QDateTime wall = wallOf(start, offset);
    wall = wallAt(wall.date(), wall.time().hour() * 60 + wall.time().minute()).addSecs(60);
    const QTimeZone::OffsetData before = zone.hasTransitions()
                                             ? zone.previousTransition(start.addMSecs(1))
                                             : QTimeZone::OffsetData{};
    if (before.atUtc.isValid() && !isEveryHour()) {
        const int earlier = zone.offsetFromUtc(before.atUtc.addMSecs(-1));
        wall = std::max(wall, wallOf(before.atUtc, earlier));
    }
    for (QDateTime from = start; from < last;) {
        const QTimeZone::OffsetData change =
            zone.hasTransitions() ? zone.nextTransition(from) : QTimeZone::OffsetData{};
        const QDateTime until =
            change.atUtc.isValid() ? std::min(change.atUtc.toUTC(), last) : last;
        const QDateTime found = nextWall(wall, wallOf(until, offset));
        if (found.isValid())
            return found.addSecs(-offset);
        if (until == last)
            break;
        const int changed = zone.offsetFromUtc(until);
        const QDateTime oldWall = wallOf(until, offset);
        const QDateTime newWall = wallOf(until, changed);
        if (changed > offset && !isEveryHour() &&
            nextWall(std::max(wall, oldWall), newWall).isValid())
            return until; // the skipped hour contained a run
        wall = isEveryHour() ? newWall : std::max({wall, newWall, oldWall});
        offset = changed;
        from = until;
    }
    return {};
}

QVector<QDateTime> Cron::nextRuns(int count, const QDateTime& after, const QTimeZone& zone) const
{
    QVector<QDateTime> runs;
    QDateTime last = after;
    while (runs.size() < count) {
        last = next(last, zone);
        if (!last.isValid())
            break;
        runs += last;
    }
    return runs;
}

} // namespace queuedeck::domain
