// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schedule/dueruns.h"
#include "core/schedule/schedule.h"

namespace queuedeck::schedule {

/// What is remembered of a schedule between runs of the program. Private to this room.
struct ScheduleRecord
{
    static constexpr int kOutcomesKept = 50;

    QDateTime handledUntil;            ///< UTC: runs due up to then were run or recorded
    QVector<ScheduleOutcome> outcomes; ///< newest first, at most kOutcomesKept

    void add(const ScheduleOutcome& outcome);
    /// Runs that came due while nothing was running schedules.
    void addMissed(const DueRuns& runs);
    /// Runs that were not started because the previous one was still going.
    void addSkipped(const DueRuns& runs);
};

} // namespace queuedeck::schedule
