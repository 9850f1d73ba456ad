// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/runninghere.h"

#include <QHash>

#include <algorithm>

namespace queuedeck::service {

void RunningHere::set(Source source)
{
    const std::lock_guard lock(m_mutex);
    m_source = std::move(source);
}

void RunningHere::addProgress(domain::Job* jobs, qsizetype count) const
{
    const auto isRunning = [](const domain::Job& job) {
        return job.status == domain::JobStatus::Processing;
    };
    if (std::none_of(jobs, jobs + count, isRunning))
        return;
    QHash<domain::JobId, domain::Progress> known;
    {
        const std::lock_guard lock(m_mutex);
        if (!m_source)
            return;
        for (const domain::RunningJob& job : m_source()) {
            if (!job.progress.isEmpty())
                known.insert(job.id, job.progress);
        }
    }
    for (domain::Job* job = jobs; job != jobs + count && !known.isEmpty(); ++job) {
        if (isRunning(*job) && known.contains(job->id))
            job->progress = known.value(job->id);
    }
}

} // namespace queuedeck::service
