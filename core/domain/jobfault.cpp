// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/jobfault.h"

#include "core/domain/jobrules.h"

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

using base::Sentence;

std::optional<JobFault> faultOf(const Job& job, bool isShared)
{
    if (isDead(job))
        return JobFault::DeadPending;
    if (job.isStuck)
        return JobFault::Stuck;
    if (job.attempts.value_or(0) > kMaxAttempts)
        return JobFault::OverlappingRuns;
    switch (job.status) {
    case JobStatus::Unknown: return JobFault::OddStatus;
    case JobStatus::Failed:
        if (isShared && job.attempts.value_or(0) < kMaxAttempts)
            return JobFault::NoRetry;
        break;
    case JobStatus::Completed:
        if (!job.error.isEmpty())
            return JobFault::StaleError;
        break;
    case JobStatus::Pending:
    case JobStatus::Processing: break;
    }
    return std::nullopt;
}

Sentence causeOf(JobFault fault)
{
    switch (fault) {
    case JobFault::DeadPending:
        return Sentence::tr("No processor takes such a job, though it counts as pending. The web "
                            "application's own retry leaves the attempts as they are.");
    case JobFault::OddStatus:
        return Sentence::tr("No processor takes such a job, and no clean-up deletes it.");
    case JobFault::Stuck:
        return Sentence::tr("Their processor ended midway. The web application leaves such jobs as "
                            "they are.");
    case JobFault::OverlappingRuns:
        return Sentence::tr("Two processors ran the same job at once. The web application's "
                            "processor takes jobs without a lock.");
    case JobFault::NoRetry:
        return Sentence::tr("The web application fails a job at the first error. So does Queuedeck "
                            "where trying again cannot help.");
    case JobFault::StaleError: break;
    }
    return Sentence::tr(
        "The error is from an earlier attempt, or from a cancellation that came too "
        "late. The web application does not clear it.");
}

QString filterOf(JobFault fault)
{
    switch (fault) {
    case JobFault::DeadPending: return u"is:dead"_s;
    case JobFault::OddStatus: return u"is:unknown"_s;
    case JobFault::Stuck: return u"is:stuck"_s;
    case JobFault::OverlappingRuns: return u"attempts>%1"_s.arg(kMaxAttempts);
    case JobFault::NoRetry: return u"status:failed attempts<%1"_s.arg(kMaxAttempts);
    case JobFault::StaleError: break;
    }
    return u"status:completed has:error"_s;
}

} // namespace queuedeck::domain
