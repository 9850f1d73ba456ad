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

/// One part of a field, as typed: "*", "5", "1-5", "*/2". Names become numbers; Sunday is 0.
struct CronPart
{
    int from = 0;
    int to = 0;
    int step = 1;
    bool isStar = false;

    bool operator==(const CronPart&) const = default;
};

/// A cron expression as a value: the five fields of cron, or @hourly, @daily, @weekly, @monthly,
/// @yearly.
///
///     minute 0-59   hour 0-23   day 1-31   month 1-12 or JAN-DEC   weekday 0-7 or SUN-SAT
///
/// Fields contain lists of numbers, ranges and steps. As in cron, if both day and weekday are
/// given, matching either is enough; a field that begins with * counts as not given, and then both
/// must match. parse() rejects what can never run, such as 31 February.
///
/// When the clocks change, each time of day happens once: a skipped one runs at the moment of the
/// shift, one that occurs twice runs the first time. An expression for every hour is an interval,
/// not a time of day: it continues evenly through both.
class Cron
{
public:
    enum Field { Minute, Hour, Day, Month, Weekday };
    static constexpr int kFields = 5;

    static tl::expected<Cron, TextError> parse(const QString& text);

    const QString& text() const { return m_text; } ///< as typed, without surrounding spaces
    /// The same as five numeric fields, for programs that know neither names nor @daily.
    QString numbers() const;

    const QVector<CronPart>& parts(Field field) const { return m_parts[field]; }
    bool has(Field field, int value) const { return (m_values[field] >> value) & 1U; }
    QVector<int> values(Field field) const; ///< sorted; Sunday is 0
    bool isFull(Field field) const;         ///< contains every value
    bool isEveryHour() const { return isFull(Hour); }
    /// True if matching day or weekday is enough; otherwise both must match.
    bool isEitherDay() const;
    bool matchesDay(QDate day) const;

    /// The first run after `after` on the clocks of `zone`, in UTC. There always is one, though up
    /// to 40 years away.
    QDateTime next(const QDateTime& after, const QTimeZone& zone) const;
    QVector<QDateTime> nextRuns(int count, const QDateTime& after, const QTimeZone& zone) const;

    bool operator==(const Cron& other) const { return m_text == other.m_text; }

private:
    Cron() = default;

    // Wall time is local time stored as if it were UTC.
    QDateTime nextWall(const QDateTime& from, const QDateTime& end) const;
    int nextMinuteOfDay(int from) const;

    QString m_text;
    std::array<QVector<CronPart>, kFields> m_parts;
    std::array<quint64, kFields> m_values{};
};

} // namespace queuedeck::domain
