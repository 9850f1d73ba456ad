// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/engineservice.h"

#include "core/service/engineruns.h"
#include "core/service/runninghere.h"

#include <QMetaMethod>
#include <QPromise>

using namespace Qt::StringLiterals;

namespace queuedeck::service {

namespace {
base::Result<ProcessReport> reportFrom(const base::Result<engine::EngineReport>& done,
                                       const QDateTime& start)
{
    if (!done)
        return done.error();
    base::Sentence message =
        base::Sentence::tr("Processed %1 jobs, %2 failed").arg(done->completed).arg(done->failed);
    if (done->unsettled > 0)
        message +=
            base::Sentence::tr(", %1 run whose result could not be written").arg(done->unsettled);
    ProcessReport report{done->completed, done->failed,   start, base::Clock::system().now(),
                         message,         done->unsettled};
    if (done->halt) {
        report.haltedAfter = done->halt->failures;
        report.lastFailure =
            u"%1: %2"_s.arg(done->halt->type, done->halt->error.section(u'\n', 0, 0));
        report.message +=
            base::Sentence::tr(", stopped after %1 failures in a row").arg(report.haltedAfter);
    }
    return report;
}

// A claim writes the status and the number of attempts, and nothing else.
domain::JobDetail beforeClaim(domain::JobDetail claimed)
{
    claimed.job.status = domain::JobStatus::Pending;
    claimed.job.rawStatus = domain::statusText(claimed.job.status);
    if (claimed.job.attempts)
        --*claimed.job.attempts;
    return claimed;
}

base::Result<StepReport> stepFrom(const base::Result<engine::EngineReport>& done,
                                  const std::optional<domain::JobDetail>& before,
                                  SessionThreads& threads)
{
    if (!done)
        return done.error();
    StepReport report{before, {}, done->completed + done->failed > 0};
    if (!before)
        return report;
    const auto store = threads.openStore();
    if (!store)
        return store.error();
    auto after = (*store)->jobs.job(before->job.id);
    if (after)
        report.after = std::move(*after);
    else if (after.error().kind != base::ErrorKind::NotFound)
        return after.error();
    return report;
}

/// The promised result of a run. Both the caller's token and the end of the session stop the run.
template <class T>
class Promised
{
public:
    explicit Promised(const std::stop_token& stop)
        : m_link(
              std::make_shared<Link>(stop, [source = source]() mutable { source.request_stop(); }))
    {
        m_promise->start();
    }
    QFuture<base::Result<T>> future() const { return m_promise->future(); }
    void give(const base::Result<T>& result) const
    {
        m_promise->addResult(result);
        m_promise->finish();
    }

