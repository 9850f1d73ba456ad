// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/jobrules.h"

namespace queuedeck::domain {

bool isDead(const Job& job, int maxAttempts)
{
    return job.status == JobStatus::Pending && job.attempts && *job.attempts >= maxAttempts;
}

bool isAllowed(JobAction action, const Job& job, int maxAttempts)
{
    return refusal(action, job, maxAttempts).isEmpty();
}

QString refusal(JobAction action, const Job& job, int maxAttempts)
{
    if (job.status == JobStatus::Unknown)
        return QStringLiteral("unknown status");
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
            return QStringLiteral("no attempts left");
        if (job.status == JobStatus::Pending)
            return job.attempts ? QString() : QStringLiteral("unknown number of attempts");
        break;
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
