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
/// own. From any thread. Private to this room.
class EngineRuns
{
public:
    /// What happens in any run, told on the thread of that run.
    struct Events
    {
        /// The folder of the user's own handlers was read for this run, and has changed.
        std::function<void()> handlersChanged;
        /// At most a few a second, and once at the end.
        engine::Engine::OnSettled settled;
        std::function<void()> idle; ///< the last run has ended
    };
    /// How one run ended, on its thread.
    using OnEnded = std::function<void(const base::Result<engine::EngineReport>&)>;

    EngineRuns(std::shared_ptr<SessionThreads> threads, HandlerTables handlers, Events events);
    ~EngineRuns(); ///< stops all and waits for them

    /// Begins a run, which reads the user's own handlers anew; `stop` ends it.
    void launch(const EngineSettings& settings, std::stop_source stop, OnEnded onEnded,
                engine::Engine::OnClaimed onClaimed = {});
    /// Stops all, and what is launched later at once.
    void stopAll();
    bool isIdle() const;

    /// There may be new work.
    void wakeAll();
    /// A person cancelled these jobs: their handlers stop.
    void stopJobs(const domain::JobIds& ids);
    int runningCount() const;
    QVector<domain::RunningJob> runningJobs() const;

    /// As they were read last.
    QVector<LocalHandler> handlers() const;
    /// Lines of runs that begin from now on; without it none is made.
    void setLogger(engine::OnEvent logger);
    bool othersWorkUnlessSaid() const;

private:
    struct Run
    {
        std::shared_ptr<engine::Engine> engine; ///< none until its handlers are read
        std::stop_source stop;
        std::thread thread;
        bool isDone = false; ///< its thread is about to end and may be joined
    };

    std::shared_ptr<engine::Engine> makeEngine(const EngineSettings& settings);
    engine::EngineConfig config(const EngineSettings& settings,
                                const engine::HandlerTable& table) const;
    engine::HandlerTable allHandlers() const;
    void rereadHandlers();
    void finish(Run& run);
    void sweep();
    bool areDone() const;
    template <class Do>
    void eachEngine(Do act) const;

    const std::shared_ptr<SessionThreads> m_threads;
    const Events m_events;
    mutable std::mutex m_mutex; ///< guards what follows
    HandlerTables m_handlers;
    engine::OnEvent m_logger;
    std::list<std::shared_ptr<Run>> m_runs;
    bool m_isClosing = false;
};

} // namespace queuedeck::service
