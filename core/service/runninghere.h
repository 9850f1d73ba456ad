// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/engineseen.h"
#include "core/domain/job.h"

#include <functional>
#include <mutex>

namespace queuedeck::service {

/// The jobs that the engines of this session run now, for readers on other threads, which may
/// outlive the engines. Thread-safe. Private to this room.
class RunningHere
{
public:
    using Source = std::function<QVector<domain::RunningJob>()>;

    /// None once the engines are gone; waits for a reader that is asking.
    void set(Source source);
    /// Adds how far these jobs are to those that run here. It is newer than what the database says,
    /// and all there is where it has no tables of ours.
    void addProgress(domain::Job* jobs, qsizetype count) const;

private:
    mutable std::mutex m_mutex;
    Source m_source;
};

} // namespace queuedeck::service
