// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/claimedjobs.h"

namespace queuedeck::engine {

/// The jobs of one claim and the state of each. The claim never changes and may be read by any
/// thread; all else belongs to ClaimedJobs, under its mutex.
class ClaimedBatch
{
public:
    enum class State : quint8 {
        Waiting, ///< for a worker
        Running,
        FinishedBatch,
        Gone ///< settled, or taken back
    };

    struct Place
    {
        State state = State::Waiting;
        bool isStopped = false;
        std::stop_source stop{std::nostopstate}; ///< of a running handler
        std::chrono::steady_clock::time_point startedAt;
        ProgressSlot* progress = nullptr; ///< of the worker, while it runs the job
    };

    explicit ClaimedBatch(store::Claim claimed)
        : claim(std::move(claimed))
        , places(size_t(claim.jobs.size()))
        , open(places.size())
    {
    }

    const store::ClaimedJob& job(size_t place) const { return claim.jobs.at(qsizetype(place)); }
    bool hasWaiting() const { return firstWaiting < places.size(); }
    bool hasFinished() const { return !times.empty(); }
    bool isWhole() const { return hasFinished() && !hasWaiting() && running == 0; }

    void stop(Place& place) const
    {
        place.isStopped = true;
        place.stop.request_stop();
    }
    /// A job that is not gone; nullptr if there is none.
    Place* find(const domain::JobId& id)
    {
        for (size_t i = 0; i < places.size(); ++i) {
            if (places[i].state != State::Gone && job(i).id == id)
                return &places[i];
        }
        return nullptr;
    }

    const store::Claim claim;
    std::vector<Place> places; ///< one per job, in order
    size_t firstWaiting = 0;   ///< workers take them in order
    size_t running = 0;
    size_t open; ///< not gone
    bool wasPassedOver = false;
    QVector<store::Settlement> results; ///< not taken yet
    std::vector<RunTime> times;         ///< of the results
};

} // namespace queuedeck::engine
