// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"
#include "core/domain/job.h"

#include <optional>

namespace queuedeck::domain {

/// What can be wrong with a job, judged by its row alone. The last three are caused by the web
/// application's own processor.
enum class JobFault {
    DeadPending,
    OddStatus,
    Stuck,
    OverlappingRuns,
    NoRetry,
    StaleError,
};

/// `isShared`: the web application's processor works on this database too.
std::optional<JobFault> faultOf(const Job& job, bool isShared);

/// Why this happens.
base::Sentence causeOf(JobFault fault);
/// Lists the jobs that have it, and perhaps a few more.
QString filterOf(JobFault fault);

} // namespace queuedeck::domain
