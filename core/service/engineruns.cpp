// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/engineruns.h"

namespace queuedeck::service {

namespace {
// Longer than a processor without locks takes from its SELECT to its UPDATE. Over 800 jobs beside
// one, 0 ms gave 151 double runs, 60 ms gave 1, 250 ms none.
constexpr std::chrono::milliseconds kQuarantine{250};
} // namespace

EngineRuns::EngineRuns(std::shared_ptr<SessionThreads> sessionThreads)
    : threads(std::move(sessionThreads))
    , handlers(readHandlers())
{
}

// Each worker that reads pictures opens a connection of its own.
HandlerTables EngineRuns::readHandlers() const
{
    return readHandlerTables([shared = threads]() -> handlers::ImageSource {
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

bool EngineRuns::othersWorkUnlessSaid() const
{
    return threads->shape().mode != store::TableShape::Mode::Own;
}

engine::EngineConfig EngineRuns::config(const EngineSettings& settings) const
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
    if (settings.othersWork.value_or(othersWorkUnlessSaid()))
        config.quarantine = kQuarantine;
    config.lease.freeOrphansAfter = settings.freeOrphansAfter;
    config.maxJobs = settings.maxJobs;
    config.untilEmpty = settings.untilEmpty;
    return config;
}

// Threads that have ended are joined when the next one starts, and at the latest at the end.
void EngineRuns::sweep()
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

std::shared_ptr<EngineRuns::Run> EngineRuns::launch(const EngineSettings& settings,
                                                    std::stop_source stop, Tell tell)
{
    const std::lock_guard lock(mutex);
    sweep();
    auto run = std::make_shared<Run>();
    run->stop = stop;
    if (isClosing)
        run->stop.request_stop();
    runs.push_back(run);
    run->thread = std::thread([this, run, settings, tell] {
        tell.begin();
        std::shared_ptr<engine::Engine> engine;
        {
            const std::lock_guard engineLock(mutex);
            engine::EngineConfig wanted = config(settings);
            wanted.leaseClock = std::make_shared<engine::SteadyClock>();
            engine = run->engine = std::make_shared<engine::Engine>(
                [shared = threads, clock = wanted.leaseClock] { return shared->openStore(*clock); },
                handlers.table, wanted);
            engine->setOnEvent(logger);
            engine->setOnClaimed(tell.claimed);
        }
        tell.end(engine->run(run->stop.get_token(), tell.settled));
        bool isLast = false;
        {
            const std::lock_guard doneLock(mutex);
            run->isDone = true;
            isLast = areDone();
        }
        if (isLast && onIdle)
            onIdle(); // without the lock, for it may be asked for there
    });
    return run;
}

void EngineRuns::stopAll()
{
    std::list<std::shared_ptr<Run>> ending;
    {
        const std::lock_guard lock(mutex);
        isClosing = true;
        ending = runs;
    }
    for (const auto& run : ending)
        run->stop.request_stop();
}

bool EngineRuns::isIdle() const
{
    const std::lock_guard lock(mutex);
    return areDone();
}

bool EngineRuns::areDone() const
{
    return std::all_of(runs.begin(), runs.end(), [](const auto& run) { return run->isDone; });
}

void EngineRuns::end()
{
    stopAll();
    std::list<std::shared_ptr<Run>> ending;
    {
        const std::lock_guard lock(mutex);
        ending = runs;
    }
    for (const auto& run : ending) {
        if (run->thread.joinable())
            run->thread.join();
    }
}

} // namespace queuedeck::service
