// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/engineseen.h"
#include "core/engine/handler.h"
#include "core/store/leasestore.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

namespace queuedeck::engine {

/// A claimed job on its way to a worker.
struct Flight
{
    QString token;
    store::ClaimedJob job;
    std::stop_source stop;
};

/// A flight that came back with its result.
struct Landing
{
    QString token;
    store::ClaimedJob job;
    TaskResult result;
    QDateTime startedAt;
    std::chrono::nanoseconds ran{0};
};

/// The jobs an engine holds, between dispatcher, workers and lease keeper: waiting for a worker,
/// running, or landed and not yet settled. All methods are thread-safe.
class Flights
{
public:
    // The dispatcher's side.
    void launch(const QString& token, const QVector<store::ClaimedJob>& jobs);
    /// Everything that has landed since the last call. Waits until something has, until woken, or
    /// until `patience` is over.
    std::vector<Landing> takeLanded(std::chrono::milliseconds patience);
    /// Takes back all flights that no worker has begun.
    std::vector<Flight> recall();
    void settled(const std::vector<Landing>& landed);
    void wake();
    size_t count() const; ///< waiting, running or landed
    size_t running() const;
    /// In the order they began.
    QVector<domain::RunningJob> runningJobs() const;
    void close(); ///< no worker gets another flight

    // A worker's side.
    std::optional<Flight> next(); ///< waits; none once closed
    void land(Landing landing);

    // The lease keeper's side.
    QVector<store::HeldJob> held() const;
    /// Of the jobs asked for, those that the heartbeat did not keep are told to stop.
    void keepOnly(const QVector<store::HeldJob>& asked, const QVector<store::KeptJob>& kept);
    /// Tells running handlers to stop: all, or those of these jobs.
    void stopAll();
    void stop(const domain::JobIds& ids);

private:
    struct Held
    {
        QString token;
        QString version;
        std::stop_source stop;
        QString type;
        int attempt = 1;
        std::optional<std::chrono::steady_clock::time_point> startedAt = {}; ///< while it runs
    };

    mutable std::mutex m_mutex;
    std::condition_variable m_forWorkers;
    std::condition_variable m_forDispatcher;
    std::deque<Flight> m_waiting;
    // By the hash: ids of one batch begin alike, and comparing them to the end adds up.
    struct HashId
    {
        size_t operator()(const domain::JobId& id) const { return qHash(id); }
    };
    std::unordered_map<domain::JobId, Held, HashId> m_held;
    std::vector<Landing> m_landed;
    bool m_woken = false;
    bool m_closed = false;
    size_t m_running = 0;
};

} // namespace queuedeck::engine
