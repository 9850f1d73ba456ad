// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/snapshot.h"

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

qint64& TypeCounts::of(JobStatus status)
{
    switch (status) {
    case JobStatus::Pending: return pending;
    case JobStatus::Processing: return processing;
    case JobStatus::Completed: return completed;
    case JobStatus::Failed: return failed;
    case JobStatus::Unknown: break;
    }
    return other;
}

std::optional<qint64> QueueSnapshot::matches(const JobFilter& filter) const
{
    if (!takenAt.isValid())
        return {};
    if (filter.matchesAll())
        return counts.total();
    const QString text = filter.text().trimmed();
    if (text == "status:pending"_L1)
        return counts.pending;
    if (text == "status:completed"_L1)
        return counts.completed;
    if (text == "status:failed"_L1)
        return counts.failed;
    return {};
}

} // namespace queuedeck::domain
