// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/jobrules.h"

namespace queuedeck::domain {

QString actionName(JobAction action)
{
    switch (action) {
    case JobAction::Retry: return QStringLiteral("retry");
    case JobAction::RetryKeepingTries: return QStringLiteral("retry-keep-tries");
    case JobAction::Cancel: return QStringLiteral("cancel");
    case JobAction::Delete: return QStringLiteral("delete");
    case JobAction::RunNext: return QStringLiteral("run-next");
    case JobAction::Repair: break;
    }
    return QStringLiteral("repair");
}

bool isDead(const Job& job, int maxAttempts)
{
    return job.status == JobStatus::Pending && job.attempts.value_or(maxAttempts) >= maxAttempts;
}

QString allowedFilter(JobAction action)
{
    switch (action) {
    case JobAction::Retry: return QStringLiteral("(status:failed or is:dead)");
    case JobAction::RetryKeepingTries: return QStringLiteral("(status:failed)");
    case JobAction::Cancel: return QStringLiteral("(status:pending or status:processing)");
    case JobAction::Delete: return QStringLiteral("(status:completed or status:failed)");
    case JobAction::RunNext: return QStringLiteral("(status:pending -is:dead)");
    case JobAction::Repair: break;
    }
    return QStringLiteral("(status:unknown)");
}

bool isAllowed(JobAction action, const Job& job, int maxAttempts)
{
    return !refusal(action, job, maxAttempts);
}

std::optional<SkipReason> refusal(JobAction action, const Job& job, int maxAttempts)
{
    const bool dead = isDead(job, maxAttempts);
    const JobStatus status = job.status;
    const bool hasTriesLeft = job.attempts.value_or(maxAttempts) < maxAttempts;
    const bool isAllowed = [&] {
        switch (action) {
        case JobAction::Retry: return status == JobStatus::Failed || dead;
        case JobAction::RetryKeepingTries: return status == JobStatus::Failed && hasTriesLeft;
        case JobAction::Cancel:
            return status == JobStatus::Pending || status == JobStatus::Processing;
        case JobAction::Delete:
            return status == JobStatus::Completed || status == JobStatus::Failed;
        case JobAction::RunNext: return status == JobStatus::Pending && !dead;
        case JobAction::Repair: break;
        }
        return status == JobStatus::Unknown;
    }();
    if (isAllowed)
        return std::nullopt;
    const bool isSpent = (action == JobAction::RunNext && dead) ||
                         (action == JobAction::RetryKeepingTries && !hasTriesLeft &&
                          (dead || status == JobStatus::Failed));
    if (isSpent)
        return job.attempts ? SkipReason::NoAttemptsLeft : SkipReason::UnknownAttempts;
    switch (status) {
    case JobStatus::Pending: return SkipReason::AlreadyPending;
    case JobStatus::Processing: return SkipReason::AlreadyRunning;
    case JobStatus::Completed: return SkipReason::AlreadyCompleted;
    case JobStatus::Failed: return SkipReason::AlreadyFailed;
    case JobStatus::Unknown: break;
    }
    return SkipReason::UnknownStatus;
}

} // namespace queuedeck::domain
