// SPDX-License-Identifier: GPL-3.0-or-later
// The engine on a real database: everything runs once, failures are retried, nothing is lost.
#include "core/engine/engine.h"

#include <QElapsedTimer>
#include <QSet>
#include <QSysInfo>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <thread>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::engine;
using namespace std::chrono_literals;

namespace {
using Body = std::function<TaskResult(const Task&)>;

class BodyHandler final : public Handler
{
public:
    explicit BodyHandler(Body body)
        : m_body(std::move(body))
    {
    }
    TaskResult run(const Task& task) override { return m_body(task); }

private:
    Body m_body;
};

HandlerTable tableOf(const QString& type, const Body& body)
{
    return {{type, [body] { return std::make_unique<BodyHandler>(body); }}};
}

EngineConfig untilEmpty(const QString& type, int concurrency = 2)
{
    EngineConfig config;
    config.concurrency = concurrency;
    config.types = {type};
    config.untilEmpty = true;
    config.poll = 20ms;
    return config;
}

class StepClock final : public base::Clock
{
public:
    QDateTime now() const override { return QDateTime::currentDateTimeUtc().addSecs(seconds); }
    std::atomic<int> seconds = 0;
};
} // namespace

class TestEngine : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<store::JobStore> m_store;

    OpenStore opener() const
    {
        const auto url = db::DatabaseUrl::sqliteFile(m_folder->filePath(u"jobs.db"_s));
        return [url] { return store::JobStore::open(url, db::OpenMode::Create); };
    }

    domain::JobIds enqueue(int count, const QString& type = u"noop"_s)
    {
        auto ids = m_store->additions.enqueue(QVector<domain::NewJob>(count, {type, {}}), {});
        if (!ids)
            qFatal("%s", qPrintable(ids.error().detail));
        return *ids;
    }

    domain::JobDetail job(const domain::JobId& id)
    {
        auto detail = m_store->jobs.job(id);
        if (!detail)
            qFatal("%s", qPrintable(detail.error().detail));
        return *detail;
    }

    domain::TypeCounts counts() { return m_store->jobs.snapshot()->counts; }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        auto opened = opener()();
        QVERIFY2(opened, opened ? "" : qPrintable(opened.error().detail));
        m_store = std::move(*opened);
    }

    void cleanup()
    {
        m_store.reset();
        m_folder.reset();
    }

    void everyJobRunsOnce()
    {
        enqueue(2000);
        std::mutex mutex;
        QHash<QString, int> runs;
        const auto count = [&](const Task& task) {
            const std::lock_guard lock(mutex);
            ++runs[task.id.value];
            return TaskResult::completed();
        };
        // Three engines on one table, no leader.
        std::vector<std::thread> engines;
        std::atomic<int> completed = 0;
        for (int i = 0; i < 3; ++i) {
            engines.emplace_back([&] {
                Engine engine(opener(), tableOf(u"noop"_s, count), untilEmpty(u"noop"_s));
                const auto report = engine.run({});
                completed += report ? report->completed : 0;
            });
        }
        for (std::thread& engine : engines)
            engine.join();
        QCOMPARE(int(completed), 2000);
        QCOMPARE(runs.size(), 2000);
        for (const int times : std::as_const(runs))
            QCOMPARE(times, 1);
        QCOMPARE(counts().completed, 2000);
    }

    // The history counts every attempt once, of all engines, with the time that it took and that
    // its job waited.
    void historyCountsEveryAttemptOnce()
    {
        enqueue(900);
        enqueue(60, u"flaky"_s);
        std::this_thread::sleep_for(30ms);
        const auto work = [](const Task& task) {
            if (task.type == "noop"_L1)
                return TaskResult::completed();
            std::this_thread::sleep_for(2ms);
            return task.attempt == 1 ? TaskResult::failed(u"once"_s)
                                     : TaskResult::unrecoverable(u"twice"_s);
        };
        HandlerTable table = tableOf(u"noop"_s, work);
        table.merge(tableOf(u"flaky"_s, work));
        EngineConfig config = untilEmpty(u"noop"_s, 2);
        config.types += u"flaky"_s;
        config.retry.first = 1ms;
        config.retry.longest = 2ms;
        std::vector<std::thread> engines;
        for (int i = 0; i < 3; ++i)
            engines.emplace_back([&] {
                Engine engine(opener(), table, config);
                QVERIFY(engine.run({}));
            });
        for (std::thread& engine : engines)
            engine.join();
        while (counts().pending > 0) // back-offs
            QVERIFY(Engine(opener(), table, config).run({}));
        QVERIFY(m_store->history.rollUp());
        const auto history = m_store->historyReader.read(domain::HistoryPeriod::Hour);
        QVERIFY(history);
        const domain::HistoryFigures noop = history->byType[u"noop"_s];
        QCOMPARE(noop.completed, 900);
        QCOMPARE(noop.run.count(), 900);
        QCOMPARE(noop.wait.count(), 900);
        QVERIFY(noop.wait.percentile(0) >= 25ms && noop.wait.percentile(1) < 60s);
        const domain::HistoryFigures flaky = history->byType[u"flaky"_s];
        QCOMPARE(flaky.retried, 60);
        QCOMPARE(flaky.failed, 60);
        QCOMPARE(flaky.run.count(), 120);
        QCOMPARE(flaky.wait.count(), 60); // of first attempts only
        QVERIFY(flaky.run.percentile(0) >= 1900us && flaky.run.percentile(1) < 10s);
    }

    // Another program that looks at the database sees how far a job is, within a moment.
    void showsHowFarAJobIs()
    {
        const domain::JobId id = enqueue(1).front();
        std::atomic<bool> mayEnd = false;
        std::atomic<int> reports = 0;
        Engine engine(opener(),
                      tableOf(u"noop"_s,
                              [&](const Task& task) {
                                  for (int i = 0; !mayEnd; ++i) {
                                      task.report(0.4, u"line %1"_s.arg(i));
                                      ++reports;
                                      std::this_thread::sleep_for(1ms);
                                  }
                                  return TaskResult::completed(QJsonObject{{u"lines"_s, 7}});
                              }),
                      untilEmpty(u"noop"_s));
        std::thread run([&] { QVERIFY(engine.run({})); });
        QTRY_VERIFY_WITH_TIMEOUT(!job(id).job.progress.isEmpty(), 10'000);
        const domain::Progress seen = job(id).job.progress;
        QCOMPARE(seen.fraction, std::optional(0.4));
        QVERIFY(seen.text.startsWith("line "_L1));
        QTRY_VERIFY_WITH_TIMEOUT(job(id).job.progress.text != seen.text, 10'000);
        QCOMPARE(engine.runningJobs().front().progress.fraction, std::optional(0.4));
        mayEnd = true;
        run.join();
        QVERIFY(reports > 100);
        QVERIFY(job(id).job.progress.isEmpty());
        QCOMPARE(job(id).result(), QByteArray(R"({"lines":7})"));
    }

    // Two engines of a program share the limits of a type; other types are not held up by them.
    void keepsWithinTheLimitsOfAType()
    {
        enqueue(12, u"limited"_s);
        enqueue(60, u"free"_s);
        std::atomic<int> running = 0, most = 0, limited = 0, others = 0;
        const auto counting = [&](const Task& task) {
            if (task.type == "free"_L1) {
                ++others;
                return TaskResult::completed();
            }
            const int now = ++running;
            most = std::max<int>(most, now);
            ++limited;
            std::this_thread::sleep_for(30ms);
            --running;
            return TaskResult::completed();
        };
        HandlerTable table = tableOf(u"limited"_s, counting);
        table.merge(tableOf(u"free"_s, counting));
        EngineConfig config = untilEmpty(u"limited"_s, 4);
        config.types = {u"free"_s, u"limited"_s};
        config.limits = std::make_shared<TypeLimits>();
        config.limits->set({{u"limited"_s, {2, 0}}});
        std::vector<std::thread> engines;
        for (int i = 0; i < 2; ++i)
            engines.emplace_back([&] {
                Engine engine(opener(), table, config);
                QVERIFY(engine.run({}));
            });
        for (std::thread& engine : engines)
            engine.join();
        QCOMPARE(int(most), 2);
        QCOMPARE(int(limited), 12);
        QCOMPARE(int(others), 60);
        QCOMPARE(counts().completed, 72);
    }

    // Once a type has begun what it may in a minute, a run that ends when nothing can be claimed
    // ends, and the rest stays pending.
    void keepsWithinARate()
    {
        enqueue(10);
        std::atomic<int> runs = 0;
        EngineConfig config = untilEmpty(u"noop"_s);
        config.limits = std::make_shared<TypeLimits>();
        config.limits->set({{u"noop"_s, {0, 7}}});
        const auto count = [&](const Task&) {
            ++runs;
            return TaskResult::completed();
        };
        for (const int expected : {7, 7}) {
            Engine engine(opener(), tableOf(u"noop"_s, count), config);
            QVERIFY(engine.run({}));
            QCOMPARE(int(runs), expected);
        }
        QCOMPARE(counts().pending, 3);
    }

    void countsARateByTheMinute()
    {
        TypeLimits limits;
        limits.set({{u"a"_s, {3, 5}}});
        QVERIFY(limits.has(u"a"_s) && !limits.has(u"b"_s));
        const auto start = TypeLimits::Time::clock::now();
        QCOMPARE(limits.take(u"one"_s, u"a"_s, 0, 10, start), 3);
        QCOMPARE(limits.take(u"two"_s, u"a"_s, 0, 10, start), 0); // all three are running
        limits.giveBack(u"one"_s, u"a"_s, 1);
        QCOMPARE(limits.take(u"two"_s, u"a"_s, 0, 10, start + 1s), 1);
        QCOMPARE(limits.take(u"one"_s, u"a"_s, 0, 10, start + 2s), 2); // its jobs have ended
        limits.leave(u"one"_s);
        limits.leave(u"two"_s);
        QCOMPARE(limits.take(u"one"_s, u"a"_s, 0, 10, start + 59s), 0); // five in this minute
        QCOMPARE(limits.take(u"one"_s, u"a"_s, 0, 10, start + 60s), 2);
        QCOMPARE(limits.take(u"one"_s, u"a"_s, 0, 10, start + 62s), 3);
        limits.set({});
        QVERIFY(!limits.has(u"a"_s));
        QCOMPARE(limits.take(u"one"_s, u"a"_s, 0, 10, start + 62s), 10);
    }

    void aResultThatIsTooLargeSaysSo()
    {
        const domain::JobIds ids = enqueue(2);
        const QByteArray most =
            "{\"a\":\"" + QByteArray(TaskResult::kLargestResult - 8, 'x') + "\"}";
        Engine engine(opener(),
                      tableOf(u"noop"_s,
                              [&](const Task& task) {
                                  TaskResult result = TaskResult::completed();
                                  result.result = task.id == ids[0] ? most : most + ' ';
                                  return result;
                              }),
                      untilEmpty(u"noop"_s));
        QVERIFY(engine.run({}));
        QCOMPARE(job(ids[0]).result(), most);
        QCOMPARE(job(ids[1]).job.status, domain::JobStatus::Completed);
        QCOMPARE(job(ids[1]).result(),
                 QByteArray(
                     R"({"notKept":"The result is larger than the 65536 bytes that are kept."})"));
    }

    void besideAnotherProcessorAJobItTakesIsLeftToIt()
    {
        const domain::JobId taken = enqueue(1).front();
        EngineConfig config = untilEmpty(u"noop"_s);
        config.quarantine = 400ms;
        std::atomic<int> runs = 0;
        Engine engine(opener(),
                      tableOf(u"noop"_s,
                              [&](const Task&) {
                                  ++runs;
                                  return TaskResult::completed();
                              }),
                      config);
        base::Result<EngineReport> report = EngineReport();
        std::thread running([&] { report = engine.run({}); });
        // The other processor read the row while it was pending, and takes it by its id a moment
        // after us.
        QTRY_COMPARE(job(taken).job.rawStatus, u"processing"_s);
        const auto stolen = m_store->connection().run(
            u"UPDATE \"Job\" SET \"attempts\" = \"attempts\" + 1 WHERE \"id\" = :id"_s,
            {{u"id"_s, taken.value}});
        running.join();
        QVERIFY(stolen && report);
        QCOMPARE(int(runs), 0);
        QCOMPARE(report->yielded, 1);
        QCOMPARE(report->released, 0);
        QCOMPARE(job(taken).job.rawStatus, u"processing"_s); // as the other one left it
        QCOMPARE(job(taken).job.attempts, std::optional(2));
        QVERIFY(job(taken).history.isEmpty());
    }

    void besideAnotherProcessorTheOtherJobsRunAfterTheWait()
    {
        enqueue(30);
        EngineConfig config = untilEmpty(u"noop"_s);
        config.quarantine = 50ms;
        Engine engine(opener(),
                      tableOf(u"noop"_s, [](const Task&) { return TaskResult::completed(); }),
                      config);
        const auto report = engine.run({});
        QVERIFY(report);
        QCOMPARE(report->completed, 30);
        QCOMPARE(report->yielded, 0);
    }

    void whatWaitsIsHandedBackWhenStopped()
    {
        const domain::JobId id = enqueue(1).front();
        EngineConfig config = untilEmpty(u"noop"_s);
        config.quarantine = 20s;
        Engine engine(opener(),
                      tableOf(u"noop"_s, [](const Task&) { return TaskResult::completed(); }),
                      config);
        std::stop_source stop;
        base::Result<EngineReport> report = EngineReport();
        std::thread running([&] { report = engine.run(stop.get_token()); });
        QTRY_COMPARE(job(id).job.rawStatus, u"processing"_s);
        stop.request_stop();
        running.join();
        QVERIFY(report);
        QCOMPARE(report->released, 1);
        QCOMPARE(job(id).job.rawStatus, u"pending"_s);
        QCOMPARE(job(id).job.attempts, std::optional(0));
    }

    void byPriorityTheFirstTypeGoesFirst()
    {
        enqueue(3, u"later"_s); // older
        enqueue(3, u"first"_s);
        QStringList order;
        const auto note = [&](const Task& task) {
            order += task.type;
            return TaskResult::completed();
        };
        HandlerTable handlers = tableOf(u"later"_s, note);
        handlers.merge(tableOf(u"first"_s, note));
        EngineConfig config = untilEmpty(u"first"_s, 1);
        config.types = {u"first"_s, u"later"_s};
        config.inOrder = true;
        QVERIFY(Engine(opener(), handlers, config).run({}));
        QCOMPARE(order, (QStringList{u"first"_s, u"first"_s, u"first"_s, u"later"_s, u"later"_s,
                                     u"later"_s}));
    }

    void aFailureIsTriedAgainAndKeepsItsError()
    {
        const domain::JobId id = enqueue(1).front();
        EngineConfig config = untilEmpty(u"noop"_s, 1);
        config.retry.first = 1ms;
        config.retry.longest = 1ms;
        config.untilEmpty = false;
        config.maxJobs = 3;
        std::atomic<int> runs = 0;
        const HandlerTable failing = tableOf(u"noop"_s, [&](const Task& task) {
            ++runs;
            return TaskResult::failed(u"attempt %1 went wrong"_s.arg(task.attempt));
        });
        // A bounded run ends when nothing can be claimed, so the back-off may end it early.
        for (int rounds = 0; runs < 3 && rounds < 50; ++rounds) {
            QVERIFY(Engine(opener(), failing, config).run({}));
            QTest::qSleep(20);
        }
        const domain::JobDetail done = job(id);
        QCOMPARE(done.job.status, domain::JobStatus::Failed);
        QCOMPARE(*done.job.attempts, 3);
        QCOMPARE(done.job.error, u"attempt 3 went wrong"_s);
        QCOMPARE(done.history.size(), 3);
        QCOMPARE(done.history.front().outcome, u"failed"_s);
        QCOMPARE(done.history.back().outcome, u"retried"_s);
    }

    void aBadPayloadFailsThatJobOnly()
    {
        enqueue(1, u"image_extraction"_s); // {} lacks everything that the schema requires
        Engine engine(
            opener(),
            tableOf(u"image_extraction"_s, [](const Task&) { return TaskResult::completed(); }),
            untilEmpty(u"image_extraction"_s));
        const auto report = engine.run({});
        QVERIFY(report);
        QCOMPARE(report->failed, 1);
        QCOMPARE(counts().failed, 1);
    }

    void itHaltsAfterFailuresInARow_data()
    {
        QTest::addColumn<int>("concurrency");
        QTest::addColumn<int>("stopAfter");
        QTest::addColumn<int>("goodEvery"); // the n-th job succeeds; 0: none does
        QTest::addColumn<bool>("halts");
        for (const int concurrency : {1, 2, 4}) {
            for (const int stopAfter : {0, 1, 5, 20})
                QTest::addRow("%d at a time, after %d", concurrency, stopAfter)
                    << concurrency << stopAfter << 0 << (stopAfter > 0);
        }
        QTest::newRow("a good one comes in time") << 1 << 5 << 5 << false;
        QTest::newRow("a good one comes too late") << 1 << 5 << 6 << true;
    }
    void itHaltsAfterFailuresInARow()
    {
        QFETCH(const int, concurrency);
        QFETCH(const int, stopAfter);
        QFETCH(const int, goodEvery);
        QFETCH(const bool, halts);
        enqueue(200);
        EngineConfig config = untilEmpty(u"noop"_s, concurrency);
        config.stopAfterFailures = stopAfter;
        std::atomic<int> runs = 0;
        Engine engine(opener(),
                      tableOf(u"noop"_s,
                              [&](const Task&) {
                                  const int run = ++runs;
                                  QTest::qSleep(1);
                                  return goodEvery > 0 && run % goodEvery == 0
                                             ? TaskResult::completed()
                                             : TaskResult::unrecoverable(u"no good"_s);
                              }),
                      config);
        QStringList log;
        engine.setOnEvent([&log](const QString& line) { log += line; });
        const auto report = engine.run({});
        QVERIFY(report);
        QCOMPARE(report->halt.has_value(), halts);
        QCOMPARE(counts().processing, 0); // claimed jobs are handed back
        if (!halts) {
            QCOMPARE(int(runs), 200);
            return;
        }
        QCOMPARE(report->halt->failures, stopAfter);
        QCOMPARE(report->halt->error, u"no good"_s);
        QVERIFY2(runs < stopAfter + concurrency, qPrintable(QString::number(runs)));
        QCOMPARE(counts().failed, report->failed);
        QCOMPARE(counts().pending, 200 - runs);
        QCOMPARE(log.filter(u"attempts failed in a row, the last one of noop: no good"_s).size(),
                 1);
    }

    void whatIsHandedBackIsNoFailure()
    {
        enqueue(20);
        EngineConfig config = untilEmpty(u"noop"_s, 1);
        config.stopAfterFailures = 3;
        Engine engine(opener(),
                      tableOf(u"noop"_s, [](const Task&) { return TaskResult::postponed({}); }),
                      config);
        const auto report = engine.run({});
        QVERIFY(report);
        QVERIFY(!report->halt);
        QCOMPARE(report->released, 20);
    }

    void otherTypesAreLeftAlone()
    {
        enqueue(3, u"shop_export"_s);
        Engine engine(opener(),
                      tableOf(u"noop"_s, [](const Task&) { return TaskResult::completed(); }),
                      untilEmpty(u"noop"_s));
        QVERIFY(engine.run({}));
        QCOMPARE(counts().pending, 3);
    }

    void maxJobsIsNotPassed()
    {
        enqueue(50);
        EngineConfig config = untilEmpty(u"noop"_s, 4);
        config.maxJobs = 10;
        Engine engine(opener(),
                      tableOf(u"noop"_s, [](const Task&) { return TaskResult::completed(); }),
                      config);
        QCOMPARE(engine.run({})->completed, 10);
        QCOMPARE(counts().pending, 40);
    }

    void stoppingHandsBackWhatWasNotBegunAndLeavesNothingRunning()
    {
        enqueue(300);
        std::stop_source stop;
        std::atomic<int> begun = 0;
        EngineConfig config = untilEmpty(u"noop"_s, 1);
        Engine engine(opener(),
                      tableOf(u"noop"_s,
                              [&](const Task&) {
                                  if (++begun == 20)
                                      stop.request_stop();
                                  QTest::qSleep(1);
                                  return TaskResult::completed();
                              }),
                      config);
        const auto report = engine.run(stop.get_token());
        QVERIFY(report);
        const domain::TypeCounts now = counts();
        QCOMPARE(now.processing, 0);
        QCOMPARE(now.completed + now.pending, 300);
        QVERIFY(now.completed < 300);
        // The jobs that were handed back have lost no attempt.
        const auto filter = domain::JobFilter::parse(u"status:pending attempts>0"_s);
        QVERIFY(filter);
        QCOMPARE(m_store->jobs.count(*filter, 1000)->count, 0);
    }

    void aCancelledJobStopsAndItsResultIsRefused()
    {
        const domain::JobId id = enqueue(1).front();
        std::atomic<bool> isRunning = false;
        Engine engine(opener(),
                      tableOf(u"noop"_s,
                              [&](const Task& task) {
                                  isRunning = true;
                                  while (!task.stop.stop_requested())
                                      QTest::qSleep(1);
                                  return TaskResult::completed();
                              }),
                      untilEmpty(u"noop"_s, 1));
        std::optional<base::Result<EngineReport>> report;
        std::thread thread([&] { report = engine.run({}); });
        QTRY_VERIFY(isRunning);
        const auto outcome = m_store->changes.change(domain::JobAction::Cancel, {id},
                                                     {u"cancel"_s, u""_s, {u"ada"_s, u"here"_s}});
        engine.stopJobs({id});
        thread.join();
        QVERIFY(outcome);
        QCOMPARE(outcome->changed, 1);
        QCOMPARE((*report)->overtaken, 1);
        QCOMPARE(job(id).job.status, domain::JobStatus::Failed);
        QCOMPARE(job(id).job.error, u"Cancelled by ada"_s);
    }

    void anExpiredLeaseIsRescuedAndItsLateResultRefused()
    {
        const domain::JobId id = enqueue(1).front();
        auto claim = m_store->leases.claim(u"dead-engine"_s, {u"noop"_s}, 1, 30ms);
        QVERIFY(claim);
        QCOMPARE(claim->jobs.size(), 1);
        QTest::qSleep(60);
        QCOMPARE(m_store->leases.rescue()->size(), 1);
        QCOMPARE(job(id).job.status, domain::JobStatus::Pending);
        QCOMPARE(job(id).job.error, u"worker lost (engine dead-engine)"_s);
        store::Settlement late;
        late.id = id;
        late.version = claim->jobs[0].version;
        late.address = claim->jobs[0].address;
        late.outcome = u"completed"_s;
        QVERIFY(m_store->leases.settle({claim->token, {late}})->accepted.isEmpty());
        QCOMPARE(job(id).job.status, domain::JobStatus::Pending);
    }

    // A clock step makes leases look expired that are not: nothing may free their jobs, neither the
    // engine that runs them, nor another one, nor one that starts at that moment.
    void aStepOfTheClockFreesNoRunningJob_data()
    {
        QTest::addColumn<int>("step");
        QTest::newRow("forward") << 120;
        QTest::newRow("a day") << 86'400;
        QTest::newRow("back") << -120;
    }
    void aStepOfTheClockFreesNoRunningJob()
    {
        QFETCH(int, step);
        StepClock clock;
        const auto url = db::DatabaseUrl::sqliteFile(m_folder->filePath(u"jobs.db"_s));
        enqueue(2);
        std::atomic<int> runs = 0;
        const auto slow = tableOf(u"noop"_s, [&runs](const Task& task) {
            ++runs;
            for (int i = 0; i < 25 && !task.stop.stop_requested(); ++i)
                std::this_thread::sleep_for(100ms);
            return task.stop.stop_requested() ? TaskResult::postponed(u"lost"_s)
                                              : TaskResult::completed();
        });
        EngineConfig config = untilEmpty(u"noop"_s, 1);
        config.lease = {3s, 500ms, 200ms};
        std::vector<std::thread> engines;
        std::atomic<int> completed = 0;
        std::atomic<int> others = 0; // results of any other kind
        const auto begin = [&] {
            engines.emplace_back([&] {
                // Each in a process of its own.
                const auto leaseClock = std::make_shared<SteadyClock>(clock);
                EngineConfig own = config;
                own.leaseClock = leaseClock;
                const OpenStore openStore = [url, leaseClock] {
                    return store::JobStore::open(url, db::OpenMode::ReadWrite, *leaseClock);
                };
                Engine engine(openStore, slow, own, clock);
                const auto report = engine.run({});
                completed += report ? report->completed : 0;
                others += report ? report->released + report->overtaken + report->unsettled : 100;
            });
        };
        begin();
        begin();
        QTRY_COMPARE(int(runs), 2);
        clock.seconds = step;
        begin();
        for (std::thread& engine : engines)
            engine.join();
        QCOMPARE(int(completed), 2);
        QCOMPARE(int(others), 0);
        QCOMPARE(int(runs), 2);
    }

    // Including jobs claimed while the previous leases are being carried over to the new time.
    void stepsWhileJobsAreClaimed()
    {
        constexpr int kJobs = 1000;
        StepClock clock;
        const auto url = db::DatabaseUrl::sqliteFile(m_folder->filePath(u"jobs.db"_s));
        enqueue(kJobs);
        std::atomic<int> runs = 0;
        const auto quick = tableOf(u"noop"_s, [&runs](const Task&) {
            ++runs;
            std::this_thread::sleep_for(10ms);
            return TaskResult::completed();
        });
        std::atomic<int> completed = 0;
        std::atomic<int> others = 0;
        std::vector<std::thread> engines;
        for (int i = 0; i < 2; ++i) {
            engines.emplace_back([&] {
                const auto leaseClock = std::make_shared<SteadyClock>(clock);
                EngineConfig config = untilEmpty(u"noop"_s, 1);
                config.lease = {20s, 1s, 50ms}; // shorter than a step, safe on a busy machine
                config.maxBatch = 5;
                config.leaseClock = leaseClock;
                Engine engine(
                    [url, leaseClock] {
                        return store::JobStore::open(url, db::OpenMode::ReadWrite, *leaseClock);
                    },
                    quick, config, clock);
                const auto report = engine.run({});
                completed += report ? report->completed : 0;
                others += report ? report->released + report->overtaken + report->unsettled : 100;
            });
        }
        while (completed + others == 0 && runs < kJobs) {
            clock.seconds = clock.seconds == 0 ? 120 : 0;
            std::this_thread::sleep_for(1050ms); // each is noticed before the next one
        }
        for (std::thread& engine : engines)
            engine.join();
        QCOMPARE(int(completed), kJobs);
        QCOMPARE(int(others), 0);
        QCOMPARE(int(runs), kJobs);
    }

    // A run that ends when the queue is empty waits until dead engines' leases have been checked.
    void aShortRunFreesWhatTheDeadHeld_data()
    {
        QTest::addColumn<QString>("engine");
        QTest::addColumn<int>("atLeast"); // ms
        QTest::newRow("a process that is gone")
            << u"%1/4194303/0"_s.arg(QSysInfo::machineHostName()) << 0;
        QTest::newRow("one of another computer") << u"elsewhere/1/0"_s << 1000;
        QTest::newRow("one that may live")
            << u"%1/%2/0"_s.arg(QSysInfo::machineHostName()).arg(::getpid()) << 1000;
    }
    void aShortRunFreesWhatTheDeadHeld()
    {
        QFETCH(QString, engine);
        QFETCH(int, atLeast);
        const auto url = db::DatabaseUrl::sqliteFile(m_folder->filePath(u"jobs.db"_s));
        enqueue(1);
        QCOMPARE(m_store->leases.claim(engine, {u"noop"_s}, 1, 30ms)->jobs.size(), 1);
        QTest::qSleep(60);
        EngineConfig config = untilEmpty(u"noop"_s, 1);
        config.lease = {3s, 500ms, 200ms};
        config.poll = 10s; // it is notified, and does not find out by polling
        QElapsedTimer timer;
        timer.start();
        Engine running([url] { return store::JobStore::open(url, db::OpenMode::ReadWrite); },
                       tableOf(u"noop"_s, [](const Task&) { return TaskResult::completed(); }),
                       config);
        const auto report = running.run({});
        QVERIFY(report);
        QCOMPARE(report->completed, 1);
        QVERIFY(timer.elapsed() >= atLeast);
        QVERIFY2(timer.elapsed() < atLeast + 4000, qPrintable(QString::number(timer.elapsed())));
    }

    void runNextComesBeforeOlderJobs()
    {
        const domain::JobIds ids = enqueue(20);
        QVERIFY(m_store->changes.change(domain::JobAction::RunNext, {ids[15]},
                                        {u"run-next"_s, u""_s, {}}));
        const auto claim = m_store->leases.claim(u"e"_s, {u"noop"_s}, 2, 30s);
        QCOMPARE(claim->jobs[0].id, ids[15]);
        QCOMPARE(claim->jobs[1].id, ids[0]);
    }
};

QTEST_GUILESS_MAIN(TestEngine)
#include "tst_engine.moc"
