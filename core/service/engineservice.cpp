// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/engineservice.h"

#include "core/base/logging.h"
#include "core/engine/engine.h"
#include "core/service/handlertables.h"
#include "core/service/sessionthreads.h"

#include <QMetaMethod>
#include <QPromise>
#include <QSet>

#include <list>
#include <mutex>
#include <thread>

using namespace Qt::StringLiterals;

namespace queuedeck::service {

namespace {
// Telling more often than this only repaints.
constexpr std::chrono::milliseconds kTellEvery{200};
// Longer than a processor without locks takes from its SELECT to its UPDATE. Over 800 jobs beside
// one, 0 ms gave 151 double runs, 60 ms gave 1, 250 ms none.
constexpr std::chrono::milliseconds kQuarantine{250};

ProcessReport reportFrom(const engine::EngineReport& done, const QDateTime& start)
{
    return {done.completed, done.failed, start, base::Clock::system().now(),
            u"Processed %1 jobs, %2 failed"_s.arg(done.completed).arg(done.failed)};
}

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

/// The engines that run here: rounds and the one that stays. Each has a thread of its own.
class EngineService::Private
{
public:
    struct Run
    {
        std::shared_ptr<engine::Engine> engine; ///< none until its handlers are read
        std::stop_source stop;
        std::thread thread;
        bool isDone = false; ///< its thread is about to end and may be joined
    };

    explicit Private(std::shared_ptr<SessionThreads> sessionThreads)
        : threads(std::move(sessionThreads))
    {
        handlers = readHandlerTables(makeSource());
    }

    // Each worker that reads pictures opens a connection of its own.
    std::function<handlers::ImageSource()> makeSource() const
    {
        return [shared = threads]() -> handlers::ImageSource {
            auto store = std::make_shared<std::unique_ptr<store::JobStore>>();
            return [shared, store](const QString& url) -> base::Result<QByteArray> {
                if (!*store) {
                    auto opened = shared->openStore();
                    if (!opened)
                        return opened.error();
                    *store = std::move(*opened);
                }
                return (*store)->scans.image(url);
            };
        };
    }

    engine::EngineConfig config(const EngineSettings& settings) const
    {
        engine::EngineConfig config;
        const int processors = int(std::thread::hardware_concurrency());
        config.concurrency =
            settings.concurrency > 0 ? settings.concurrency : std::clamp(processors, 1, 4);
        for (const auto& [type, factory] : handlers.table) {
            if (settings.types.isEmpty())
                config.types += type;
        }
        for (const QString& type : settings.types) { // in the order they were given
            if (handlers.table.contains(type))
                config.types += type;
        }
        config.inOrder = settings.inOrder;
        const bool isOwn = threads->shape().mode == store::TableShape::Mode::Own;
        if (settings.othersWork.value_or(!isOwn))
            config.quarantine = kQuarantine;
        config.lease.freeOrphansAfter = settings.freeOrphansAfter;
        config.maxJobs = settings.maxJobs;
        config.untilEmpty = settings.untilEmpty;
        return config;
    }

    // Threads that have ended are joined when the next one starts, and at the latest at the end.
    void sweep()
    {
        for (auto run = runs.begin(); run != runs.end();) {
            if ((*run)->isDone) {
                (*run)->thread.join();
                run = runs.erase(run);
            } else {
                ++run;
            }
        }
    }

    template <class Reread, class Finished>
    std::shared_ptr<Run> launch(const EngineSettings& settings, std::stop_source stop,
                                Reread reread, engine::Engine::OnSettled onSettled,
                                Finished finished)
    {
        const std::lock_guard lock(mutex);
        sweep();
        auto run = std::make_shared<Run>();
        run->stop = stop;
        runs.push_back(run);
        run->thread = std::thread([this, run, settings, reread, onSettled, finished] {
            const QDateTime start = base::Clock::system().now();
            reread();
            std::shared_ptr<engine::Engine> engine;
            {
                const std::lock_guard engineLock(mutex);
                engine = run->engine = std::make_shared<engine::Engine>(
                    [shared = threads] { return shared->openStore(); }, handlers.table,
                    config(settings));
                engine->setOnEvent(logger);
            }
            auto done = engine->run(run->stop.get_token(), onSettled);
            finished(done ? base::Result<ProcessReport>(reportFrom(*done, start))
                          : base::Result<ProcessReport>(done.error()));
            const std::lock_guard doneLock(mutex);
            run->isDone = true;
        });
        return run;
    }

    std::shared_ptr<SessionThreads> threads;
    mutable std::mutex mutex; ///< guards what follows, but for `staying`
    HandlerTables handlers;
    engine::Engine::OnEvent logger; ///< empty where nobody reads a log
    std::list<std::shared_ptr<Run>> runs;
    std::shared_ptr<Run> staying; ///< touched on the thread of the service only
};

EngineService::EngineService(std::shared_ptr<SessionThreads> threads)
    : d(std::make_unique<Private>(std::move(threads)))
{
}

EngineService::~EngineService()
{
    std::list<std::shared_ptr<Private::Run>> runs;
    {
        const std::lock_guard lock(d->mutex);
        runs = d->runs;
    }
    for (const auto& run : runs)
        run->stop.request_stop();
    for (const auto& run : runs) {
        if (run->thread.joinable())
            run->thread.join();
    }
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

QVector<LocalHandler> EngineService::handlerProblems() const
{
    QVector<LocalHandler> problems = handlers();
    problems.removeIf([](const LocalHandler& handler) { return handler.isUsed(); });
    return problems;
}

// On the thread of a run, as the folder may lie on a slow disk.
void EngineService::rereadHandlers()
{
    HandlerTables anew = readHandlerTables(d->makeSource());
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
    logIfRead();
    auto promise = std::make_shared<QPromise<base::Result<ProcessReport>>>();
    const auto future = promise->future();
    promise->start();
    std::stop_source source;
    // The caller's token and the end of the session stop the same run.
    auto link = std::make_shared<std::stop_callback<std::function<void()>>>(
        stop, std::function<void()>([source]() mutable { source.request_stop(); }));
    d->launch(
        settings, source, [this] { rereadHandlers(); }, tellProgress(),
        [promise, link](const base::Result<ProcessReport>& report) {
            promise->addResult(report);
            promise->finish();
        });
    return future;
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

void EngineService::start(const EngineSettings& settings)
{
    if (d->staying)
        return;
    logIfRead();
    d->staying = d->launch(
        settings, std::stop_source(), [this] { rereadHandlers(); }, tellProgress(),
        [this](const base::Result<ProcessReport>& report) {
            QMetaObject::invokeMethod(
                this, [this, report] { ended(report); }, Qt::QueuedConnection);
        });
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

bool EngineService::isRunning() const
{
    return d->staying != nullptr;
}

int EngineService::runningJobs() const
{
    const std::lock_guard lock(d->mutex);
    int running = 0;
    for (const auto& run : d->runs)
        running += run->engine ? run->engine->runningJobs() : 0;
    return running;
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
