// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schedule/dueruns.h"

#include <chrono>

using namespace std::chrono_literals;

namespace queuedeck::schedule {

namespace {
constexpr std::chrono::milliseconds kOnTime = 90s;   // a run later than this was missed
constexpr std::chrono::milliseconds kSetBack = 120s; // less is normal clock adjustment
} // namespace

DueRuns dueRuns(const domain::Cron& cron, const QTimeZone& zone, const QDateTime& handledUntil,
                const QDateTime& now)
{
    DueRuns runs;
    runs.first = cron.next(handledUntil, zone);
    for (QDateTime due = runs.first; due.isValid() && due <= now; due = cron.next(due, zone)) {
        runs.hasMore = runs.count == DueRuns::kMostCounted;
        if (runs.hasMore)
            break;
        ++runs.count;
    }
    if (runs.isEmpty())
        return {};
    const QDateTime late = now.addMSecs(-kOnTime.count());
    const QDateTime latest = cron.next(std::max(handledUntil, late), zone);
    runs.isOnTime = latest.isValid() && latest <= now;
    return runs;
}

QDateTime handledBefore(const QDateTime& handledUntil, const QDateTime& now)
{
    return handledUntil.isValid() && handledUntil <= now.addMSecs(kSetBack.count()) ? handledUntil
                                                                                    : now;
}

} // namespace queuedeck::schedule
