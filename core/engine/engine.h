// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/retrypolicy.h"
#include "core/engine/claimedjobs.h"
#include "core/engine/enginereport.h"
#include "core/engine/leasekeeper.h"
#include "core/engine/outage.h"
#include "core/engine/pace.h"
#include "core/engine/quarantine.h"
#include "core/engine/settler.h"
#include "core/engine/typelimits.h"

#include <atomic>
#include <stop_token>

namespace queuedeck::engine {

struct EngineConfig
{
    int concurrency = 1;       ///< worker threads
    QStringList types;         ///< what to claim; each must be in the handler table
    bool inOrder = false;      ///< types in order of priority: all of the first one go first
    int maxJobs = 0;           ///< maximum attempts to start; 0 = no limit
    bool untilEmpty = false;   ///< return once nothing can be claimed
    int maxBatch = 1000;       ///< maximum jobs per claim
    int stopAfterFailures = 0; ///< failed attempts in a row; 0 = never
    LeaseTimes lease;
    std::chrono::milliseconds poll = std::chrono::seconds(1);   ///< between queries when idle
    std::chrono::milliseconds grace = std::chrono::seconds(20); ///< for running jobs when stopped
    /// Beside a processor without locks: how long a claimed job waits before it is checked again
    /// and run. 0: no other processor works here. Must be shorter than a lease.
    std::chrono::milliseconds quarantine{0};
    domain::RetryPolicy retry;
    std::shared_ptr<TypeLimits> limits;      ///< shared by all engines of a program; may be null
    std::shared_ptr<SteadyClock> leaseClock; ///< used by the stores; see LeaseKeeper
};

/// The processor: claims batches, runs them on worker threads, settles the results, retries, and
/// hands back what it has not started when it is stopped. At-least-once execution, one settlement
/// per claim, nothing lost.
///
/// Its concurrency is std::thread and one mutex in ClaimedJobs, no Qt threads. `run` is called
/// once; `stopJobs`, `wake` and `runningJobs` may be called from any thread meanwhile.
class Engine
{
public:
    using OnSettled = std::function<void(const EngineReport& soFar)>;
    /// Gets the row of a job just claimed, before its handler starts. On the thread of `run`.
    using OnClaimed = std::function<void(const domain::JobDetail&)>;

    Engine(OpenStore openStore, HandlerTable handlers, EngineConfig config,
           const base::Clock& clock = base::Clock::system());

    /// Runs on the calling thread until its work is done or `stop` is requested. If the database is
    /// gone, a bounded run (maxJobs, untilEmpty) ends with the error after a while; an unbounded
    /// one that has worked before waits for it, even if the login, a privilege or the database's
    /// name is gone. Results that come in meanwhile are kept and settled then.
    base::Result<EngineReport> run(std::stop_token stop, const OnSettled& onSettled = {});

    /// To be set before `run`, on whose thread it is called; if not set, no lines are composed.
    void setOnEvent(const OnEvent& onEvent)
    {
        m_onEvent = onEvent;
        m_settler.setOnEvent(onEvent);
        m_outage.setOnEvent(onEvent);
    }
    /// To be set before `run`; costs one query per job.
    void setOnClaimed(OnClaimed onClaimed) { m_onClaimed = std::move(onClaimed); }

    /// Stops the handlers of these jobs, which a person cancelled.
    void stopJobs(const domain::JobIds& ids) { m_claimedJobs.stop(ids); }
    /// There may be new jobs: look for them now.
    void wake() { m_claimedJobs.wake(); }
    int runningCount() const { return int(m_claimedJobs.running()); }
    QVector<domain::RunningJob> runningJobs() const { return m_claimedJobs.runningJobs(); }
    const QString& id() const { return m_id; }

private:
    std::unique_lock<std::mutex> holdClock() const;
    base::Status claim(store::JobStore& store, int finished = 0);
    void showClaimed(store::JobStore& store, const store::Claim& claim) const;
    base::Result<int> claimLimited(store::JobStore& store, const QString& type, int wanted);
    base::Result<int> claimSome(store::JobStore& store, const QStringList& types, int wanted);
    void begin(store::JobStore& store, store::Claim claim);
    base::Status releaseQuarantined(store::JobStore& store);
    int tryHandBack(store::JobStore& store, std::vector<store::Claim>& claims);
    base::Status handBackAll(store::JobStore& store, const store::Claim& claim);
    base::Status settleAndClaim(store::JobStore& store, std::vector<FinishedBatch> finished);
    base::Status settleAndClaimAsOne(store::JobStore& store, std::vector<FinishedBatch> finished);
    base::Status settleBesideClaim(store::JobStore& store, std::vector<FinishedBatch> finished);
    void tellHalt();
    void drain(store::JobStore& store);
    void endHistory(store::JobStore& store);
    int room(int finished) const;
    bool isDone(bool isAllFreed) const;
    bool hasLimit(const QString& type) const;
    QVector<QStringList> claimsInTurn();
    bool isBounded() const { return m_config.maxJobs > 0 || m_config.untilEmpty; }

    const OpenStore m_openStore;
    const HandlerTable m_handlers;
    const EngineConfig m_config;
    const base::Clock& m_clock;
    const QString m_id;
    ClaimedJobs m_claimedJobs;
    EngineReport m_report;
    AttemptTally m_tally;

    Pace m_pace;
    Quarantine m_quarantine;
    int m_started = 0;
    bool m_claimedNothing = false;
    bool m_limitedFirst = false; ///< whose turn it is: types with a limit, or the others
    bool m_expectMore = false;   ///< the last claim got as many as it wanted
    Outage m_outage;
    Settler m_settler;
    OnEvent m_onEvent;
    OnClaimed m_onClaimed;
};

} // namespace queuedeck::engine
