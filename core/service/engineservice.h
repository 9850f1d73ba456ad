// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/engineseen.h"
#include "core/domain/job.h"
#include "core/domain/jobrules.h"
#include "core/domain/picturereach.h"
#include "core/domain/preflight.h"
#include "core/service/claudeinfo.h"
#include "core/service/localhandlers.h"
#include "core/service/picturechoices.h"

#include <QDateTime>
#include <QFuture>
#include <QObject>
#include <QStringList>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace queuedeck::engine {
struct EngineReport;
}

namespace queuedeck::service {

class EngineRuns;
class RunningHere;
class SessionThreads;
struct HandlerTables;

struct EngineSettings
{
    int concurrency = 0;     ///< jobs at the same time; 0 = one per processor core, at most 4
    QStringList types = {};  ///< empty: every type with a handler here
    int maxJobs = 0;         ///< stop after that many; 0 = no limit
    bool untilEmpty = false; ///< stop once nothing can be claimed now
    bool inOrder = false;    ///< the order of `types` is their priority
    /// Whether another processor works on this table, so that claimed jobs wait a moment and are
    /// checked again before they run. If not set: true if Queuedeck did not create the table.
    std::optional<bool> othersWork = {};
    /// > 0: free jobs that another processor left 'processing', unchanged for that long.
    std::chrono::minutes freeOrphansAfter{0};
    int stopAfterFailures = 0; ///< stop once that many attempts in a row have failed; 0 = never
};

/// What a round of processing did, as the endpoint reports it.
struct ProcessReport
{
    int processed = 0; ///< jobs completed
    int failed = 0;    ///< attempts that failed
    QDateTime startTime;
    QDateTime endTime;
    QString message;          ///< "Processed 3 jobs, 0 failed"
    int unsettled = 0;        ///< jobs run whose result could not be written
    int haltedAfter = 0;      ///< > 0: it stopped by itself, after that many failures in a row
    QString lastFailure = {}; ///< then the last of them: "report_generation: no such report"
};

/// One job's row before and after it was run here.
struct StepReport
{
    std::optional<domain::JobDetail> before; ///< none: nothing could be claimed
    std::optional<domain::JobDetail> after;  ///< none: nothing was run, or the row is gone
    bool wasRun = false; ///< false if another processor took the job meanwhile, or it was stopped
};

/// The local engine of a session. Signals arrive on the thread this object lives on.
class EngineService : public QObject
{
    Q_OBJECT

public:
    /// `handlers`: as they were read when the session was opened.
    EngineService(std::shared_ptr<SessionThreads> threads, HandlerTables handlers);
    ~EngineService() override;

    /// The types this computer can run. Each round and each start rereads the folder of the user's
    /// own handlers; handlersChanged is emitted if that made a difference.
    QStringList handledTypes() const;
    /// The same with the origin of each, and the files that are not used.
    QVector<LocalHandler> handlers() const;
    /// See EngineSettings::othersWork.
    bool othersWorkUnlessSaid() const;
    /// The files of the user's own handlers that are not used, and why.
    QVector<LocalHandler> handlerProblems() const;

    /// For every run that starts from now on, whoever starts it. Begins with what the environment
    /// says.
    void setPictures(const PictureChoices& choices);
    PictureChoices pictures() const;
    /// Whether pictures can be read by Claude, and what that has cost today. Takes as long as the
    /// keychain, 10 s at most. Invalid or Denied if a variable of the environment is wrong.
    QFuture<base::Result<ClaudeInfo>> claude() const;
    /// Whether a run would fetch pictures from the web now.
    bool fetchesPictures() const;
    /// The pictures that a run would read now; jobs with others stay pending.
    domain::PictureReach pictureReach() const;

    /// What a run with these settings would find, before it starts. Errors are the database's.
    QFuture<base::Result<domain::Preflight>> preflight(const EngineSettings& settings);

    /// One round: claims and runs until `settings` say stop; beside a running engine it shares the
    /// queue with it. `stop` ends it cleanly, at most 20 s later.
    QFuture<base::Result<ProcessReport>> process(const EngineSettings& settings,
                                                 std::stop_token stop = {});

    /// Runs the one job that is next for `settings`, and returns its row before and after.
    QFuture<base::Result<StepReport>> step(const EngineSettings& settings,
                                           std::stop_token stop = {});

    /// The continuous engine: runs until stop(). Starting a running one does nothing.
    void start(const EngineSettings& settings = {});
    /// Hands unfinished jobs back within 20 s; `stopped` follows.
    void stop();
    /// Ends all runs, including rounds: nothing is claimed any more, running jobs are handed back
    /// within 20 s, and a run requested later ends at once. `quiet` follows.
    void stopAll();
    /// No run is active.
    bool isQuiet() const;
    bool isRunning() const;
    /// The continuous engine was asked to stop and has not ended yet.
    bool isStopping() const { return m_staying && m_staying->stop_requested(); }
    /// How many jobs the continuous engine runs at the same time; 0: it is not running.
    int capacity() const { return m_staying ? m_capacity : 0; }
    /// Jobs that are running here now: how many, and which, longest-running first.
    int runningCount() const;
    QVector<domain::RunningJob> runningJobs() const;
    /// The same for readers that may outlive this object.
    const std::shared_ptr<RunningHere>& runningHere() const { return m_runningHere; }

    /// There may be new work. From any thread.
    void wake();
    /// A person changed these jobs: cancelled ones stop running here. From any thread.
    void jobsChanged(domain::JobAction action, const domain::JobIds& ids);

Q_SIGNALS:
    void started();
    void stopping(); ///< stop() was called; `stopped` follows
    /// The last run has ended.
    void quiet();
    void stopped(const queuedeck::service::ProcessReport& report);
    /// A run or round has stopped by itself; see ProcessReport::haltedAfter.
    void halted(const queuedeck::service::ProcessReport& report);
    /// Jobs have settled; emitted at most a few times per second.
    void progressed(int processed, int failed);
    void failed(const queuedeck::base::Error& error);
    /// A line of the engine's log, including rounds.
    void logged(const QString& line);
    void handlersChanged();

private:
    using OnEnded = std::function<void(const base::Result<engine::EngineReport>&)>;
    using OnClaimed = std::function<void(const domain::JobDetail&)>;

    void launch(const EngineSettings& settings, const std::stop_source& stop, OnEnded onEnded,
                OnClaimed onClaimed = {});
    void tellHalt(const base::Result<ProcessReport>& report);
    void tellProgress(const engine::EngineReport& soFar);
    void ended(const base::Result<ProcessReport>& report);

    const std::shared_ptr<SessionThreads> m_threads;
    std::optional<std::stop_source> m_staying; ///< of the continuous engine
    int m_capacity = 0;                        ///< of that engine
    std::unique_ptr<EngineRuns> m_runs;
    const std::shared_ptr<RunningHere> m_runningHere;
};

} // namespace queuedeck::service
