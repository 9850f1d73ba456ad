// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/engine.h"
#include "core/service/engineservice.h"
#include "core/service/handlertables.h"
#include "core/service/sessionthreads.h"

#include <list>
#include <mutex>
#include <thread>

namespace queuedeck::service {

/// The engines that run in this session: rounds and the one that stays, each on a thread of its
/// own.
class EngineRuns
{
public:
    struct Run
    {
        std::shared_ptr<engine::Engine> engine; ///< none until its handlers are read
        std::stop_source stop;
        std::thread thread;
        bool isDone = false; ///< its thread is about to end and may be joined
    };

    /// What is told of a run, each on its thread.
    struct Tell
    {
        std::function<void()> begin;
        engine::Engine::OnSettled settled;
        engine::Engine::OnClaimed claimed = {};
        std::function<void(const base::Result<engine::EngineReport>&)> end;
    };

    explicit EngineRuns(std::shared_ptr<SessionThreads> sessionThreads);

    std::shared_ptr<Run> launch(const EngineSettings& settings, std::stop_source stop, Tell tell);
    /// Stops all, and what is launched later at once.
    void stopAll();
    bool isIdle() const;
    /// Stops all and waits for them.
    void end();
    HandlerTables readHandlers() const;
    bool othersWorkUnlessSaid() const;

    const std::shared_ptr<SessionThreads> threads;
    mutable std::mutex mutex; ///< guards what follows, but for `staying`
    HandlerTables handlers;
    engine::OnEvent logger; ///< empty where nobody reads a log
    std::list<std::shared_ptr<Run>> runs;
    bool isClosing = false;
    std::function<void()> onIdle; ///< called on the thread of the last run; set before the first
    std::shared_ptr<Run> staying; ///< touched on the thread of the service only

private:
    engine::EngineConfig config(const EngineSettings& settings) const;
    void sweep();
    bool areDone() const; ///< to be asked under the lock
};

} // namespace queuedeck::service
