// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/engineservice.h"

#include "core/base/logging.h"
#include "core/service/engineruns.h"

#include <QMetaMethod>
#include <QPromise>
#include <QSet>

using namespace Qt::StringLiterals;

namespace queuedeck::service {

namespace {
// Telling more often than this only repaints.
constexpr std::chrono::milliseconds kTellEvery{200};

base::Result<ProcessReport> reportFrom(const base::Result<engine::EngineReport>& done,
                                       const QDateTime& start)
{
    if (!done)
        return done.error();
    QString message = u"Processed %1 jobs, %2 failed"_s.arg(done->completed).arg(done->failed);
    if (done->unsettled > 0)
        message += u", %1 run whose result could not be written"_s.arg(done->unsettled);
    return ProcessReport{done->completed, done->failed,   start, base::Clock::system().now(),
                         message,         done->unsettled};
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

/// The answer to a question about a run. The caller's token and the end of the session stop the
/// same run.
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

// A round a second must not fill a log.
void tellProblemsOnce(const QVector<LocalHandler>& problems)
{
    static std::mutex s_mutex;
    static QSet<QString> s_told;
    const std::lock_guard lock(s_mutex);
    for (const LocalHandler& handler : problems) {
        const QString sentence = problemsOf({handler});
        if (s_told.contains(sentence))
            continue;
        s_told.insert(sentence);
        qCWarning(lcHandlers).noquote() << sentence;
    }
}
} // namespace

EngineService::EngineService(std::shared_ptr<SessionThreads> threads)
    : d(std::make_unique<EngineRuns>(std::move(threads)))
{
    d->onIdle = [this] {
        QMetaObject::invokeMethod(this, &EngineService::quiet, Qt::QueuedConnection);
    };
}

EngineService::~EngineService()
{
    d->end();
}

QStringList EngineService::handledTypes() const
{
    return typesOf(handlers());
}

QVector<LocalHandler> EngineService::handlers() const
{
    const std::lock_guard lock(d->mutex);
    return d->handlers.list;
}

bool EngineService::othersWorkUnlessSaid() const
{
    return d->othersWorkUnlessSaid();
}

QVector<LocalHandler> EngineService::handlerProblems() const
{
    QVector<LocalHandler> problems = handlers();
    problems.removeIf([](const LocalHandler& handler) { return handler.isUsed(); });
    return problems;
}

// On the thread of a run, as the folder may lie on a slow disk.
void EngineService::rereadHandlers()
{
    HandlerTables anew = d->readHandlers();
    bool isChanged = false;
    {
        const std::lock_guard lock(d->mutex);
        isChanged = anew.list != d->handlers.list;
        d->handlers = std::move(anew);
    }
    tellProblemsOnce(handlerProblems());
    if (isChanged)
        QMetaObject::invokeMethod(this, &EngineService::handlersChanged, Qt::QueuedConnection);
}

QFuture<base::Result<ProcessReport>> EngineService::process(const EngineSettings& settings,
                                                            std::stop_token stop)
{
    Promised<ProcessReport> promised(stop);
    logIfRead();
    d->launch(settings, promised.source,
              {.begin = [this] { rereadHandlers(); },
               .settled = tellProgress(),
               .end =
                   [this, promised, start = base::Clock::system().now()](const auto& done) {
                       tellEnd(done);
                       promised.give(reportFrom(done, start));
                   }});
    return promised.future();
}

QFuture<base::Result<StepReport>> EngineService::step(const EngineSettings& settings,
                                                      std::stop_token stop)
{
    Promised<StepReport> promised(stop);
    logIfRead();
    EngineSettings one = settings;
    one.maxJobs = 1;
    one.untilEmpty = true;
    auto before = std::make_shared<std::optional<domain::JobDetail>>();
    d->launch(
        one, promised.source,
        {.begin = [this] { rereadHandlers(); },
         .settled = tellProgress(),
         .claimed = [before](const domain::JobDetail& claimed) { *before = beforeClaim(claimed); },
         .end =
             [this, promised, before, threads = d->threads](const auto& done) {
                 tellEnd(done);
                 promised.give(stepFrom(done, *before, *threads));
             }});
    return promised.future();
}

void EngineService::logIfRead()
{
    const std::lock_guard lock(d->mutex);
    if (isSignalConnected(QMetaMethod::fromSignal(&EngineService::logged)))
        d->logger = [this](const QString& line) { Q_EMIT logged(line); }; // queued to its readers
}

std::function<void(const engine::EngineReport&)> EngineService::tellProgress()
{
    auto last = std::make_shared<std::chrono::steady_clock::time_point>();
    return [this, last](const engine::EngineReport& soFar) {
        const auto now = std::chrono::steady_clock::now();
        if (now - *last < kTellEvery)
            return;
        *last = now;
        QMetaObject::invokeMethod(
            this,
            [this, completed = soFar.completed, failures = soFar.failed] {
                Q_EMIT progressed(completed, failures);
            },
            Qt::QueuedConnection);
    };
}

// What came after the last telling.
void EngineService::tellEnd(const base::Result<engine::EngineReport>& done)
{
    if (done)
        tellProgress()(*done);
}

void EngineService::start(const EngineSettings& settings)
{
    if (d->staying)
        return;
    logIfRead();
    d->staying =
        d->launch(settings, std::stop_source(),
                  {.begin = [this] { rereadHandlers(); },
                   .settled = tellProgress(),
                   .end =
                       [this, start = base::Clock::system().now()](const auto& done) {
                           QMetaObject::invokeMethod(
                               this, [this, report = reportFrom(done, start)] { ended(report); },
                               Qt::QueuedConnection);
                       }});
    Q_EMIT started();
}

void EngineService::ended(const base::Result<ProcessReport>& report)
{
    d->staying.reset();
    if (!report)
        Q_EMIT failed(report.error());
    Q_EMIT stopped(report ? *report : ProcessReport());
}

void EngineService::stop()
{
    if (d->staying)
        d->staying->stop.request_stop();
}

void EngineService::stopAll()
{
    d->stopAll();
}

bool EngineService::isQuiet() const
{
    return d->isIdle();
}

bool EngineService::isRunning() const
{
    return d->staying != nullptr;
}

int EngineService::runningCount() const
{
    const std::lock_guard lock(d->mutex);
    int running = 0;
    for (const auto& run : d->runs)
        running += run->engine ? run->engine->runningCount() : 0;
    return running;
}

QVector<domain::RunningJob> EngineService::runningJobs() const
{
    const std::lock_guard lock(d->mutex);
    QVector<domain::RunningJob> jobs;
    for (const auto& run : d->runs) {
        if (run->engine)
            jobs += run->engine->runningJobs();
    }
    return jobs;
}

void EngineService::wake()
{
    const std::lock_guard lock(d->mutex);
    for (const auto& run : d->runs) {
        if (run->engine)
            run->engine->wake();
    }
}

void EngineService::jobsChanged(domain::JobAction action, const domain::JobIds& ids)
{
    if (action == domain::JobAction::Cancel) {
        const std::lock_guard lock(d->mutex);
        for (const auto& run : d->runs) {
            if (run->engine)
                run->engine->stopJobs(ids);
        }
    } else if (action != domain::JobAction::Delete) {
        wake();
    }
}

} // namespace queuedeck::service
