// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/job.h"
#include "core/domain/skipreason.h"

#include <chrono>
#include <optional>

namespace queuedeck::domain {

/// Attempts a job gets before it is given up.
constexpr int kMaxAttempts = 3;

/// Beside another processor, a running job that nobody's lease covers is called stuck once its row
/// has not changed for so long: until then that processor may well be running it. Where all
/// processors are Queuedeck's, it is stuck at once.
constexpr std::chrono::minutes kOrphanGrace{15};

/// What a person may do with a job in a given state. The window enables its actions by these, and
/// the store states the same rules again in SQL, where they are decisive.
enum class JobAction {
    Retry,
    Cancel,
    Delete,
    RunNext,
    Repair, ///< a status that nobody knows becomes what its word means ("PENDING "), else pending
};

/// The action as the journal names it, stored in databases: "run-next".
QString actionName(JobAction action);

/// Pending, but with all attempts spent, or nobody knows how many (NULL): no processor takes it,
/// though it counts as pending.
bool isDead(const Job& job, int maxAttempts = kMaxAttempts);

/// The filter of the jobs that `action` is for, in parentheses: what isAllowed() says, as a query.
QString allowedFilter(JobAction action);

bool isAllowed(JobAction action, const Job& job, int maxAttempts = kMaxAttempts);

/// Why `action` skips this job; none if it is allowed.
std::optional<SkipReason> refusal(JobAction action, const Job& job, int maxAttempts = kMaxAttempts);

} // namespace queuedeck::domain
