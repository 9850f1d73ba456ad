// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/jobstatus.h"

namespace queuedeck::domain {

QString statusText(JobStatus status)
{
    switch (status) {
    case JobStatus::Pending: return QStringLiteral("pending");
    case JobStatus::Processing: return QStringLiteral("processing");
    case JobStatus::Completed: return QStringLiteral("completed");
    case JobStatus::Failed: return QStringLiteral("failed");
    case JobStatus::Unknown: break;
    }
    return {};
}

JobStatus statusFromText(const QString& text)
{
    for (const JobStatus status : kKnownStatuses) {
        if (text == statusText(status))
            return status;
    }
    return JobStatus::Unknown;
}

} // namespace queuedeck::domain
