// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/cronwords.h"

#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

namespace {
constexpr int kTimesListed = 6;

QString listed(const QStringList& words, const QString& last = u"and"_s)
{
    if (words.size() < 2)
        return words.join(QString());
    return u"%1 %2 %3"_s.arg(words.mid(0, words.size() - 1).join(u", "_s), last, words.last());
}

// "1 to 5, 8 and 9"
QString listed(const QVector<int>& numbers)
{
    QStringList words;
    for (qsizetype i = 0; i < numbers.size();) {
        qsizetype end = i;
        while (end + 1 < numbers.size() && numbers[end + 1] == numbers[end] + 1)
            ++end;
        if (end - i >= 2) {
            words += u"%1 to %2"_s.arg(numbers[i]).arg(numbers[end]);
            i = end + 1;
        } else {
            words += QString::number(numbers[i++]);
        }
    }
    return listed(words);
}

QString clock(int hour, int minute)
{
    return u"%1:%2"_s.arg(hour, 2, 10, QChar(u'0')).arg(minute, 2, 10, QChar(u'0'));
}

bool isRun(const QVector<int>& numbers)
{
    return numbers.last() - numbers.first() == numbers.size() - 1;
}

// The step if the numbers divide `size` evenly from 0; else 0.
int evenStep(const QVector<int>& numbers, int size)
{
    if (numbers.first() != 0 || numbers.size() < 2 || size % numbers.size() != 0)
        return 0;
    const int step = size / int(numbers.size());
    for (qsizetype i = 0; i < numbers.size(); ++i) {
        if (numbers[i] != i * step)
            return 0;
    }
    return step;
}

// "every 5 minutes", "every minute", or empty.
QString everyMinutes(const QVector<int>& minutes)
{
    const int step = evenStep(minutes, 60);
    if (step == 0)
        return {};
    return step == 1 ? u"every minute"_s : u"every %1 minutes"_s.arg(step);
}

QString minuteList(const QVector<int>& minutes)
{
    return (minutes.size() == 1 ? u"minute %1"_s : u"minutes %1"_s).arg(listed(minutes));
}

struct TimeWords
{
    QString text;
    bool isTimeOfDay = false; ///< "at 02:30", which must be followed by the days
};

TimeWords timeWords(const QVector<int>& minutes, const QVector<int>& hours)
{
    const QString every = everyMinutes(minutes);
    if (hours.size() == 24) {
        if (!every.isEmpty())
            return {every};
        return {minutes == QVector<int>{0} ? u"every hour"_s
                                           : u"every hour at %1"_s.arg(minuteList(minutes))};
    }
    const int hourStep = evenStep(hours, 24);
    if (minutes.size() == 1 && hourStep > 0 && hours.size() > 2)
        return {u"every %1 hours from %2"_s.arg(hourStep).arg(clock(0, minutes[0]))};
    if (minutes.size() * hours.size() <= kTimesListed) {
        QStringList times;
        for (const int hour : hours) {
            for (const int minute : minutes)
                times += clock(hour, minute);
        }
        return {u"at %1"_s.arg(listed(times)), true};
    }
    if (isRun(hours) && (!every.isEmpty() || minutes.size() == 1))
        return {u"%1 from %2 to %3"_s.arg(every.isEmpty() ? u"every hour"_s : every,
                                          clock(hours.first(), minutes.first()),
                                          clock(hours.last(), minutes.last()))};
    const QString when = every.isEmpty() ? u"at %1"_s.arg(minuteList(minutes)) : every;
    return {(hours.size() == 1 ? u"%1 of the hour %2"_s : u"%1 of the hours %2"_s)
                .arg(when, listed(hours))};
}

// Monday first; `isPlural` for "Mondays".
QStringList weekdayNames(QVector<int> weekdays, bool isPlural)
{
    static const QStringList kNames{u"Sunday"_s,   u"Monday"_s, u"Tuesday"_s, u"Wednesday"_s,
                                    u"Thursday"_s, u"Friday"_s, u"Saturday"_s};
    std::sort(weekdays.begin(), weekdays.end(),
              [](int a, int b) { return (a + 6) % 7 < (b + 6) % 7; });
    QStringList names;
    for (const int day : weekdays)
        names += isPlural ? kNames[day] + u's' : kNames[day];
    return names;
}

QString onWeekdays(const QVector<int>& weekdays)
{
    QVector<int> mondayFirst;
    for (const int day : weekdays)
        mondayFirst += (day + 6) % 7;
    std::sort(mondayFirst.begin(), mondayFirst.end());
    if (mondayFirst.size() > 2 && isRun(mondayFirst)) {
        const QStringList names = weekdayNames(weekdays, false);
        return u"from %1 to %2"_s.arg(names.first(), names.last());
    }
    return u"on %1"_s.arg(listed(weekdayNames(weekdays, true)));
}

QString onDays(const QVector<int>& days)
{
    return (days.size() == 1 ? u"on day %1 of the month"_s : u"on days %1 of the month"_s)
        .arg(listed(days));
}

QString monthName(int month)
{
    static const QStringList kNames{u"January"_s,   u"February"_s, u"March"_s,    u"April"_s,
                                    u"May"_s,       u"June"_s,     u"July"_s,     u"August"_s,
                                    u"September"_s, u"October"_s,  u"November"_s, u"December"_s};
    return kNames[month - 1];
}

QString inMonths(const QVector<int>& months)
{
    if (months.size() > 2 && isRun(months))
        return u"from %1 to %2"_s.arg(monthName(months.first()), monthName(months.last()));
    QStringList names;
    for (const int month : months)
        names += monthName(month);
    return u"in %1"_s.arg(listed(names));
}

// Empty: every day.
QString dayWords(const Cron& cron)
{
    const QVector<int> days = cron.values(Cron::Day);
    const QVector<int> weekdays = cron.values(Cron::Weekday);
    const bool isAnyDay = cron.isFull(Cron::Day);
    const bool isAnyWeekday = cron.isFull(Cron::Weekday);
    if (cron.isEitherDay())
        return isAnyDay || isAnyWeekday ? QString()
                                        : u"%1 and %2"_s.arg(onDays(days), onWeekdays(weekdays));
    if (isAnyDay)
        return isAnyWeekday ? QString() : onWeekdays(weekdays);
    if (isAnyWeekday)
        return onDays(days);
    return u"%1 that are %2"_s.arg(onDays(days), listed(weekdayNames(weekdays, true), u"or"_s));
}
} // namespace

QString cronInWords(const Cron& cron)
{
    const TimeWords time = timeWords(cron.values(Cron::Minute), cron.values(Cron::Hour));
    const QVector<int> months = cron.values(Cron::Month);
    const QVector<int> days = cron.values(Cron::Day);
    QStringList words{time.text};
    if (months.size() == 1 && days.size() == 1 && cron.isFull(Cron::Weekday)) {
        words += u"on %1 %2"_s.arg(days[0]).arg(monthName(months[0]));
        return words.join(u' ');
    }
    const QString day = dayWords(cron);
    if (!day.isEmpty())
        words += day;
    else if (time.isTimeOfDay)
        words += u"every day"_s;
    if (!cron.isFull(Cron::Month))
        words += inMonths(months);
    return words.join(u' ');
}

} // namespace queuedeck::domain
