// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/engineseen.h"
#include "core/engine/enginereport.h"
#include "core/engine/handler.h"
#include "core/store/leasestore.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <vector>

namespace queuedeck::engine {

class FlyingBatch;

/// A claimed job in the hands of a worker.
struct Flight
{
    std::shared_ptr<FlyingBatch> batch;
    size_t place = 0; ///< of the job in its batch
    std::stop_source stop;

    const store::ClaimedJob& job() const;
};

/// How long a job ran, and which it was.
struct FlightTime
{
    size_t place = 0;
    std::chrono::nanoseconds ran{0};
};

/// What came back of one batch since the last look: results, and beside each its time.
struct Landed
{
    std::shared_ptr<FlyingBatch> batch;
    store::Results results;
    std::vector<FlightTime> times;

    const store::ClaimedJob& job(size_t number) const;
};

size_t jobsOf(const std::vector<Landed>& landed);

/// The jobs an engine holds, between dispatcher, workers and lease keeper: waiting for a worker,
/// running, or landed and not yet settled. A batch stays together, so that what is to be done for
/// each job is done by the workers and the dispatcher moves whole batches. All methods are
/// thread-safe.
class Flights
{
public:
    // The dispatcher's side.
    void launch(store::Claim claim);
    /// What has landed: whole batches if there are any, and what the last call passed over for
    /// them; else whatever there is. Waits until every job has a worker and something has landed,
    /// until woken, or until `patience` is over.
    std::vector<Landed> takeLanded(std::chrono::milliseconds patience);
    /// Whether `wake` was called before the last of these ended: there may be new jobs.
    bool wasWoken() const;
    /// Takes back all jobs that no worker has begun.
    std::vector<store::Claim> recall();
    void settled(const Landed& landed);
    void wake();
    size_t count() const; ///< waiting, running or landed
    size_t running() const;
    /// In the order they began.
    QVector<domain::RunningJob> runningJobs() const;
    void close(); ///< no worker gets another flight
    /// Once so many attempts in a row have failed, no worker gets another flight and `halt` tells.
    /// What is handed back counts neither way. 0: never. Before the first launch.
    void haltAfter(int failures) { m_haltAfter = failures; }
    std::optional<Halt> halt() const;

    // A worker's side.
    std::optional<Flight> next(); ///< waits; none once closed
    void land(const Flight& flight, store::Settlement result, std::chrono::nanoseconds ran);

    // The lease keeper's side.
    QVector<store::HeldJob> held() const;
    /// Of the jobs asked for, those that the heartbeat did not keep are told to stop.
    void keepOnly(const QVector<store::HeldJob>& asked, const QVector<store::KeptJob>& kept);
    /// Tells handlers to stop, also those that have not begun: all, or those of these jobs.
    void stopAll();
    void stop(const domain::JobIds& ids);

private:
    void countFailures(const FlyingBatch& batch, size_t place, const store::Settlement& result);

    using Batches = std::deque<std::shared_ptr<FlyingBatch>>;

    mutable std::mutex m_mutex;
    std::condition_variable m_forWorkers;
    std::condition_variable m_forDispatcher;
    Batches m_batches; ///< that are not all settled, in the order of their launch
    size_t m_count = 0;
    size_t m_waiting = 0;
    size_t m_running = 0;
    size_t m_landed = 0;     ///< and not taken
    bool m_woken = false;    ///< and nobody has looked since
    bool m_wasWoken = false; ///< when somebody looked last
    bool m_closed = false;
    int m_haltAfter = 0;
    int m_failedInRow = 0;
    std::optional<Halt> m_halt;
};

} // namespace queuedeck::engine
