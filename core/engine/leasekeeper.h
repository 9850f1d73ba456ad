// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/claimedjobs.h"
#include "core/engine/keeperstore.h"
#include "core/engine/steadyclock.h"

#include <atomic>
#include <thread>

namespace queuedeck::engine {

struct LeaseTimes
{
    std::chrono::milliseconds ttl = std::chrono::seconds(30);
    std::chrono::milliseconds heartbeat = std::chrono::seconds(10);
    std::chrono::milliseconds rescue = std::chrono::seconds(5);
    std::chrono::milliseconds watch = std::chrono::seconds(30); ///< for rows without a lease
    /// > 0: rows that another processor left 'processing' are freed after this long.
    std::chrono::milliseconds freeOrphansAfter{0};
};

/// Keeps an engine's leases alive, frees those of dead engines, shows that this engine is alive,
/// and listens for new work. It has its own thread and connection, so that no slow settle delays a
/// heartbeat. It renews before it rescues, so that it never frees jobs of its own engine. When the
/// computer's clock was set, which makes valid leases look expired, it first gives all engines time
/// to renew theirs; likewise when it starts and finds expired leases, since the clock may have been
/// set just before, unless their engines are known to be dead. It also shows everybody how far
/// the running jobs are, if they say so. If the database does not answer for
/// most of a lease's duration, it stops our handlers: their jobs may soon be given to another
/// engine.
class LeaseKeeper
{
public:
    /// `clock` is the one that the stores use for leases; without it, leases follow a step of the
    /// computer's clock at once.
    LeaseKeeper(OpenStore openStore, ClaimedJobs& claimedJobs, LeaseTimes times,
                store::EngineSign sign, std::shared_ptr<SteadyClock> clock = {});
    ~LeaseKeeper();

    /// Whether the jobs of engines that died before we started have been freed, or cannot be.
    bool hasRescued() const { return m_hasRescued; }

private:
    void loop();
    std::chrono::milliseconds drift() const;
    bool beat(store::JobStore& store, std::chrono::milliseconds drift);
    bool mayLive(store::JobStore& store);
    void rescue(store::JobStore& store);
    void setRescued();
    void watch(store::JobStore& store);
    void noteProgress(store::JobStore& store, bool all);
    void waitUntil(std::chrono::steady_clock::time_point next, std::unique_lock<std::mutex>& lock);

    const OpenStore m_openStore;
    ClaimedJobs& m_claimedJobs;
    const LeaseTimes m_times;
    store::EngineSign m_sign;
    const std::shared_ptr<SteadyClock> m_clock;

    KeeperStore m_own;
    std::atomic<bool> m_hasRescued = false;
    bool m_hasLooked = false;    ///< for leases from before we started
    bool m_hearsNothing = false; ///< no notifications here: engines poll
    std::chrono::steady_clock::time_point m_lastGood = std::chrono::steady_clock::now();
    std::thread m_thread; // last: it uses all of the above
};

} // namespace queuedeck::engine
