// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/history.h"
#include "core/domain/snapshot.h"

namespace queuedeck::domain {

/// What must have happened between two looks at a queue that records nothing itself.
struct InferredHistory
{
    std::vector<HistoryPart> parts; ///< without wait and run times, which nobody saw
    QueueSeen seen;                 ///< measured, except for the jobs that came
};

/// Completed, failed and created jobs are as many as the counts have risen, so at least these: a
/// job that was removed or retried in between hides another one. Two looks further apart than
/// kLongestLook say nothing, as it is not known when it happened; nor does a clock that went back.
InferredHistory inferHistory(const QueueSnapshot& before, const QueueSnapshot& after);

constexpr std::chrono::minutes kLongestLook{5};

} // namespace queuedeck::domain
