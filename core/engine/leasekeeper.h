// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/flights.h"
#include "core/engine/steadyclock.h"
#include "core/store/jobstore.h"

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace queuedeck::engine {

/// Opens a connection of its own for the calling thread.
using OpenStore = std::function<base::Result<std::unique_ptr<store::JobStore>>()>;

struct LeaseTimes
{
    std::chrono::milliseconds ttl = std::chrono::seconds(30);
    std::chrono::milliseconds heartbeat = std::chrono::seconds(10);
    std::chrono::milliseconds rescue = std::chrono::seconds(5);
    std::chrono::milliseconds watch = std::chrono::seconds(30); ///< for rows without a lease
    /// > 0: rows that another processor left 'processing' are freed after so long.
    std::chrono::milliseconds freeOrphansAfter{0};
};

/// Keeps an engine's leases alive, frees those of engines that died, and shows that this engine
/// lives, and listens for new work. A thread and a connection of its own, so that no slow settle
/// delays a heartbeat. It beats before it rescues, so that it never frees jobs of its own engine,
/// and when the clock of the computer was set, which makes leases look over that are not, it gives
/// all engines the time to renew theirs; likewise when it begins and finds leases over, since the
/// clock may have been set just before, unless their engines are seen to be dead. When the database
/// does not answer for most of a lease's time, it stops our handlers: somebody else may soon be
/// given their jobs.
class LeaseKeeper
{
public:
    /// `clock` is the one that the stores' leases go by; where there is none, a step of the
    /// computer's takes them along.
    LeaseKeeper(OpenStore openStore, Flights& flights, LeaseTimes times, store::EngineSign sign,
                std::shared_ptr<SteadyClock> clock = {});
    ~LeaseKeeper();

    /// Whether what died before we began has been freed by now, or cannot be.
    bool hasRescued() const { return m_hasRescued; }

private:
    void loop();
    std::chrono::milliseconds drift() const;
    bool beat(store::JobStore& store, std::chrono::milliseconds drift);
    bool mayLive(store::JobStore& store);
    void rescue(store::JobStore& store);
    void setRescued();
    void watch(store::JobStore& store);
    void waitUntil(std::chrono::steady_clock::time_point next, std::unique_lock<std::mutex>& lock);

    const OpenStore m_openStore;
    Flights& m_flights;
    const LeaseTimes m_times;
    store::EngineSign m_sign;
    const std::shared_ptr<SteadyClock> m_clock;

    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_stopping = false;
    std::unique_ptr<store::JobStore> m_store; ///< changed by the thread, under the mutex
    std::atomic<bool> m_hasRescued = false;
    bool m_hasLooked = false;    ///< for leases of before we began
    bool m_hearsNothing = false; ///< no notices here: engines look for themselves
    std::chrono::steady_clock::time_point m_lastGood = std::chrono::steady_clock::now();
    std::thread m_thread; // last: it uses all of the above
};

} // namespace queuedeck::engine
