// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/history.h"

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

namespace {
struct PeriodEntry
{
    HistoryPeriod period;
    QString text;
    HistoryStep step;
    int steps; ///< over, and the one that is not
};

const std::array<PeriodEntry, 5>& periods()
{
    static const std::array<PeriodEntry, 5> entries{{
        {HistoryPeriod::QuarterHour, u"15m"_s, HistoryStep::Minute, 15},
        {HistoryPeriod::Hour, u"1h"_s, HistoryStep::Minute, 60},
        {HistoryPeriod::Day, u"24h"_s, HistoryStep::Hour, 24},
        {HistoryPeriod::Week, u"7d"_s, HistoryStep::Hour, 168},
        {HistoryPeriod::Quarter, u"90d"_s, HistoryStep::Day, 90},
    }};
    return entries;
}

const PeriodEntry& entryOf(HistoryPeriod period)
{
    return *std::find_if(periods().begin(), periods().end(),
                         [period](const PeriodEntry& entry) { return entry.period == period; });
}

constexpr double kLongestDrain = 100.0 * 365 * 24 * 60; // minutes
} // namespace

void HistoryFigures::add(const HistoryFigures& other)
{
    completed += other.completed;
    failed += other.failed;
    retried += other.retried;
    wait.merge(other.wait);
    run.merge(other.run);
}

qint64 beginOf(HistoryStep step, qint64 ms)
{
    if (step == HistoryStep::Total)
        return 0;
    const qint64 length = std::chrono::milliseconds(lengthOf(step)).count();
    const qint64 rest = ms % length;
    return ms - (rest < 0 ? rest + length : rest);
}

std::optional<std::chrono::hours> kept(HistoryStep step)
{
    switch (step) {
    case HistoryStep::Minute: return std::chrono::hours(26);
    case HistoryStep::Hour: return std::chrono::hours(9 * 24);
    case HistoryStep::Day: return std::chrono::hours(91 * 24);
    case HistoryStep::Total: break;
    }
    return {};
}

qint64 HistorySpan::to() const
{
    return from + steps * std::chrono::milliseconds(lengthOf(step)).count();
}

HistorySpan spanOf(HistoryPeriod period, const QDateTime& now)
{
    const PeriodEntry& entry = entryOf(period);
    const qint64 open = beginOf(entry.step, now.toMSecsSinceEpoch());
    const qint64 length = std::chrono::milliseconds(lengthOf(entry.step)).count();
    return {entry.step, open - (entry.steps - 1) * length, entry.steps};
}

QString periodText(HistoryPeriod period)
{
    return entryOf(period).text;
}

std::optional<HistoryPeriod> periodFromText(const QString& text)
{
    for (const PeriodEntry& entry : periods()) {
        if (entry.text == text)
            return entry.period;
    }
    return {};
}

QStringList periodTexts()
{
    QStringList texts;
    for (const PeriodEntry& entry : periods())
        texts += entry.text;
    return texts;
}

DrainEstimate drainEstimate(qint64 pending, std::optional<double> comePerMinute,
                            std::optional<double> finishPerMinute)
{
    using Kind = DrainEstimate::Kind;
    if (pending <= 0)
        return {Kind::Empty, {}};
    if (!comePerMinute || !finishPerMinute || (*comePerMinute <= 0 && *finishPerMinute <= 0))
        return {};
    const double fall = *finishPerMinute - *comePerMinute;
    if (fall <= 0)
        return {Kind::NotDraining, {}};
    const double minutes = std::min(double(pending) / fall, kLongestDrain);
    return {Kind::Drains, std::chrono::seconds(qint64(std::llround(minutes * 60)))};
}

} // namespace queuedeck::domain
