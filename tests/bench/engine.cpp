// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/engine.h"

#include "core/engine/engine.h"
#include "tests/bench/floor.h"
#include "tests/support/pgcluster.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>

#include <sys/resource.h>
#include <thread>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace queuedeck::bench {

namespace {
constexpr int kBatch = 1000;
const QString kType = u"noop"_s;

template <class T>
T value(base::Result<T> result)
{
    if (!result)
        qFatal("bench: %s", qPrintable(result.error().detail));
    return std::move(*result);
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

double percentile(std::vector<double> values, double share)
{
    std::sort(values.begin(), values.end());
    return values[size_t(double(values.size() - 1) * share)];
}

double rounded(double value)
{
    return value >= 100 ? std::round(value) : std::round(value * 100) / 100;
}

// CPU time in seconds, of this process and of a server's processes.
double ownCpu()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return double(time.tv_sec) + double(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double cpuOf(qint64 pid, bool withChildren)
{
    QFile stat(u"/proc/%1/stat"_s.arg(pid));
    if (!stat.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> fields = stat.readAll().split(')').last().trimmed().split(' ');
    double ticks = 0;
    for (int field = 11; field <= 14; ++field) // its own, and that of reaped children
        ticks += fields.value(field).toDouble();
    double sum = ticks / double(sysconf(_SC_CLK_TCK));
    QFile children(u"/proc/%1/task/%1/children"_s.arg(pid));
    if (withChildren && children.open(QIODevice::ReadOnly)) {
        const QList<QByteArray> pids = children.readAll().trimmed().split(' ');
        for (const QByteArray& child : pids)
            sum += cpuOf(child.toLongLong(), false);
    }
    return sum;
}

class NoOp final : public engine::Handler
{
public:
    engine::TaskResult run(const engine::Task&) override { return engine::TaskResult::completed(); }
};

engine::HandlerTable noOps()
{
    return {{kType, [] { return std::make_unique<NoOp>(); }}};
}

struct Drained
{
    double perSecond = 0;
    double clientMicros = 0; ///< CPU time per job
    double serverMicros = 0;
};

/// A private server with a database of each kind.
class Testbed
{
public:
    Testbed()
    {
        if (!m_cluster.start())
            qFatal("bench: %s", qPrintable(m_cluster.error()));
        // Autovacuum would be counted as ours.
        sql(m_cluster.url(u"postgres"_s), u"ALTER SYSTEM SET autovacuum = off"_s);
        sql(m_cluster.url(u"postgres"_s), u"SELECT pg_reload_conf()"_s);
        m_own = m_cluster.freshDatabase();
        initialise(m_own);
        m_beside = m_cluster.freshDatabase();
        initialise(m_beside);
        sql(m_beside, u"COMMENT ON TABLE \"Job\" IS NULL"_s);
        m_guest = m_cluster.freshDatabase();
        initialise(m_guest);
        sql(m_guest, u"DROP SCHEMA queuedeck CASCADE"_s);
        m_server = sql(m_own, u"SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)"_s)[0]
                       .text(0)
                       .toLongLong();
    }

    const db::DatabaseUrl& own() const { return m_own; }
    const db::DatabaseUrl& beside() const { return m_beside; }
    const db::DatabaseUrl& guest() const { return m_guest; }
    double serverCpu() const { return cpuOf(m_server, true); }

    static void initialise(const db::DatabaseUrl& url)
    {
        if (const base::Status made = store::JobStore::initialise(url); !made)
            qFatal("bench: %s", qPrintable(made.error().detail));
    }

    static db::Rows sql(const db::DatabaseUrl& url, const QString& text)
    {
        auto connection = value(db::Connection::open(url, db::OpenMode::ReadWrite));
        connection->setDeadline(5min);
        return value(connection->run(text));
    }

    /// `jobs` pending rows a millisecond apart, nothing else in the table, disk and statistics
    /// settled.
    static void fill(const db::DatabaseUrl& url, qint64 jobs, bool sameMoment = false)
    {
        sql(url, u"TRUNCATE \"Job\""_s);
        sql(url, u"DO $$ BEGIN IF to_regclass('queuedeck.attempt') IS NOT NULL THEN TRUNCATE "
                 "queuedeck.attempt, queuedeck.lease, queuedeck.retry; END IF; END $$"_s);
        floor_::copyPostgres(url, jobs, 10'000);
        if (!sameMoment)
            sql(url, u"UPDATE \"Job\" SET \"createdAt\" = timestamp '2026-01-01' + n * interval "
                     "'1 ms' FROM (SELECT id AS i, row_number() OVER (ORDER BY id) AS n FROM "
                     "\"Job\") x WHERE id = i"_s);
        sql(url, u"VACUUM (FULL, ANALYZE) \"Job\""_s);
        sql(url, u"CHECKPOINT"_s);
    }

private:
    test::PgCluster m_cluster{test::PgCluster::Disk::Durable};
    db::DatabaseUrl m_own;
    db::DatabaseUrl m_beside;
    db::DatabaseUrl m_guest;
    qint64 m_server = 0;
};

engine::OpenStore opener(const db::DatabaseUrl& url)
{
    return [url] { return store::JobStore::open(url, db::OpenMode::ReadWrite); };
}

// Drains one table with this many engines.
int drainWithEngines(const db::DatabaseUrl& url, int engines, int batch,
                     std::chrono::milliseconds quarantine)
{
    std::atomic<int> completed = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < engines; ++i) {
        threads.emplace_back([&] {
            engine::EngineConfig config;
            config.concurrency = 1;
            config.types = {kType};
            config.untilEmpty = true;
            config.maxBatch = batch;
            config.quarantine = quarantine;
            completed += value(engine::Engine(opener(url), noOps(), config).run({})).completed;
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    return completed;
}

template <class Drain>
Drained measure(const Testbed& testbed, int jobs, Drain drain)
{
    const double client = ownCpu();
    const double server = testbed.serverCpu();
    QElapsedTimer timer;
    timer.start();
    const qint64 done = drain();
    const double seconds = double(timer.nsecsElapsed()) / 1e9;
    if (done != jobs)
        qFatal("bench: %lld jobs done instead of %d", done, jobs);
    return {jobs / seconds, (ownCpu() - client) / jobs * 1e6,
            (testbed.serverCpu() - server) / jobs * 1e6};
}

QJsonObject drains(const Testbed& testbed, int jobs, int rounds)
{
    struct Case
    {
        QString name;
        const db::DatabaseUrl* url;
        std::function<qint64()> drain;
    };
    const auto ours = [&](const db::DatabaseUrl& url, int engines, int batch,
                          std::chrono::milliseconds quarantine = 0ms) {
        return [&url, engines, batch, quarantine]() -> qint64 {
            return drainWithEngines(url, engines, batch, quarantine);
        };
    };
    const auto floorOf = [&](const db::DatabaseUrl& url, int batch) {
        return [&url, batch, jobs]() -> qint64 {
            floor_::drainPostgres(url, batch, jobs);
            return jobs;
        };
    };
    const QVector<Case> cases{
        {u"floor"_s, &testbed.own(), floorOf(testbed.own(), kBatch)},
        {u"guest"_s, &testbed.guest(), ours(testbed.guest(), 1, kBatch)},
        {u"own"_s, &testbed.own(), ours(testbed.own(), 1, kBatch)},
        {u"beside"_s, &testbed.beside(), ours(testbed.beside(), 1, kBatch, 250ms)},
        {u"own, 2 engines"_s, &testbed.own(), ours(testbed.own(), 2, kBatch)},
        {u"own, 4 engines"_s, &testbed.own(), ours(testbed.own(), 4, kBatch)},
        {u"floor, batch 100"_s, &testbed.own(), floorOf(testbed.own(), 100)},
        {u"own, batch 100"_s, &testbed.own(), ours(testbed.own(), 1, 100)}};
    const int few = std::min(jobs, 3000); // the naive loop would take all day otherwise
    std::vector<double> naiveRates;
    QMap<QString, std::vector<double>> rates, client, server;
    for (int round = 0; round < rounds; ++round) {
        for (const Case& each : cases) {
            Testbed::fill(*each.url, jobs);
            const Drained drained = measure(testbed, jobs, each.drain);
            rates[each.name].push_back(drained.perSecond);
            client[each.name].push_back(drained.clientMicros);
            server[each.name].push_back(drained.serverMicros);
        }
        Testbed::fill(testbed.own(), few);
        naiveRates.push_back(few / floor_::drainNaively(testbed.own(), few));
    }
    QJsonObject figures;
    for (const Case& each : cases) {
        const bool isSmall = each.name.contains("batch 100"_L1);
        const double floorRate = median(rates[isSmall ? u"floor, batch 100"_s : u"floor"_s]);
        figures[each.name] =
            QJsonObject{{u"jobsPerSecond"_s, rounded(median(rates[each.name]))},
                        {u"ofFloor"_s, rounded(median(rates[each.name]) / floorRate)},
                        {u"clientMicrosAJob"_s, rounded(median(client[each.name]))},
                        {u"serverMicrosAJob"_s, rounded(median(server[each.name]))}};
    }
    const double naive = median(naiveRates);
    figures[u"naive loop"_s] =
        QJsonObject{{u"jobsPerSecond"_s, rounded(naive)},
                    {u"ownIsTimesQuicker"_s, rounded(median(rates[u"own"_s]) / naive)}};
    return figures;
}

QJsonObject enqueues(const Testbed& testbed, int jobs, int rounds)
{
    std::vector<double> copy, ours;
    for (int round = 0; round < rounds; ++round) {
        Testbed::fill(testbed.own(), 0);
        copy.push_back(jobs / floor_::copyPostgres(testbed.own(), jobs, kBatch));
        Testbed::fill(testbed.own(), 0);
        const auto store = value(opener(testbed.own())());
        QElapsedTimer timer;
        timer.start();
        for (int from = 0; from < jobs; from += kBatch) {
            QVector<domain::NewJob> batch;
            for (int i = from; i < from + kBatch; ++i)
                batch.push_back({kType, {{u"n"_s, i}}});
            value(store->additions.enqueue(batch, {u"bench"_s, u"here"_s}));
        }
        ours.push_back(jobs / (double(timer.nsecsElapsed()) / 1e9));
    }
    return {{u"copyPerSecond"_s, rounded(median(copy))},
            {u"enqueuePerSecond"_s, rounded(median(ours))},
            {u"ofCopy"_s, rounded(median(ours) / median(copy))}};
}

// From the call of enqueue to the first line of the handler, one job every 10 ms.
QJsonObject latency(const Testbed& testbed, int jobs)
{
    Testbed::fill(testbed.own(), 0);
    const auto commits = [&] {
        return Testbed::sql(testbed.own(),
                            u"SELECT xact_commit FROM pg_stat_database WHERE datname = "
                            "current_database()"_s)[0]
            .integer(0);
    };
    // What this query itself and the server's own background work add up to, without an engine.
    constexpr auto kIdle = 15s;
    const qint64 quietBefore = commits();
    std::this_thread::sleep_for(kIdle);
    const double quiet = double(commits() - quietBefore);
    std::mutex mutex;
    QHash<QString, qint64> startedAt;
    class Noting final : public engine::Handler
    {
    public:
        Noting(std::mutex& mutex, QHash<QString, qint64>& startedAt)
            : m_mutex(mutex)
            , m_startedAt(startedAt)
        {
        }
        engine::TaskResult run(const engine::Task& task) override
        {
            const auto now = std::chrono::steady_clock::now().time_since_epoch().count();
            const std::lock_guard lock(m_mutex);
            m_startedAt[task.id.value] = now;
            return engine::TaskResult::completed();
        }

    private:
        std::mutex& m_mutex;
        QHash<QString, qint64>& m_startedAt;
    };
    engine::EngineConfig config;
    config.concurrency = 2;
    config.types = {kType};
    engine::Engine running(opener(testbed.own()),
                           {{kType, [&] { return std::make_unique<Noting>(mutex, startedAt); }}},
                           config);
    std::stop_source stop;
    std::thread thread([&] { value(running.run(stop.get_token())); });
    const auto store = value(opener(testbed.own())());
    std::this_thread::sleep_for(12s); // statistics of its first statements arrive this late

    // While idle: its statements and its CPU use.
    const qint64 before = commits();
    const double cpu = ownCpu();
    std::this_thread::sleep_for(kIdle);
    const double idleCpu = (ownCpu() - cpu) / double(kIdle.count()) * 100;
    const double idleStatements = (double(commits() - before) - quiet) / double(kIdle.count());

    QHash<QString, qint64> askedAt;
    for (int i = 0; i < jobs; ++i) {
        const auto now = std::chrono::steady_clock::now().time_since_epoch().count();
        const auto ids = value(store->additions.enqueue({{kType, {}}}, {u"bench"_s, u"here"_s}));
        askedAt[ids.front().value] = now;
        std::this_thread::sleep_for(10ms);
    }
    std::this_thread::sleep_for(2s);
    stop.request_stop();
    running.wake();
    thread.join();
    std::vector<double> waits;
    for (auto asked = askedAt.cbegin(); asked != askedAt.cend(); ++asked)
        waits.push_back(double(startedAt.value(asked.key()) - asked.value()) / 1e6);
    return {{u"enqueueToStartP50Ms"_s, rounded(percentile(waits, 0.5))},
            {u"enqueueToStartP99Ms"_s, rounded(percentile(waits, 0.99))},
            {u"idleStatementsASecond"_s, rounded(idleStatements)},
            {u"idlePercentOfACore"_s, rounded(idleCpu)}};
}

QJsonObject claimAmongTies(const Testbed& testbed)
{
    Testbed::fill(testbed.own(), 200'000, true);
    Testbed::sql(testbed.own(), u"UPDATE \"Job\" SET \"createdAt\" = '2026-01-01'"_s);
    Testbed::sql(testbed.own(), u"VACUUM (FULL, ANALYZE) \"Job\""_s);
    const auto store = value(opener(testbed.own())());
    std::vector<double> took;
    for (int i = 0; i < 20; ++i) {
        QElapsedTimer timer;
        timer.start();
        const auto claim = value(store->leases.claim(u"bench"_s, {kType}, 100, 30s));
        took.push_back(double(timer.nsecsElapsed()) / 1e6);
        if (claim.jobs.size() != 100)
            qFatal("bench: a claim of %d", int(claim.jobs.size()));
    }
    return {{u"claim100Of200000TiesMs"_s, rounded(median(took))}};
}

QJsonObject sqlite(int jobs, int rounds)
{
    std::vector<double> bare, ours;
    for (int round = 0; round < rounds; ++round) {
        for (const bool isOurs : {false, true}) {
            const QTemporaryDir folder;
            const QString path = folder.filePath(u"jobs.db"_s);
            const auto url = db::DatabaseUrl::sqliteFile(path);
            auto store = value(store::JobStore::open(url, db::OpenMode::Create));
            for (int from = 0; from < jobs; from += 10'000)
                value(store->additions.enqueue(
                    QVector<domain::NewJob>(std::min(10'000, jobs - from), {kType, {}}),
                    {u"bench"_s, u"here"_s}));
            store.reset();
            QElapsedTimer timer;
            timer.start();
            if (isOurs) {
                if (drainWithEngines(url, 1, kBatch, 0ms) != jobs)
                    qFatal("bench: not all jobs");
                ours.push_back(jobs / (double(timer.nsecsElapsed()) / 1e9));
            } else {
                bare.push_back(jobs / floor_::drainSqlite(path, kBatch, jobs));
            }
        }
    }
    return {{u"floorJobsPerSecond"_s, rounded(median(bare))},
            {u"jobsPerSecond"_s, rounded(median(ours))},
            {u"ofFloor"_s, rounded(median(ours) / median(bare))}};
}
} // namespace

QJsonObject engine(const QString& part, int jobs, int rounds)
{
    std::optional<Testbed> server; // not needed for a file
    if (part != u"sqlite")
        server.emplace();
    const std::map<QString, std::function<QJsonObject()>> parts{
        {u"drain"_s, [&] { return drains(*server, jobs, rounds); }},
        {u"enqueue"_s, [&] { return enqueues(*server, jobs, rounds); }},
        {u"waiting"_s, [&] { return latency(*server, 300); }},
        {u"ties"_s, [&] { return claimAmongTies(*server); }},
        {u"sqlite"_s, [&] { return sqlite(jobs, rounds); }}};
    QJsonObject figures;
    for (const auto& [name, measurePart] : parts) {
        if (part.isEmpty() || part == name)
            figures[name] = measurePart();
    }
    return figures;
}

} // namespace queuedeck::bench
