// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/texterror.h"

#include <QDateTime>
#include <QString>
#include <QTimeZone>
#include <QVector>

#include <array>
#include <tl/expected.hpp>

namespace queuedeck::domain {

/// One part of a field, as typed: "*", "5", "1-5", "*/2". A name is its number, Sunday is 0.
struct CronPart
{
    int from = 0;
    int to = 0;
    int step = 1;
    bool isStar = false;

    bool operator==(const CronPart&) const = default;
};

/// When something is to run: the five fields of cron as a value, or @hourly, @daily, @weekly,
/// @monthly, @yearly.
///
///     minute 0-59   hour 0-23   day 1-31   month 1-12 or JAN-DEC   weekday 0-7 or SUN-SAT
///
/// Fields hold lists of numbers, ranges and steps. As in cron, a job runs on a day that fits either
/// the day or the weekday when both are given; a field that begins with * counts as not given, and
/// then both must fit. What can never run, as on 31 February, is refused by parse().
///
/// Where the clocks change, times of day happen once: one that is skipped runs at the moment of the
/// shift, one that comes twice runs the first time. An expression for every hour is an interval and
/// no time of day: it goes on evenly through both.
class Cron
{
public:
    enum Field { Minute, Hour, Day, Month, Weekday };
    static constexpr int kFields = 5;

    static tl::expected<Cron, TextError> parse(const QString& text);

    const QString& text() const { return m_text; } ///< as typed, without spaces around it
    /// The same in five fields of numbers, for programs that know neither names nor @daily.
    QString numbers() const;

    const QVector<CronPart>& parts(Field field) const { return m_parts[field]; }
    bool has(Field field, int value) const { return (m_values[field] >> value) & 1U; }
    QVector<int> values(Field field) const; ///< sorted; Sunday is 0
    bool isFull(Field field) const;         ///< every value of it
    bool isEveryHour() const { return isFull(Hour); }
    /// The day or the weekday must fit; otherwise both must.
    bool isEitherDay() const;
    bool matchesDay(QDate day) const;

    /// The first run after `after` on the clocks of `zone`, in UTC. There always is one, though up
    /// to 40 years away.
    QDateTime next(const QDateTime& after, const QTimeZone& zone) const;
    QVector<QDateTime> nextRuns(int count, const QDateTime& after, const QTimeZone& zone) const;

    bool operator==(const Cron& other) const { return m_text == other.m_text; }

private:
    Cron() = default;

    // A wall is what the clock on the wall shows, written down as if it were UTC.
    QDateTime nextWall(const QDateTime& from, const QDateTime& end) const;
    int nextMinuteOfDay(int from) const;

    QString m_text;
    std::array<QVector<CronPart>, kFields> m_parts;
    std::array<quint64, kFields> m_values{};
};

} // namespace queuedeck::domain
