// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/engineseen.h"
#include "core/engine/enginereport.h"
#include "core/engine/handler.h"
#include "core/engine/progressslot.h"
#include "core/store/leasestore.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <vector>

namespace queuedeck::engine {

class ClaimedBatch;

/// A claimed job that a worker is running.
struct Assignment
{
    std::shared_ptr<ClaimedBatch> batch;
    size_t place = 0; ///< of the job in its batch
    std::stop_source stop;

    const store::ClaimedJob& job() const;
};

/// Which job of a batch ran, and for how long.
struct RunTime
{
    size_t place = 0;
    std::chrono::nanoseconds ran{0};
};

/// The results of one batch since the last call, and the time that each took.
struct FinishedBatch
{
    std::shared_ptr<ClaimedBatch> batch;
    store::Results results;
    std::vector<RunTime> times;

    const store::ClaimedJob& job(size_t number) const;
};

size_t jobsOf(const std::vector<FinishedBatch>& finished);

/// The jobs an engine holds, shared by dispatcher, workers and lease keeper: waiting for a worker,
/// running, or done and not yet settled. A batch stays together, so that the workers do the work
/// per job and the dispatcher handles whole batches. All methods are thread-safe.
class ClaimedJobs
{
public:
    // The dispatcher's side.
    void add(store::Claim claim);
    /// The results so far: those of complete batches if there are any, and what the last call
    /// passed over for them; else whatever there is. Waits until every job has a worker and there
    /// is a result, until woken, or until `patience` is over.
    std::vector<FinishedBatch> takeFinished(std::chrono::milliseconds patience);
    /// Whether `wake` was called before the last of these calls returned: there may be new jobs.
    bool wasWoken() const;
    /// Takes back all jobs that no worker has started.
    std::vector<store::Claim> takeBack();
    void settled(const FinishedBatch& finished);
    void wake();
    size_t count() const; ///< waiting, running or done
    size_t running() const;
    int countOf(const QString& type) const; ///< waiting or running, of this type
    /// Longest-running first.
    QVector<domain::RunningJob> runningJobs() const;
    void close(); ///< no worker gets another job
    /// Once that many attempts in a row have failed, no worker gets another job and `halt` says
    /// why. Jobs handed back count neither way. 0: never. To be set before the first claim.
    void haltAfter(int failures) { m_haltAfter = failures; }
    std::optional<Halt> halt() const;

    // A worker's side.
    /// Waits; none once closed. `progress` belongs to the worker and is read until `finish`.
    std::optional<Assignment> next(ProgressSlot* progress = nullptr);
    void finish(const Assignment& assignment, store::Settlement result,
                std::chrono::nanoseconds ran);

    // The lease keeper's side.
    QVector<store::HeldJob> held() const;
    /// How far the running jobs are, of the claims where one has said something new since the last
    /// call; with `all`, of every claim where one has said anything.
    QVector<store::ClaimProgress> progress(bool all = false) const;
    /// Stops those of the jobs asked for that the heartbeat did not keep.
    void keepOnly(const QVector<store::HeldJob>& asked, const QVector<store::KeptJob>& kept);
    /// Stops handlers, also of jobs that have not started: all, or those of these jobs.
    void stopAll();
    void stop(const domain::JobIds& ids);

private:
    void countFailures(const ClaimedBatch& batch, size_t place, const store::Settlement& result);

    using Batches = std::deque<std::shared_ptr<ClaimedBatch>>;

    mutable std::mutex m_mutex;
    std::condition_variable m_forWorkers;
    std::condition_variable m_forDispatcher;
    Batches m_batches; ///< not completely settled, in the order of their claims
    size_t m_count = 0;
    size_t m_waiting = 0;
    size_t m_running = 0;
    size_t m_finished = 0;   ///< done and not taken yet
    bool m_woken = false;    ///< and not seen by the dispatcher yet
    bool m_wasWoken = false; ///< as the dispatcher saw it last
    bool m_closed = false;
    int m_haltAfter = 0;
    int m_failedInRow = 0;
    std::optional<Halt> m_halt;
};

} // namespace queuedeck::engine