    std::stop_source source;

private:
    using Link = std::stop_callback<std::function<void()>>;
    std::shared_ptr<QPromise<base::Result<T>>> m_promise =
        std::make_shared<QPromise<base::Result<T>>>();
    std::shared_ptr<Link> m_link;
};
} // namespace

EngineService::EngineService(std::shared_ptr<SessionThreads> threads, HandlerTables handlers)
    : m_threads(std::move(threads))
    , m_runs(std::make_unique<EngineRuns>(
          m_threads, std::move(handlers),
          EngineRuns::Events{.handlersChanged =
                                 [this] {
                                     QMetaObject::invokeMethod(this,
                                                               &EngineService::handlersChanged,
                                                               Qt::QueuedConnection);
                                 },
                             .settled = [this](const auto& soFar) { tellProgress(soFar); },
                             .idle =
                                 [this] {
                                     QMetaObject::invokeMethod(this, &EngineService::quiet,
                                                               Qt::QueuedConnection);
                                 }}))
    , m_runningHere(std::make_shared<RunningHere>())
{
    m_runningHere->set([runs = m_runs.get()] { return runs->runningJobs(); });
}

EngineService::~EngineService()
{
    m_runningHere->set({});
    m_runs.reset(); // they report their end to this object
}

QStringList EngineService::handledTypes() const
{
    return typesOf(handlers());
}

QVector<LocalHandler> EngineService::handlers() const
{
    return m_runs->handlers();
}

bool EngineService::othersWorkUnlessSaid() const
{
    return m_runs->othersWorkUnlessSaid();
}

QVector<LocalHandler> EngineService::handlerProblems() const
{
    QVector<LocalHandler> problems = handlers();
    problems.removeIf([](const LocalHandler& handler) { return handler.isUsed(); });
    return problems;
}

QFuture<base::Result<domain::Preflight>> EngineService::preflight(const EngineSettings& settings)
{
    QStringList types = handledTypes();
    if (!settings.types.isEmpty())
        types.removeIf([&](const QString& type) { return !settings.types.contains(type); });
    return m_threads->read([types, reach = pictureReach()](store::JobStore& store) {
        store.leases.setPictureReach(reach);
        return store.leases.preflight(types);
    });
}

void EngineService::setPictures(const PictureChoices& choices)
{
    m_runs->setPictures(choices);
}

PictureChoices EngineService::pictures() const
{
    return m_runs->pictures();
}

QFuture<base::Result<ClaudeInfo>> EngineService::claude() const
{
    return secrets::SecretStore::shared()
        .read(secrets::Entry::claudeKey())
        .then([claude = m_runs->claude()](
                  const base::Result<secrets::Found>& found) -> base::Result<ClaudeInfo> {
            if (!found)
                return found.error();
            return claude->info(*found);
        });
}

bool EngineService::fetchesPictures() const
{
    return m_runs->fetchesPictures();
}

domain::PictureReach EngineService::pictureReach() const
{
    return m_runs->pictureReach();
}

QFuture<base::Result<ProcessReport>> EngineService::process(const EngineSettings& settings,
                                                            std::stop_token stop)
{
    Promised<ProcessReport> promised(stop);
    launch(settings, promised.source,
           [this, promised, start = base::Clock::system().now()](const auto& done) {
               const auto report = reportFrom(done, start);
               tellHalt(report);
               promised.give(report);
           });
    return promised.future();
}

QFuture<base::Result<StepReport>> EngineService::step(const EngineSettings& settings,
                                                      std::stop_token stop)
{
    Promised<StepReport> promised(stop);
    EngineSettings one = settings;
    one.maxJobs = 1;
    one.untilEmpty = true;
    auto before = std::make_shared<std::optional<domain::JobDetail>>();
    launch(
        one, promised.source,
        [promised, before, threads = m_threads](const auto& done) {
            promised.give(stepFrom(done, *before, *threads));
        },
        [before](const domain::JobDetail& claimed) { *before = beforeClaim(claimed); });
    return promised.future();
}

// A claim is a change: on a read-only connection no run begins, whoever asks for it.
void EngineService::launch(const EngineSettings& settings, const std::stop_source& stop,
                           OnEnded onEnded, OnClaimed onClaimed)
{
    if (m_threads->isReadOnly()) {
        onEnded(base::fail(
            base::ErrorKind::Denied,
            base::Sentence::tr("This connection is read-only: the database refuses every change, "
                               "so no job is run from here.")));
        return;
    }
    if (isSignalConnected(QMetaMethod::fromSignal(&EngineService::logged)))
        m_runs->setLogger(
            [this](const QString& line) { Q_EMIT logged(line); }); // queued to its receivers
    m_runs->launch(settings, stop, std::move(onEnded), std::move(onClaimed));
}

// On the thread of a run.
void EngineService::tellHalt(const base::Result<ProcessReport>& report)
{
    if (report && report->haltedAfter > 0)
        QMetaObject::invokeMethod(
            this, [this, report = *report] { Q_EMIT halted(report); }, Qt::QueuedConnection);
}

// On the thread of a run.
void EngineService::tellProgress(const engine::EngineReport& soFar)
{
    QMetaObject::invokeMethod(
        this,
        [this, completed = soFar.completed, failures = soFar.failed] {
            Q_EMIT progressed(completed, failures);
        },
        Qt::QueuedConnection);
}

void EngineService::start(const EngineSettings& settings)
{
    if (m_staying)
        return;
    m_staying.emplace();
    m_capacity = EngineRuns::concurrencyOf(settings);
    launch(settings, *m_staying, [this, start = base::Clock::system().now()](const auto& done) {
        const auto report = reportFrom(done, start);
        QMetaObject::invokeMethod(
            this, [this, report] { ended(report); }, Qt::QueuedConnection);
        tellHalt(report);
    });
    Q_EMIT started();
}

void EngineService::ended(const base::Result<ProcessReport>& report)
{
    m_staying.reset();
    if (!report)
        Q_EMIT failed(report.error());
    Q_EMIT stopped(report ? *report : ProcessReport());
}

void EngineService::stop()
{
    if (!m_staying || m_staying->stop_requested())
        return;
    m_staying->request_stop();
    Q_EMIT stopping();
}

void EngineService::stopAll()
{
    m_runs->stopAll();
}

bool EngineService::isQuiet() const
{
    return m_runs->isIdle();
}

bool EngineService::isRunning() const
{
    return m_staying.has_value();
}

int EngineService::runningCount() const
{
    return m_runs->runningCount();
}

QVector<domain::RunningJob> EngineService::runningJobs() const
{
    return m_runs->runningJobs();
}

void EngineService::wake()
{
    m_runs->wakeAll();
}

void EngineService::jobsChanged(domain::JobAction action, const domain::JobIds& ids)
{
    if (action == domain::JobAction::Cancel)
        m_runs->stopJobs(ids);
    else if (action != domain::JobAction::Delete)
        m_runs->wakeAll();
}

} // namespace queuedeck::service
