// SPDX-License-Identifier: GPL-3.0-or-later
// The history on every kind of database: what was noted is there once, whoever rolls up, and what
// is read equals a second computation from the single attempts.
#include "tests/core/store/storefixture.h"
#include "tests/support/failingexecutor.h"

#include <QRandomGenerator>
#include <QTest>

#include <atomic>
#include <cmath>
#include <latch>
#include <numeric>
#include <thread>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::test;
using domain::HistoryBatch;
using domain::HistoryFigures;
using domain::HistoryPeriod;
using domain::HistoryStep;
using std::chrono::microseconds;

namespace {
constexpr qint64 kMinute = 60'000;

class HandClock final : public base::Clock
{
public:
    QDateTime now() const override { return QDateTime::fromMSecsSinceEpoch(m_now, Qt::UTC); }
    void set(const QDateTime& now) { m_now = now.toMSecsSinceEpoch(); }
    qint64 ms() const { return m_now; }

private:
    std::atomic<qint64> m_now = 0;
};

struct Attempt
{
    qint64 endedAt;
    QString type;
    bool isFailed;
    microseconds wait;
    microseconds run;
};

HistoryBatch batchOf(const QString& engine, qint64 number, const std::vector<Attempt>& attempts)
{
    std::map<std::pair<qint64, QString>, HistoryFigures> figures;
    for (const Attempt& attempt : attempts) {
        HistoryFigures& some =
            figures[{domain::beginOf(HistoryStep::Minute, attempt.endedAt), attempt.type}];
        ++(attempt.isFailed ? some.failed : some.completed);
        some.wait.add(attempt.wait);
        some.run.add(attempt.run);
    }
    HistoryBatch batch{engine, number, {}};
    for (const auto& [place, some] : figures)
        batch.parts.push_back({place.first, place.second, some});
    return batch;
}

std::vector<Attempt> attempts(quint32 seed, qint64 from, qint64 to, int count)
{
    QRandomGenerator random(seed);
    const QStringList types{u"image_extraction"_s, u"bulk_import"_s, u"it's \"odd\", ü:1"_s};
    std::vector<Attempt> all;
    for (int i = 0; i < count; ++i)
        all.push_back({from + qint64(random.generateDouble() * double(to - from)),
                       types[random.bounded(3)], random.bounded(10) == 0,
                       microseconds(random.bounded(1, 2'000'000'000)),
                       microseconds(random.bounded(1, 60'000'000))});
    return all;
}
} // namespace

class TestHistoryStore : public QObject
{
    Q_OBJECT

    StoreFixture m_fixture;
    HandClock m_clock;

    std::unique_ptr<store::JobStore> open(const db::DatabaseUrl& url)
    {
        return value(store::JobStore::open(url, db::OpenMode::ReadWrite, m_clock));
    }
    static void note(store::JobStore& store, const HistoryBatch& batch)
    {
        const base::Status noted = store.history.note(batch);
        QVERIFY2(noted, qPrintable(noted ? QString() : QString(noted.error().detail)));
    }
    static void rollUp(store::JobStore& store)
    {
        const base::Status done = store.history.rollUp();
        QVERIFY2(done, qPrintable(done ? QString() : QString(done.error().detail)));
    }
    static qint64 rows(store::JobStore& store, const QString& table)
    {
        return StoreFixture::sql(store, u"SELECT COUNT(*) FROM {own}"_s + table)[0].integer(0);
    }
    void compare(store::JobStore& store, HistoryPeriod period, const std::vector<Attempt>& all,
                 const QString& type = {});

private Q_SLOTS:
    void initTestCase()
    {
        const QString problem = m_fixture.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }
    void init() { m_clock.set(QDateTime(QDate(2026, 10, 25), QTime(1, 30, 20), Qt::UTC)); }

    void equalsTheSingleAttempts_data() { kinds(5); }
    void equalsTheSingleAttempts();
    void isNotedOnce_data() { kinds(); }
    void isNotedOnce();
    void twoRollUpAtOnce_data() { kinds(); }
    void twoRollUpAtOnce();
    void aRollUpThatIsCutCountsNothing_data() { kinds(); }
    void aRollUpThatIsCutCountsNothing();
    void seesTheQueue_data() { kinds(5); }
    void seesTheQueue();
    void whoeverEndsRollsUpIfNobodyDid_data() { kinds(); }
    void whoeverEndsRollsUpIfNobodyDid();
    void typesAreBounded_data() { kinds(); }
    void typesAreBounded();
    void oldRowsGo_data() { kinds(); }
    void oldRowsGo();
    void aClockThatJumpsCostsLittle_data() { kinds(); }
    void aClockThatJumpsCostsLittle();
    void claimsKnowWhenJobsWereCreated_data() { kinds(5); }
    void claimsKnowWhenJobsWereCreated();
    void aGuestHasNone();

private:
    static void kinds(int most = 2)
    {
        QTest::addColumn<StoreKind>("kind");
        QTest::newRow("SQLite") << StoreKind::Sqlite;
        QTest::newRow("PostgreSQL") << StoreKind::Postgres;
        if (most <= 2)
            return;
        QTest::newRow("PgBouncer") << StoreKind::Pooled;
        QTest::newRow("deployed") << StoreKind::Deployed;
        QTest::newRow("text ids") << StoreKind::TextIds;
    }
};

// Sorts and counts, where the store merges.
void TestHistoryStore::compare(store::JobStore& store, HistoryPeriod period,
                               const std::vector<Attempt>& all, const QString& type)
{
    const domain::History history = value(store.historyReader.read(period, type));
    const domain::HistorySpan span = domain::spanOf(period, m_clock.now());
    const qint64 length = std::chrono::milliseconds(domain::lengthOf(span.step)).count();
    QCOMPARE(history.buckets.size(), span.steps);
    QVector<qint64> completed(span.steps), failed(span.steps);
    std::map<QString, std::vector<qint64>> runs;
    for (const Attempt& attempt : all) {
        const qint64 place = (attempt.endedAt - span.from) / length;
        if (attempt.endedAt < span.from || place >= span.steps)
            continue;
        runs[attempt.type].push_back(attempt.run.count());
        if (type.isEmpty() || attempt.type == type)
            ++(attempt.isFailed ? failed : completed)[place];
    }
    for (int i = 0; i < span.steps; ++i) {
        QCOMPARE(history.buckets[i].figures.completed, completed[i]);
        QCOMPARE(history.buckets[i].figures.failed, failed[i]);
        QCOMPARE(history.buckets[i].from.toMSecsSinceEpoch(), span.from + i * length);
        QCOMPARE(history.buckets[i].isOpen, i == span.steps - 1);
    }
    QCOMPARE(history.all.completed, std::accumulate(completed.begin(), completed.end(), qint64(0)));
    QCOMPARE(history.all.failed, std::accumulate(failed.begin(), failed.end(), qint64(0)));
    QCOMPARE(size_t(history.byType.size()), runs.size());
    for (auto& [name, times] : runs) {
        std::sort(times.begin(), times.end());
        for (const double part : {0.5, 0.95, 0.99}) {
            const double truth = double(times[size_t(std::ceil(part * double(times.size()))) - 1]);
            const double said = double(history.byType[name].run.percentile(part)->count());
            QVERIFY(std::abs(said - truth) <= 0.02 * truth + 1);
        }
    }
}

void TestHistoryStore::equalsTheSingleAttempts()
{
    QFETCH(StoreKind, kind);
    const auto store = open(m_fixture.freshDatabase(kind));
    const qint64 now = m_clock.ms();
    std::vector<Attempt> all;
    const auto add = [&](const QString& engine, qint64 number, qint64 from, qint64 to, int count) {
        const auto some = attempts(quint32(number * 7 + engine.size()), from, to, count);
        all.insert(all.end(), some.begin(), some.end());
        note(*store, batchOf(engine, number, some));
    };
    // Across midnight and the night when clocks are set back, by two engines.
    add(u"one"_s, 1, now - 100 * 60 * kMinute, now - 2 * kMinute, 300);
    add(u"two"_s, 1, now - 90 * kMinute, now, 200);
    rollUp(*store);
    add(u"one"_s, 2, now - 26 * kMinute, now, 100); // late, into minutes that are rolled up
    rollUp(*store);
    add(u"two"_s, 2, now - 3 * kMinute, now, 50); // not rolled up yet
    for (const HistoryPeriod period :
         {HistoryPeriod::QuarterHour, HistoryPeriod::Hour, HistoryPeriod::Day, HistoryPeriod::Week,
          HistoryPeriod::Quarter})
        compare(*store, period, all);
    compare(*store, HistoryPeriod::Day, all, u"bulk_import"_s);
    const auto totals = value(store->historyReader.totals());
    qint64 counted = 0;
    for (const HistoryFigures& figures : totals)
        counted += figures.finished();
    QCOMPARE(counted, qint64(all.size()));
}

void TestHistoryStore::isNotedOnce()
{
    QFETCH(StoreKind, kind);
    const auto store = open(m_fixture.freshDatabase(kind));
    const auto all = attempts(5, m_clock.ms() - kMinute, m_clock.ms(), 40);
    const HistoryBatch batch = batchOf(u"one"_s, 3, all);
    note(*store, batch);
    note(*store, batch); // sent again, as nobody knew whether it had arrived
    rollUp(*store);
    note(*store, batch);
    rollUp(*store);
    compare(*store, HistoryPeriod::Hour, all);
    note(*store, batchOf(u"one"_s, 4, {})); // nothing
    QCOMPARE(rows(*store, u"history_part"_s), 0);
}

void TestHistoryStore::twoRollUpAtOnce()
{
    QFETCH(StoreKind, kind);
    const db::DatabaseUrl url = m_fixture.freshDatabase(kind);
    const auto store = open(url);
    constexpr int kEngines = 4;
    constexpr int kRounds = 8;
    std::vector<Attempt> all;
    std::vector<std::vector<HistoryBatch>> batches(kEngines);
    for (int engine = 0; engine < kEngines; ++engine) {
        for (int i = 1; i <= kRounds; ++i) {
            const auto some =
                attempts(quint32(engine * 100 + i), m_clock.ms() - 10 * kMinute, m_clock.ms(), 20);
            all.insert(all.end(), some.begin(), some.end());
            batches[size_t(engine)].push_back(batchOf(QString::number(engine), i, some));
        }
    }
    std::latch start(kEngines);
    std::atomic<int> failures = 0;
    std::vector<std::thread> engines;
    for (int engine = 0; engine < kEngines; ++engine) {
        engines.emplace_back([&, engine] {
            const auto own = open(url);
            start.arrive_and_wait();
            for (const HistoryBatch& batch : batches[size_t(engine)]) {
                if (!own->history.note(batch) || !own->history.rollUp())
                    ++failures;
            }
        });
    }
    for (std::thread& engine : engines)
        engine.join();
    QCOMPARE(failures.load(), 0);
    compare(*store, HistoryPeriod::Hour, all); // some may not be rolled up yet
    rollUp(*store);
    compare(*store, HistoryPeriod::Hour, all);
    QCOMPARE(rows(*store, u"history_part"_s), 0);
}

// Whatever statement it dies at.
void TestHistoryStore::aRollUpThatIsCutCountsNothing()
{
    QFETCH(StoreKind, kind);
    const db::DatabaseUrl url = m_fixture.freshDatabase(kind);
    const auto store = open(url);
    const auto all = attempts(9, m_clock.ms() - 5 * kMinute, m_clock.ms(), 60);
    note(*store, batchOf(u"one"_s, 1, all));
    bool isCut = true;
    int call = 1;
    for (; isCut && call < 500; ++call) {
        const auto dying = open(url);
        FailingExecutor::before(dying->connection()).failAtCall(call);
        isCut = !dying->history.rollUp();
        if (isCut)
            QCOMPARE(rows(*store, u"history"_s), 0);
        compare(*store, HistoryPeriod::Hour, all);
    }
    QVERIFY(call > 10 && call < 500);
}

void TestHistoryStore::seesTheQueue()
{
    QFETCH(StoreKind, kind);
    m_clock.set(QDateTime::currentDateTimeUtc().addSecs(600));
    const auto store = open(m_fixture.freshDatabase(kind));
    StoreFixture::add(*store, 12); // now, ten minutes before the clock
    rollUp(*store);
    const domain::History hour = value(store->historyReader.read(HistoryPeriod::Hour));
    QVERIFY(hour.begunAt.isValid());
    const auto oldest = hour.buckets.last().oldestPending;
    QVERIFY(oldest && oldest->count() >= 670 && oldest->count() <= 700);
    QCOMPARE(hour.buckets.last().running, 0);
    QVERIFY(!hour.buckets.last().enqueued); // it is not over
    qint64 came = 0;
    for (const domain::HistoryBucket& bucket : hour.buckets)
        came += bucket.enqueued.value_or(0);
    QCOMPARE(came, 12);
    QVERIFY(hour.comePerMinute && *hour.comePerMinute >= 0);
    rollUp(*store); // counts nothing twice
    const domain::History day = value(store->historyReader.read(HistoryPeriod::Day));
    came = 0;
    for (const domain::HistoryBucket& bucket : day.buckets)
        came += bucket.enqueued.value_or(0);
    QCOMPARE(came, 12);
}

void TestHistoryStore::whoeverEndsRollsUpIfNobodyDid()
{
    QFETCH(StoreKind, kind);
    m_clock.set(QDateTime::currentDateTimeUtc());
    const auto store = open(m_fixture.freshDatabase(kind));
    const auto all = attempts(6, m_clock.ms() - kMinute, m_clock.ms(), 30);
    note(*store, batchOf(u"one"_s, 1, all));
    QVERIFY(store->history.rollUpIfDue());
    QVERIFY(rows(*store, u"history_part"_s) > 0); // it was made just now
    m_clock.set(m_clock.now().addSecs(300));
    QVERIFY(store->history.rollUpIfDue());
    QCOMPARE(rows(*store, u"history_part"_s), 0);
    note(*store, batchOf(u"one"_s, 2, all));
    QVERIFY(store->history.rollUpIfDue());
    QVERIFY(rows(*store, u"history_part"_s) > 0);
}

void TestHistoryStore::typesAreBounded()
{
    QFETCH(StoreKind, kind);
    const auto store = open(m_fixture.freshDatabase(kind));
    constexpr int kTypes = 2000;
    std::vector<Attempt> all;
    for (int i = 0; i < kTypes; ++i)
        all.push_back({m_clock.ms(), u"type %1"_s.arg(i), false, microseconds(1), microseconds(1)});
    note(*store, batchOf(u"one"_s, 1, all));
    rollUp(*store);
    QVERIFY(rows(*store, u"history"_s) <= 4 * (domain::kMostHistoryTypes + 1));
    const domain::History hour = value(store->historyReader.read(HistoryPeriod::Hour));
    QCOMPARE(hour.all.completed, kTypes);
    QVERIFY(hour.byType.contains(domain::kOtherTypes));
    QCOMPARE(value(store->historyReader.totals())[domain::kOtherTypes].completed,
             kTypes - domain::kMostHistoryTypes);
}

void TestHistoryStore::oldRowsGo()
{
    QFETCH(StoreKind, kind);
    const auto store = open(m_fixture.freshDatabase(kind));
    const auto all = attempts(2, m_clock.ms() - 30 * kMinute, m_clock.ms(), 200);
    note(*store, batchOf(u"one"_s, 1, all));
    rollUp(*store);
    m_clock.set(m_clock.now().addDays(2));
    for (int i = 0; i < 20; ++i)
        rollUp(*store);
    const auto of = [&](HistoryStep step) {
        return StoreFixture::sql(
                   *store, u"SELECT COUNT(*) FROM {own}history WHERE step = %1"_s.arg(int(step)))[0]
            .integer(0);
    };
    QCOMPARE(of(HistoryStep::Minute), 0);
    QVERIFY(of(HistoryStep::Hour) > 0);
    compare(*store, HistoryPeriod::Week, all);
    m_clock.set(m_clock.now().addDays(100));
    for (int i = 0; i < 20; ++i)
        rollUp(*store);
    QCOMPARE(of(HistoryStep::Hour), 0);
    QCOMPARE(of(HistoryStep::Day), 0);
    QVERIFY(of(HistoryStep::Total) > 0); // counters never fall
}

void TestHistoryStore::aClockThatJumpsCostsLittle()
{
    QFETCH(StoreKind, kind);
    const auto store = open(m_fixture.freshDatabase(kind));
    const QDateTime now = m_clock.now();
    std::vector<Attempt> all;
    for (int i = 0; i < 59; ++i)
        all.push_back(
            {m_clock.ms() - i * kMinute, u"a"_s, false, microseconds(1), microseconds(1)});
    note(*store, batchOf(u"one"_s, 1, all));
    rollUp(*store);
    m_clock.set(now.addYears(1));
    rollUp(*store);
    m_clock.set(now.addYears(-1));
    rollUp(*store);
    m_clock.set(now);
    rollUp(*store);
    const domain::History hour = value(store->historyReader.read(HistoryPeriod::Hour));
    QCOMPARE(hour.all.completed, 49); // ten minutes were taken for old
    QCOMPARE(value(store->historyReader.totals())[u"a"_s].completed, 59);
    for (const domain::HistoryBucket& bucket : hour.buckets) {
        QVERIFY(bucket.figures.completed >= 0);
        QVERIFY(!bucket.oldestPending || bucket.oldestPending->count() >= 0);
    }
}

void TestHistoryStore::claimsKnowWhenJobsWereCreated()
{
    QFETCH(StoreKind, kind);
    m_clock.set(QDateTime::currentDateTimeUtc());
    const auto store = open(m_fixture.freshDatabase(kind));
    StoreFixture::add(*store, 3);
    const auto claim =
        value(store->leases.claim(u"me"_s, {u"report_generation"_s}, 10, std::chrono::seconds(30)));
    QCOMPARE(claim.jobs.size(), 3);
    for (const store::ClaimedJob& job : claim.jobs)
        QCOMPARE(job.createdAt, StoreFixture::job(*store, job.id).createdAt.toMSecsSinceEpoch());
}

void TestHistoryStore::aGuestHasNone()
{
    const db::DatabaseUrl url = m_fixture.freshDatabase(StoreKind::Deployed);
    const QString problem = StoreFixture::psql(url, u"DROP SCHEMA queuedeck CASCADE"_s);
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    const auto store = open(url);
    QVERIFY(store->shape().isGuest());
    note(*store, batchOf(u"one"_s, 1, attempts(1, m_clock.ms(), m_clock.ms() + 1, 3)));
    rollUp(*store);
    const auto history = store->historyReader.read(HistoryPeriod::Hour);
    QVERIFY(!history);
    QCOMPARE(history.error().kind, base::ErrorKind::Unsupported);
}

QTEST_GUILESS_MAIN(TestHistoryStore)
#include "tst_historystore.moc"
