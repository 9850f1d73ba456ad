// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/job.h"
#include "core/domain/skipreason.h"

#include <chrono>
#include <optional>

namespace queuedeck::domain {

/// Attempts a job gets before it counts as failed.
constexpr int kMaxAttempts = 3;

/// Where another processor works too, a processing job without a lease counts as stuck once its row
/// has not changed for this long: until then that processor may well be running it. Where all
/// processors are Queuedeck's, it is stuck at once.
constexpr std::chrono::minutes kOrphanGrace{15};

/// What a user may do with a job in a given state. The window enables its actions by these rules;
/// the store repeats them in SQL, which decides.
enum class JobAction {
    Retry,
    RetryKeepingTries, ///< a failed job with attempts left goes on counting them
    Cancel,
    Delete,
    RunNext,
    Repair, ///< an unknown status becomes the one it resembles ("PENDING "), else pending
};

/// The action as the journal names it, stored in databases: "run-next".
QString actionName(JobAction action);

/// Pending, but with all attempts used or an unknown number (NULL): no processor claims it, though
/// it counts as pending.
bool isDead(const Job& job, int maxAttempts = kMaxAttempts);

/// A filter, in parentheses, for the jobs that `action` applies to: isAllowed() as a query.
QString allowedFilter(JobAction action);

bool isAllowed(JobAction action, const Job& job, int maxAttempts = kMaxAttempts);

/// Why `action` skips this job; nothing if it is allowed.
std::optional<SkipReason> refusal(JobAction action, const Job& job, int maxAttempts = kMaxAttempts);

} // namespace queuedeck::domain
