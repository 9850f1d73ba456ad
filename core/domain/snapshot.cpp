// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/snapshot.h"

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

} // namespace queuedeck::domain
