// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/jobrules.h"

namespace queuedeck::domain {

QString actionName(JobAction action)
{
    switch (action) {
    case JobAction::Retry: return QStringLiteral("retry");
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
    case JobAction::Cancel: return QStringLiteral("(status:pending or status:processing)");
    case JobAction::Delete: return QStringLiteral("(status:completed or status:failed)");
    case JobAction::RunNext: return QStringLiteral("(status:pending -is:dead)");
    case JobAction::Repair: break;
    }
    return QStringLiteral("(status:unknown)");
}

bool isAllowed(JobAction action, const Job& job, int maxAttempts)
{
    return refusal(action, job, maxAttempts).isEmpty();
}

QString refusal(JobAction action, const Job& job, int maxAttempts)
{
    if (job.status == JobStatus::Unknown)
        return action == JobAction::Repair ? QString() : QStringLiteral("unknown status");
    const bool dead = isDead(job, maxAttempts);
    switch (action) {
    case JobAction::Retry:
        if (job.status == JobStatus::Failed || dead)
            return {};
        break;
    case JobAction::Cancel:
        if (job.status == JobStatus::Pending || job.status == JobStatus::Processing)
            return {};
        break;
    case JobAction::Delete:
        if (job.status == JobStatus::Completed || job.status == JobStatus::Failed)
            return {};
        break;
    case JobAction::RunNext:
        if (dead)
            return job.attempts ? QStringLiteral("no attempts left")
                                : QStringLiteral("unknown number of attempts");
        if (job.status == JobStatus::Pending)
            return {};
        break;
    case JobAction::Repair: break;
    }
    switch (job.status) {
    case JobStatus::Pending: return QStringLiteral("already pending");
    case JobStatus::Processing: return QStringLiteral("already running");
    case JobStatus::Completed: return QStringLiteral("already completed");
    case JobStatus::Failed: return QStringLiteral("already failed");
    case JobStatus::Unknown: break;
    }
    return QStringLiteral("unknown status");
}

} // namespace queuedeck::domain
