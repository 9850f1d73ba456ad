// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/engineruns.h"

#include "core/domain/enrichment.h"
#include "core/handlers/handlers.h"
#include "core/service/enrichmentwork.h"
#include "core/service/home.h"
#include "core/service/picturesource.h"
#include "core/service/reportwork.h"
#include "core/service/samplehandlers.h"
#include "core/store/imports/importwriter.h"

namespace queuedeck::service {

namespace {
// Longer than a processor without locks takes from its SELECT to its UPDATE. Over 800 jobs beside
// one, 0 ms gave 151 double runs, 60 ms gave 1, 250 ms none.
constexpr std::chrono::milliseconds kQuarantine{250};
// Reporting more often than this would only repaint.
constexpr std::chrono::milliseconds kTellEvery{200};

base::Result<std::unique_ptr<domain::ImportSink>> openImportSink(const SessionThreads& threads)
{
    auto store = threads.openStore();
    if (!store)
        return store.error();
    return std::unique_ptr<domain::ImportSink>(
        std::make_unique<store::ImportWriter>(std::move(*store), base::Clock::system()));
}

engine::Engine::OnSettled notTooOften(const engine::Engine::OnSettled& tell)
{
    return [tell, last = std::chrono::steady_clock::time_point()](
               const engine::EngineReport& soFar) mutable {
        const auto now = std::chrono::steady_clock::now();
        if (now - last < kTellEvery)
            return;
        last = now;
        tell(soFar);
    };
}
} // namespace

EngineRuns::EngineRuns(std::shared_ptr<SessionThreads> threads, HandlerTables handlers,
                       Events events)
    : m_threads(std::move(threads))
    , m_events(std::move(events))
    , m_claude(
          std::make_shared<ClaudeReading>([ledger = std::make_shared<SpendLedger>(m_threads)](
                                              const domain::Spend& spend) { ledger->note(spend); }))
    , m_handlers(std::move(handlers))
    , m_pictures(PictureChoices::fromEnvironment().value_or(PictureChoices()))
{
}

EngineRuns::~EngineRuns()
{
    stopAll();
    std::list<std::shared_ptr<Run>> ending;
    {
        const std::lock_guard lock(m_mutex);
        ending = m_runs;
    }
    for (const auto& run : ending) {
        if (run->thread.joinable())
            run->thread.join();
    }
}

void EngineRuns::launch(const EngineSettings& settings, std::stop_source stop, OnEnded onEnded,
                        engine::Engine::OnClaimed onClaimed)
{
    const std::lock_guard lock(m_mutex);
    sweep();
    auto run = std::make_shared<Run>();
    run->stop = std::move(stop);
    if (m_isClosing)
        run->stop.request_stop();
    m_runs.push_back(run);
    run->thread = std::thread(
        [this, run, settings, onEnded = std::move(onEnded), onClaimed = std::move(onClaimed)] {
            rereadHandlers();
            const auto done = runOnce(*run, settings, onClaimed);
            if (done)
                m_events.settled(*done); // what came after the last report
            onEnded(done);
            finish(*run);
        });
}

base::Result<engine::EngineReport> EngineRuns::runOnce(Run& run, const EngineSettings& settings,
                                                       const engine::Engine::OnClaimed& onClaimed)
{
    const auto engine = makeEngine(settings);
    if (!engine)
        return engine.error();
    (*engine)->setOnClaimed(onClaimed);
    {
        const std::lock_guard lock(m_mutex);
        run.engine = *engine;
    }
    return (*engine)->run(run.stop.get_token(), notTooOften(m_events.settled));
}

base::Result<std::shared_ptr<engine::Engine>> EngineRuns::makeEngine(const EngineSettings& settings)
{
    const auto claude = chosenClaude(settings);
    if (!claude)
        return claude.error();
    const std::lock_guard lock(m_mutex);
    const engine::HandlerTable table = allHandlers(*claude);
    engine::EngineConfig wanted = config(settings, table);
    wanted.leaseClock = std::make_shared<engine::SteadyClock>();
    auto made = std::make_shared<engine::Engine>(
        [threads = m_threads, clock = wanted.leaseClock, reach = reach()] {
            auto store = threads->openStore(*clock);
            if (store)
                (*store)->leases.setPictureReach(reach);
            return store;
        },
        table, wanted);
    made->setOnEvent(m_logger);
    return made;
}

engine::HandlerTable EngineRuns::allHandlers(const Claude& claude) const
{
    handlers::HandlerResources resources;
    resources.vision = claude.vision;
    resources.text = claude.text;
    resources.makeEnrichmentSource = [threads = m_threads] { return enrichmentSource(threads); };
    resources.findVision = [claude =
                                m_claude]() -> base::Result<std::shared_ptr<vision::VisionClient>> {
        auto client = claude->client();
        if (!client)
            return client.error();
        return std::shared_ptr<vision::VisionClient>(std::move(*client));
    };
    // Each worker that reads pictures has a source of its own.
    resources.makeImageSource = [threads = m_threads, may = mayFetch(), hosts = m_pictures.hosts] {
        return makePictureSource(threads, may, hosts);
    };
    resources.makeReportSource = [threads = m_threads] { return reportSource(threads); };
    resources.reportsFolder = reportsFolder(m_threads->url());
    resources.openImports = [threads = m_threads] { return openImportSink(*threads); };
    resources.importFolder = importFolder();
    engine::HandlerTable all = handlers::builtInHandlers(resources);
    if (!claude.text)
        all.erase(domain::kEnrichmentType);
    all.insert(m_handlers.own.begin(), m_handlers.own.end());
    return all;
}

bool EngineRuns::mayFetch() const
{
    return m_pictures.fetch.value_or(m_threads->shape().mode == domain::QueueMode::Own);
}

// Where others work, what cannot be fetched here is left to them.
domain::PictureReach EngineRuns::reach() const
{
    if (!mayFetch())
        return {};
    return m_threads->shape().mode == domain::QueueMode::Own
               ? domain::PictureReach::everything()
               : domain::PictureReach::web(m_pictures.hosts);
}

void EngineRuns::setPictures(const PictureChoices& choices)
{
    const std::lock_guard lock(m_mutex);
    m_pictures = choices;
}

PictureChoices EngineRuns::pictures() const
{
    const std::lock_guard lock(m_mutex);
    return m_pictures;
}

bool EngineRuns::fetchesPictures() const
{
    const std::lock_guard lock(m_mutex);
    return mayFetch();
}

domain::PictureReach EngineRuns::pictureReach() const
{
    const std::lock_guard lock(m_mutex);
    return reach();
}

int EngineRuns::concurrencyOf(const EngineSettings& settings)
{
    const int processors = int(std::thread::hardware_concurrency());
    return settings.concurrency > 0 ? settings.concurrency : std::clamp(processors, 1, 4);
}

engine::EngineConfig EngineRuns::config(const EngineSettings& settings,
                                        const engine::HandlerTable& table) const
{
    engine::EngineConfig config;
    config.concurrency = concurrencyOf(settings);
    for (const auto& [type, factory] : table) {
        if (settings.types.isEmpty())
            config.types += type;
    }
    for (const QString& type : settings.types) { // in the order they were given
        if (table.contains(type))
            config.types += type;
    }
    config.inOrder = settings.inOrder;
    if (settings.othersWork.value_or(othersWorkUnlessSaid()))
        config.quarantine = kQuarantine;
    config.lease.freeOrphansAfter = settings.freeOrphansAfter;
    config.maxJobs = settings.maxJobs;
    config.untilEmpty = settings.untilEmpty;
    config.limits = m_limits;
    config.stopAfterFailures = settings.stopAfterFailures;
    return config;
}

bool EngineRuns::othersWorkUnlessSaid() const
{
    return m_threads->shape().mode != domain::QueueMode::Own;
}

// On the thread of a run, since the folder may be on a slow disk.
void EngineRuns::rereadHandlers()
{
    HandlerTables anew = readHandlerTables(isSampleDatabase(m_threads->url()));
    logProblems(anew.list);
    m_limits->set(anew.limits);
    bool isChanged = false;
    {
        const std::lock_guard lock(m_mutex);
        isChanged = anew.list != m_handlers.list;
        m_handlers = std::move(anew);
    }
    if (isChanged)
        m_events.handlersChanged();
}

void EngineRuns::finish(Run& run)
{
    bool isLast = false;
    {
        const std::lock_guard lock(m_mutex);
        run.isDone = true;
        isLast = areDone();
    }
    if (isLast)
        m_events.idle(); // without the lock, since isIdle() may be called there
}

// Threads that have ended are joined when the next one starts, or at the end.
void EngineRuns::sweep()
{
    for (auto run = m_runs.begin(); run != m_runs.end();) {
        if ((*run)->isDone) {
            (*run)->thread.join();
            run = m_runs.erase(run);
        } else {
            ++run;
        }
    }
}

void EngineRuns::stopAll()
{
    std::list<std::shared_ptr<Run>> ending;
    {
        const std::lock_guard lock(m_mutex);
        m_isClosing = true;
        ending = m_runs;
    }
    for (const auto& run : ending)
        run->stop.request_stop();
}

bool EngineRuns::isIdle() const
{
    const std::lock_guard lock(m_mutex);
    return areDone();
}

bool EngineRuns::areDone() const
{
    return std::all_of(m_runs.begin(), m_runs.end(), [](const auto& run) { return run->isDone; });
}

template <class Do>
void EngineRuns::eachEngine(Do act) const
{
    const std::lock_guard lock(m_mutex);
    for (const auto& run : m_runs) {
        if (run->engine)
            act(*run->engine);
    }
}

void EngineRuns::wakeAll()
{
    eachEngine([](engine::Engine& engine) { engine.wake(); });
}

void EngineRuns::stopJobs(const domain::JobIds& ids)
{
    eachEngine([&ids](engine::Engine& engine) { engine.stopJobs(ids); });
}

int EngineRuns::runningCount() const
{
    int running = 0;
    eachEngine([&running](const engine::Engine& engine) { running += engine.runningCount(); });
    return running;
}

QVector<domain::RunningJob> EngineRuns::runningJobs() const
{
    QVector<domain::RunningJob> jobs;
    eachEngine([&jobs](const engine::Engine& engine) { jobs += engine.runningJobs(); });
    return jobs;
}

QVector<LocalHandler> EngineRuns::handlers() const
{
    const std::lock_guard lock(m_mutex);
    QVector<LocalHandler> list = m_handlers.list;
    for (LocalHandler& handler : list) {
        if (handler.type == domain::kEnrichmentType && handler.file.isEmpty())
            handler.problem = m_textOff;
    }
    return list;
}

void EngineRuns::setLogger(engine::OnEvent logger)
{
    const std::lock_guard lock(m_mutex);
    m_logger = std::move(logger);
}

} // namespace queuedeck::service
