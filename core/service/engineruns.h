// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/engine.h"
#include "core/service/claudereading.h"
#include "core/service/engineservice.h"
#include "core/service/handlertables.h"
#include "core/service/sessionthreads.h"
#include "core/service/spendledger.h"

#include <list>
#include <mutex>
#include <thread>

namespace queuedeck::service {

/// The engines that run in this session: rounds and the continuous one, each on its own thread. May
/// be used from any thread. Private to this room.
class EngineRuns
{
public:
    /// What happens in any run, called on the thread of that run.
    struct Events
    {
        /// The folder of the user's own handlers was read for this run, and has changed.
        std::function<void()> handlersChanged;
        /// At most a few times per second, and once at the end.
        engine::Engine::OnSettled settled;
        std::function<void()> idle; ///< the last run has ended
    };
    /// Gets how one run ended, on its thread.
    using OnEnded = std::function<void(const base::Result<engine::EngineReport>&)>;

    EngineRuns(std::shared_ptr<SessionThreads> threads, HandlerTables handlers, Events events);
    ~EngineRuns(); ///< stops all and waits for them

    /// Starts a run, which rereads the user's own handlers; `stop` ends it.
    void launch(const EngineSettings& settings, std::stop_source stop, OnEnded onEnded,
                engine::Engine::OnClaimed onClaimed = {});
    /// Stops all runs; any later one stops at once.
    void stopAll();
    bool isIdle() const;

    /// There may be new work.
    void wakeAll();
    /// Stops the handlers of these jobs, which a person cancelled.
    void stopJobs(const domain::JobIds& ids);
    int runningCount() const;
    QVector<domain::RunningJob> runningJobs() const;
    /// How many jobs an engine with these settings runs at the same time.
    static int concurrencyOf(const EngineSettings& settings);

    /// The handlers as last read.
    QVector<LocalHandler> handlers() const;
    /// Gets the lines of runs that start from now on; without it none are composed.
    void setLogger(engine::OnEvent logger);
    bool othersWorkUnlessSaid() const;
    /// For runs that start from now on.
    void setPictures(const PictureChoices& choices);
    PictureChoices pictures() const;
    bool fetchesPictures() const;
    const std::shared_ptr<ClaudeReading>& claude() const { return m_claude; }
    /// The pictures that a run which starts now may read.
    domain::PictureReach pictureReach() const;

private:
    struct Run
    {
        std::shared_ptr<engine::Engine> engine; ///< none until its handlers are read
        std::stop_source stop;
        std::thread thread;
        bool isDone = false; ///< its thread is about to end and may be joined
    };

    base::Result<engine::EngineReport> runOnce(Run& run, const EngineSettings& settings,
                                               const engine::Engine::OnClaimed& onClaimed);
    base::Result<std::shared_ptr<engine::Engine>> makeEngine(const EngineSettings& settings);
    /// What a run may ask.
    struct Claude
    {
        std::shared_ptr<vision::VisionClient> vision;
        std::shared_ptr<vision::TextClient> text;
    };
    base::Result<Claude> chosenClaude(const EngineSettings& settings);
    bool mayNeedText(const EngineSettings& settings) const;
    void setTextOff(const QString& why);
    engine::EngineConfig config(const EngineSettings& settings,
                                const engine::HandlerTable& table) const;
    engine::HandlerTable allHandlers(const Claude& claude) const;
    bool mayFetch() const;
    domain::PictureReach reach() const;
    void rereadHandlers();
    void finish(Run& run);
    void sweep();
    bool areDone() const;
    template <class Do>
    void eachEngine(Do act) const;

    const std::shared_ptr<SessionThreads> m_threads;
    const Events m_events;
    const std::shared_ptr<ClaudeReading> m_claude;
    const std::shared_ptr<engine::TypeLimits> m_limits = std::make_shared<engine::TypeLimits>();
    mutable std::mutex m_mutex; ///< guards the members below
    HandlerTables m_handlers;
    PictureChoices m_pictures;
    QString m_textOff; ///< why the last run could not ask Claude; empty if it could, or did not try
    engine::OnEvent m_logger;
    std::list<std::shared_ptr<Run>> m_runs;
    bool m_isClosing = false;
};

} // namespace queuedeck::service
