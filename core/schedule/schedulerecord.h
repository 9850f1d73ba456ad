// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schedule/dueruns.h"
#include "core/schedule/schedule.h"

namespace queuedeck::schedule {

/// What is remembered of a schedule between two starts of the program. Private to this room.
struct ScheduleRecord
{
    static constexpr int kOutcomesKept = 50;

    QDateTime handledUntil;            ///< UTC: what was due up to then was run or told
    QVector<ScheduleOutcome> outcomes; ///< the newest first, at most kOutcomesKept

    void add(const ScheduleOutcome& outcome);
    /// Runs whose time passed while nobody looked.
    void addMissed(const DueRuns& runs);
    /// Runs that were not begun, since the one before was still going.
    void addSkipped(const DueRuns& runs);
};

} // namespace queuedeck::schedule
