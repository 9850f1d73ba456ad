// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/finding.h"

#include <QFuture>

#include <functional>
#include <memory>

namespace queuedeck::remote {
class RemoteService;
}
namespace queuedeck::schedule {
class Scheduler;
}

namespace queuedeck::service {

class EngineService;
class SessionThreads;

/// Answers "Why is nothing processed?" for a session, on a thread and a connection of its own that
/// the database itself keeps from changing anything. Lives on the session's thread.
class DiagnosisService
{
public:
    struct Request
    {
        /// Quick: only the database, as for a page that is read again with every change. Thorough:
        /// also keys, the endpoint, and whether a SQLite file can be written.
        enum class Depth { Quick, Thorough };
        Depth depth = Depth::Thorough;
        QString endpoint = {}; ///< its URL; empty: none is asked
    };

    DiagnosisService(std::shared_ptr<SessionThreads> threads, EngineService& engine,
                     schedule::Scheduler& schedules);
    ~DiagnosisService();

    /// Takes 3 seconds at most, 4 with an endpoint that does not answer. Errors: the database does
    /// not answer.
    QFuture<base::Result<domain::Diagnosis>> run(const Request& request);

private:
    const std::shared_ptr<SessionThreads> m_threads;
    EngineService& m_engine;
    schedule::Scheduler& m_schedules;
    const std::unique_ptr<remote::RemoteService> m_remote; ///< counts nothing
};

} // namespace queuedeck::service
