// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/worker.h"

#include "core/domain/payloadschema.h"
#include "core/engine/settling.h"

#include <QRandomGenerator>

using namespace Qt::StringLiterals;

namespace queuedeck::engine {

namespace {
using Handlers = std::map<QString, std::unique_ptr<Handler>>;

TaskResult runTask(const Assignment& assignment, const HandlerTable& table, Handlers& handlers,
                   const std::stop_token& leaving, ProgressSlot& progress)
{
    const store::ClaimedJob& job = assignment.job();
    if (assignment.stop.stop_requested())
        return TaskResult::postponed(base::Sentence::tr("The engine stopped before it began."));
    const auto payload = domain::checkPayload(job.type, job.payload);
    if (!payload)
        return TaskResult::unrecoverable(payload.error().detail);
    std::unique_ptr<Handler>& handler = handlers[job.type];
    if (!handler)
        handler = table.at(job.type)();
    return handler->run({job.id, job.type, *payload, job.attempt, assignment.stop.get_token(),
                         job.payload, leaving, &progress});
}
} // namespace

void runWorker(ClaimedJobs& claimedJobs, const HandlerTable& table,
               const domain::RetryPolicy& retry, const base::Clock& clock,
               const std::stop_token& leaving)
{
    Handlers handlers;
    ProgressSlot progress;
    while (auto assignment = claimedJobs.next(&progress)) {
        const QDateTime startedAt = clock.now();
        const auto begin = std::chrono::steady_clock::now();
        const TaskResult result = runTask(*assignment, table, handlers, leaving, progress);
        const auto ran = std::chrono::steady_clock::now() - begin;
        // With jitter, so that jobs that failed together are not retried together.
        const double random = result.kind == TaskResult::Kind::Failed
                                  ? QRandomGenerator::global()->generateDouble()
                                  : 0;
        claimedJobs.finish(*assignment,
                           settlementFor(assignment->job(), result, startedAt, retry, random), ran);
        progress.clear();
    }
}

} // namespace queuedeck::engine
