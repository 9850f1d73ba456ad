// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/loghistogram.h"

#include <QDateTime>
#include <QMap>
#include <QStringList>

#include <chrono>
#include <map>
#include <optional>

namespace queuedeck::domain {

/// What attempts came to in some span of time: of one type, or of all.
struct HistoryFigures
{
    qint64 completed = 0;
    qint64 failed = 0;  ///< for good
    qint64 retried = 0; ///< failed, and to be tried again
    LogHistogram wait;  ///< created to started, of first attempts
    LogHistogram run;   ///< started to ended, of all attempts above

    qint64 finished() const { return completed + failed; }
    void add(const HistoryFigures& other);
    bool operator==(const HistoryFigures&) const = default;
};

/// What one engine adds to a minute.
struct HistoryPart
{
    qint64 minute = 0; ///< its beginning, in ms since 1970
    QString type;
    HistoryFigures figures;
};

/// What a queue looks like at a moment.
struct QueueSeen
{
    std::chrono::milliseconds oldestPending{0}; ///< its age; 0 if nothing is pending
    qint64 running = 0;
    std::map<qint64, qint64> created; ///< by minute, in ms since 1970; only of a queue elsewhere
};

/// Part of the history as an engine writes it, all of it or nothing, once however often it is sent.
struct HistoryBatch
{
    QString engine;
    qint64 number = 0; ///< of the engine's batches
    std::vector<HistoryPart> parts;
};

/// How finely the history is kept. Everything of an engine is added to the row of its minute, its
/// hour and its day (in UTC) and to the total.
enum class HistoryStep { Total = 0, Minute = 60, Hour = 3600, Day = 86'400 };

constexpr std::chrono::seconds lengthOf(HistoryStep step)
{
    return std::chrono::seconds(int(step));
}
/// Where the step that holds this moment begins, in ms since 1970, also before 1970.
qint64 beginOf(HistoryStep step, qint64 ms);
/// How long rows of a step are kept; the total for ever.
std::optional<std::chrono::hours> kept(HistoryStep step);

/// So many types at most have rows of their own in a minute, an hour, a day or the total; others
/// count under kOtherTypes, so that the history cannot grow with the names of types.
constexpr int kMostHistoryTypes = 40;
inline const QString kOtherTypes = QStringLiteral("(other types)");
/// The row that figures of this type belong to, where there are these rows already.
template <class Rows>
QString historyRow(const QString& type, const Rows& rows)
{
    const auto named = rows.size() - (rows.contains(kOtherTypes) ? 1 : 0);
    return rows.contains(type) || named < kMostHistoryTypes ? type : kOtherTypes;
}

/// What a person chooses to see.
enum class HistoryPeriod { QuarterHour, Hour, Day, Week, Quarter };

/// The steps of a period: its last one holds the moment `now` and is not over.
struct HistorySpan
{
    HistoryStep step = HistoryStep::Minute;
    qint64 from = 0; ///< ms since 1970; the beginning of the first step
    int steps = 0;

    qint64 to() const; ///< the end of the last step
};
HistorySpan spanOf(HistoryPeriod period, const QDateTime& now);
/// "15m", "1h", "24h", "7d", "90d"
QString periodText(HistoryPeriod period);
std::optional<HistoryPeriod> periodFromText(const QString& text);
QStringList periodTexts();

/// One minute, hour or day.
struct HistoryBucket
{
    QDateTime from; ///< UTC
    HistoryFigures figures;
    std::optional<qint64> enqueued; ///< jobs created in it; none: not counted (yet)
    /// The highest age of the oldest pending job, as seen every half minute; none: nobody looked.
    std::optional<std::chrono::seconds> oldestPending;
    std::optional<int> running; ///< the most jobs seen processing; likewise
    bool isOpen = false;        ///< it is not over
};

/// The history of a period, as charts and tables show it.
struct History
{
    HistoryPeriod period = HistoryPeriod::Hour;
    HistoryStep step = HistoryStep::Minute;
    QDateTime readAt;                     ///< UTC
    QDateTime begunAt;                    ///< UTC; invalid: nothing has been recorded yet
    QVector<HistoryBucket> buckets;       ///< all steps of the period, the oldest first
    HistoryFigures all;                   ///< of the period
    QMap<QString, HistoryFigures> byType; ///< of the period, whatever type was asked for
    /// Of the last 60 minutes and every type, the open one included: what the chart of an hour adds
    /// up to; none if the recording began later.
    std::optional<HistoryFigures> lastHour;
    std::optional<double> comePerMinute;   ///< over the latest minutes that are over
    std::optional<double> finishPerMinute; ///< likewise
};

/// How long it takes until nothing is pending if things go on like this.
struct DrainEstimate
{
    enum class Kind {
        Unknown,    ///< nothing finished and nothing came, or it was not counted
        Empty,      ///< nothing is pending
        Drains,     ///< in about `left`
        NotDraining ///< at least as many come as finish
    };
    Kind kind = Kind::Unknown;
    std::chrono::seconds left{0};
};
DrainEstimate drainEstimate(qint64 pending, std::optional<double> comePerMinute,
                            std::optional<double> finishPerMinute);

} // namespace queuedeck::domain
