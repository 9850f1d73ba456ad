// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schedule/targets/oncalendar.h"

using namespace Qt::StringLiterals;

namespace queuedeck::schedule {

using domain::Cron;

namespace {
constexpr int kHour = 3600;
constexpr int kYearsLookedAhead = 5;

QString padded(int value)
{
    return u"%1"_s.arg(value, 2, 10, QChar(u'0'));
}

// "*", "0/5", "1..5,8". systemd parses steps everywhere, but gets some wrong: with a step in days
// it skips the first of a month, with one in months it gives up at their ends (systemd issue
// 22665). So steps are used for times only.
QString numberList(const Cron& cron, Cron::Field field, int least, int most)
{
    if (cron.isFull(field))
        return u"*"_s;
    const QVector<int> values = cron.values(field);
    if (values.size() > 2 && (field == Cron::Hour || field == Cron::Minute)) {
        const int step = values[1] - values[0];
        bool isEven = step > 1 && values.last() + step > most && values.first() - step < least;
        for (qsizetype i = 1; i < values.size(); ++i)
            isEven = isEven && values[i] - values[i - 1] == step;
        if (isEven)
            return u"%1/%2"_s.arg(padded(values[0])).arg(step);
    }
    QStringList parts;
    for (qsizetype i = 0; i < values.size();) {
        qsizetype end = i;
        while (end + 1 < values.size() && values[end + 1] == values[end] + 1)
            ++end;
        if (end - i >= 2) {
            parts += padded(values[i]) + u".."_s + padded(values[end]);
            i = end + 1;
        } else {
            parts += padded(values[i++]);
        }
    }
    return parts.join(u',');
}

// "Mon,Wed "; empty for every day.
QString weekdayList(const Cron& cron)
{
    static const QStringList kNames{u"Mon"_s, u"Tue"_s, u"Wed"_s, u"Thu"_s,
                                    u"Fri"_s, u"Sat"_s, u"Sun"_s};
    if (cron.isFull(Cron::Weekday))
        return {};
    QStringList names;
    for (int day = 1; day <= 7; ++day) {
        if (cron.has(Cron::Weekday, day % 7))
            names += kNames[day - 1];
    }
    return names.join(u',') + u' ';
}

bool wholeHours(const QTimeZone& zone, const QDateTime& now)
{
    const int standard = zone.standardTimeOffset(now);
    for (QDateTime at = now; at < now.addYears(1);) {
        if (zone.offsetFromUtc(at) % kHour != standard % kHour)
            return false;
        const auto change = zone.nextTransition(at);
        if (!change.atUtc.isValid())
            break;
        at = change.atUtc;
    }
    return standard % kHour == 0;
}

bool fitsTime(const Cron& cron, const QDateTime& wall)
{
    return cron.matchesDay(wall.date()) && cron.has(Cron::Hour, wall.time().hour()) &&
           cron.has(Cron::Minute, wall.time().minute());
}

// Whether the clocks will ever skip a time of day of this expression.
bool meetsGap(const Cron& cron, const QTimeZone& zone, const QDateTime& now)
{
    const QDateTime end = now.addYears(kYearsLookedAhead);
    for (auto change = zone.nextTransition(now); change.atUtc.isValid() && change.atUtc < end;
         change = zone.nextTransition(change.atUtc)) {
        const QDateTime wall = change.atUtc.toUTC().addSecs(change.offsetFromUtc);
        if (cron.next(change.atUtc.addSecs(-1), zone) == change.atUtc && !fitsTime(cron, wall))
            return true;
    }
    return false;
}

// Names such as UTC+02:00 exist in Qt only.
bool isKnownToSystemd(const QByteArray& zone)
{
    return zone == "UTC" || (!zone.startsWith("UTC") && QTimeZone(zone).isValid());
}
} // namespace

base::Result<OnCalendar> onCalendar(const Cron& cron, const QByteArray& zone, const QDateTime& now)
{
    const QTimeZone place = zone.isEmpty() ? QTimeZone::systemTimeZone() : QTimeZone(zone);
    if (!place.isValid() || (!zone.isEmpty() && !isKnownToSystemd(zone)))
        return base::fail(
            base::ErrorKind::Unsupported,
            base::Sentence::tr(
                "systemd does not know the time zone %1. Write one such as Europe/Berlin.")
                .arg(QString::fromUtf8(zone)));
    OnCalendar calendar;
    QString suffix = zone.isEmpty() ? QString() : u' ' + QString::fromLatin1(zone);
    const bool isAnyDay = cron.isFull(Cron::Day) && cron.isFull(Cron::Weekday);
    if (place.hasTransitions() && place.nextTransition(now).atUtc.isValid()) {
        // systemd skips a repeated hour, which would interrupt an interval.
        const bool isSameInUtc =
            cron.isEveryHour() && isAnyDay && cron.isFull(Cron::Month) && wholeHours(place, now);
        if (isSameInUtc)
            suffix = u" UTC"_s;
        else if (cron.isEveryHour())
            calendar.notes +=
                base::Sentence::tr("When the clocks go back, systemd does not run in the hour that "
                                   "comes twice for its second time.");
        else if (meetsGap(cron, place, now))
            calendar.notes += base::Sentence::tr(
                "When the clocks go forward over a time of this schedule, systemd "
                "leaves that run out.");
    }
    const QString time = u" %1:%2:00"_s.arg(numberList(cron, Cron::Hour, 0, 23),
                                            numberList(cron, Cron::Minute, 0, 59)) +
                         suffix;
    const QString months = u"*-"_s + numberList(cron, Cron::Month, 1, 12) + u'-';
    const QString days = numberList(cron, Cron::Day, 1, 31);
    if (!cron.isEitherDay()) {
        calendar.lines += weekdayList(cron) + months + days + time;
    } else if (cron.isFull(Cron::Day) || cron.isFull(Cron::Weekday)) {
        calendar.lines += months + u'*' + time;
    } else {
        calendar.lines += months + days + time;
        calendar.lines += weekdayList(cron) + months + u'*' + time;
    }
    return calendar;
}

} // namespace queuedeck::schedule
