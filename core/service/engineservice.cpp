// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/engineservice.h"

#include "core/engine/engine.h"
#include "core/handlers/handlers.h"
#include "core/service/sessionthreads.h"

#include <QPromise>

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
} // namespace

/// The engines that run here: rounds and the one that stays. Each has a thread of its own.
class EngineService::Private
{
public:
    struct Run
    {
        std::shared_ptr<engine::Engine> engine;
        std::stop_source stop;
        std::thread thread;
        bool isDone = false; ///< its thread is about to end and may be joined
    };

    explicit Private(std::shared_ptr<SessionThreads> sessionThreads)
        : threads(std::move(sessionThreads))
    {
        // Each worker that reads pictures opens a connection of its own.
        handlers = handlers::builtInHandlers([shared = threads]() -> handlers::ImageSource {
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
        });
    }

    engine::EngineConfig config(const EngineSettings& settings) const
    {
        engine::EngineConfig config;
        const int processors = int(std::thread::hardware_concurrency());
        config.concurrency =
            settings.concurrency > 0 ? settings.concurrency : std::clamp(processors, 1, 4);
        for (const auto& [type, factory] : handlers) {
            if (settings.types.isEmpty())
                config.types += type;
        }
        for (const QString& type : settings.types) { // in the order they were given
            if (handlers.contains(type))
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

    template <class Finished>
    std::shared_ptr<Run> launch(const EngineSettings& settings, std::stop_source stop,
                                engine::Engine::OnSettled onSettled, Finished finished)
    {
        const std::lock_guard lock(mutex);
        sweep();
        auto run = std::make_shared<Run>();
        run->stop = stop;
        run->engine = std::make_shared<engine::Engine>(
            [shared = threads] { return shared->openStore(); }, handlers, config(settings));
        runs.push_back(run);
        run->thread = std::thread([this, run, onSettled, finished] {
            const QDateTime start = base::Clock::system().now();
            auto done = run->engine->run(run->stop.get_token(), onSettled);
            finished(done ? base::Result<ProcessReport>(reportFrom(*done, start))
                          : base::Result<ProcessReport>(done.error()));
            const std::lock_guard doneLock(mutex);
            run->isDone = true;
        });
        return run;
    }

    std::shared_ptr<SessionThreads> threads;
    engine::HandlerTable handlers;
    std::mutex mutex;
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
    QStringList types;
    for (const auto& [type, factory] : d->handlers)
        types += type;
    return types;
}

QFuture<base::Result<ProcessReport>> EngineService::process(const EngineSettings& settings,
                                                            std::stop_token stop)
{
    auto promise = std::make_shared<QPromise<base::Result<ProcessReport>>>();
    const auto future = promise->future();
    promise->start();
    std::stop_source source;
    // The caller's token and the end of the session stop the same run.
    auto link = std::make_shared<std::stop_callback<std::function<void()>>>(
        stop, std::function<void()>([source]() mutable { source.request_stop(); }));
    d->launch(settings, source, tellProgress(),
              [promise, link](const base::Result<ProcessReport>& report) {
                  promise->addResult(report);
                  promise->finish();
              });
    return future;
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
    d->staying = d->launch(settings, std::stop_source(), tellProgress(),
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
        running += run->engine->runningJobs();
    return running;
}

void EngineService::wake()
{
    const std::lock_guard lock(d->mutex);
    for (const auto& run : d->runs)
        run->engine->wake();
}

void EngineService::jobsChanged(domain::JobAction action, const domain::JobIds& ids)
{
    if (action == domain::JobAction::Cancel) {
        const std::lock_guard lock(d->mutex);
        for (const auto& run : d->runs)
            run->engine->stopJobs(ids);
    } else if (action != domain::JobAction::Delete) {
        wake();
    }
}

} // namespace queuedeck::service
