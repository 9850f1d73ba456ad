// SPDX-License-Identifier: GPL-3.0-or-later
// What an engine waits for: by rule, and on a server that fails over, refuses logins, or loses its
// name or a privilege while jobs run.
#include "core/db/transaction.h"
#include "core/engine/engine.h"
#include "tests/support/pgcluster.h"

#include <QTest>

#include <atomic>
#include <thread>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::engine;
using namespace std::chrono_literals;
using base::ErrorKind;
using base::Recovery;

namespace {
class Quick final : public Handler
{
public:
    TaskResult run(const Task&) override
    {
        std::this_thread::sleep_for(20ms);
        return TaskResult::completed();
    }
};

base::Error error(Recovery recovery)
{
    return {ErrorKind::Internal, u"Something is wrong."_s, recovery};
}
} // namespace

class TestOutage : public QObject
{
    Q_OBJECT

    using DatabaseUrl = db::DatabaseUrl;
    test::PgCluster m_cluster;
    DatabaseUrl m_url;

    // As the owner of the cluster, from another database.
    void sql(const QString& statement, const QString& database = u"postgres"_s)
    {
        const auto connection =
            db::Connection::open(m_cluster.url(database), db::OpenMode::ReadWrite);
        QVERIFY2(connection, connection ? "" : qPrintable(connection.error().detail));
        const auto done = (*connection)->run(statement);
        QVERIFY2(done, done ? "" : qPrintable(done.error().detail));
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_cluster.start(), qPrintable(m_cluster.error())); }

    void whatIsWaitedFor()
    {
        for (const bool isBounded : {false, true}) {
            Outage outage(isBounded);
            QVERIFY(!outage.mayPass(error(Recovery::ForGood)));
            QVERIFY(!outage.mayPass(error(Recovery::MayReturn))); // it never existed
            QVERIFY(!outage.mayPass(error(Recovery::NotThis)));
            QVERIFY(outage.mayPass(error(Recovery::Later)));
            QVERIFY(outage.mayPass(error(Recovery::Again)));
            outage.over();
            QVERIFY(outage.mayPass(error(Recovery::MayReturn)));
            int more = 0;
            while (more < 20 && outage.mayPass(error(Recovery::MayReturn)))
                ++more;
            QCOMPARE(more < 20, isBounded);
            QVERIFY(outage.wait() <= 7500ms); // capped, with jitter
            outage.over();
            QVERIFY(outage.mayPass(error(Recovery::Again)));
            QVERIFY(outage.wait() <= 15ms);
            QVERIFY(!outage.mayPass(error(Recovery::ForGood)));
        }
    }

    void saysSoOnceAndWhenItIsOver()
    {
        QStringList told;
        Outage outage(false);
        outage.setOnEvent([&told](const QString& line) { told += line; });
        outage.over();
        for (int i = 0; i < 5; ++i)
            QVERIFY(outage.mayPass(error(Recovery::Later)));
        QCOMPARE(told.size(), 1);
        QVERIFY(outage.mayPass({ErrorKind::Denied, u"Another reason."_s}));
        QCOMPARE(told.size(), 2);
        outage.over();
        outage.over();
        QCOMPARE(told.size(), 3);
        QVERIFY2(told.back().contains(u"answers again"_s), qPrintable(told.back()));
    }

    void anEngineWithoutEndComesBack_data()
    {
        QTest::addColumn<QString>("goes");
        QTest::addColumn<QString>("comes");
        // DB is the database, USER its user. All sessions are ended first, unless it begins with a
        // +.
        QTest::newRow("read-only for a moment")
            << u"+ALTER DATABASE DB SET default_transaction_read_only = on"_s
            << u"ALTER DATABASE DB RESET default_transaction_read_only"_s;
        QTest::newRow("no login") << u"ALTER ROLE USER NOLOGIN"_s << u"ALTER ROLE USER LOGIN"_s;
        QTest::newRow("another password")
            << u"ALTER ROLE USER PASSWORD 'other'"_s << u"ALTER ROLE USER PASSWORD 'pw'"_s;
        QTest::newRow("no connections") << u"ALTER DATABASE DB ALLOW_CONNECTIONS false"_s
                                        << u"ALTER DATABASE DB ALLOW_CONNECTIONS true"_s;
        QTest::newRow("renamed") << u"ALTER DATABASE DB RENAME TO elsewhere"_s
                                 << u"ALTER DATABASE elsewhere RENAME TO DB"_s;
        QTest::newRow("a right revoked")
            << u"=REVOKE UPDATE ON \"Job\" FROM USER"_s << u"=GRANT UPDATE ON \"Job\" TO USER"_s;
        QTest::newRow("the server gone") << u"-"_s << u"-"_s;
    }
    void anEngineWithoutEndComesBack()
    {
        QFETCH(QString, goes);
        QFETCH(QString, comes);
        constexpr int kJobs = 150;
        static int s_users = 0;
        m_url = m_cluster.freshDatabase();
        const QString owner = m_url.database;
        QVERIFY(store::JobStore::initialise(m_url));
        DatabaseUrl url = m_url;
        url.user = u"worker_%1"_s.arg(++s_users);
        url.password = u"pw"_s;
        sql(u"CREATE ROLE %1 LOGIN PASSWORD 'pw'"_s.arg(url.user));
        for (const char* grant :
             {"GRANT USAGE ON SCHEMA queuedeck TO ", "GRANT ALL ON ALL TABLES IN SCHEMA public TO ",
              "GRANT ALL ON ALL TABLES IN SCHEMA queuedeck TO ",
              "GRANT ALL ON ALL SEQUENCES IN SCHEMA queuedeck TO "})
            sql(QLatin1StringView(grant) + url.user, owner);
        auto store = store::JobStore::open(m_url, db::OpenMode::ReadWrite);
        QVERIFY(store);
        QVERIFY((*store)->additions.enqueue(QVector<domain::NewJob>(kJobs, {u"noop"_s, {}}), {}));
        const auto completed = [&] {
            const auto snapshot = (*store)->jobs.snapshot();
            return snapshot ? snapshot->counts.completed : -1;
        };

        const auto change = [&](QString statement) {
            statement.replace(u"DB"_s, owner).replace(u"USER"_s, url.user);
            const bool staysOpen = statement.startsWith(u'+');
            const bool isInside = statement.startsWith(u'=');
            if (staysOpen || isInside)
                statement.remove(0, 1);
            if (isInside) {
                sql(statement, owner);
                return;
            }
            // A rename needs a database without sessions, and engines reconnect at once.
            const bool isRename = statement.contains(u"RENAME"_s);
            const QString database = statement.section(u' ', 2, 2);
            const QString shut = u"ALTER DATABASE %1 ALLOW_CONNECTIONS "_s;
            sql(isRename ? shut.arg(database) + u"false"_s : statement);
            store->reset();
            sql(u"SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity "
                "WHERE datname IN ('%1', 'elsewhere')"_s.arg(owner));
            if (!isRename)
                return;
            sql(statement);
            sql(shut.arg(statement.section(u' ', -1)) + u"true"_s);
        };

        QStringList told;
        std::mutex mutex;
        EngineConfig config;
        config.types = {u"noop"_s};
        config.concurrency = 2;
        config.maxBatch = 20;
        config.poll = 50ms;
        std::stop_source stop;
        Engine engine([url] { return store::JobStore::open(url, db::OpenMode::ReadWrite); },
                      {{u"noop"_s, [] { return std::make_unique<Quick>(); }}}, config);
        engine.setOnEvent([&](const QString& line) {
            const std::lock_guard lock(mutex);
            told += line;
        });
        base::Result<EngineReport> report = EngineReport();
        std::atomic<bool> isGone = false;
        std::thread running([&] {
            report = engine.run(stop.get_token());
            isGone = true;
        });
        QTRY_VERIFY_WITH_TIMEOUT(completed() > 10, 20'000);
        if (goes == "-"_L1)
            m_cluster.crash();
        else
            change(goes);
        QTest::qWait(2500);
        QVERIFY2(!isGone, report ? "" : qPrintable(report.error().detail));
        if (comes == "-"_L1)
            QVERIFY2(m_cluster.startAgain(), qPrintable(m_cluster.error()));
        else
            change(comes);
        store = store::JobStore::open(m_url, db::OpenMode::ReadWrite);
        QVERIFY2(store, store ? "" : qPrintable(store.error().detail));
        QTRY_COMPARE_WITH_TIMEOUT(completed(), kJobs, 60'000);
        stop.request_stop();
        engine.wake();
        running.join();
        QVERIFY2(report, report ? "" : qPrintable(report.error().detail));
        QCOMPARE(report->unsettled, 0);
        const auto said = [&](const QString& words) { return told.filter(words).size(); };
        QVERIFY2(said(u"answers again"_s) >= 1, qPrintable(told.join(u'\n')));
    }

    // A stop requested while the database refuses us is not a failure.
    void aStopMeanwhileHandsBack()
    {
        m_url = m_cluster.freshDatabase();
        QVERIFY(store::JobStore::initialise(m_url));
        auto store = store::JobStore::open(m_url, db::OpenMode::ReadWrite);
        QVERIFY(store);
        QVERIFY((*store)->additions.enqueue(QVector<domain::NewJob>(200, {u"noop"_s, {}}), {}));
        // Two of three statements fail, including those that hand back.
        sql(u"CREATE SEQUENCE tries"_s, m_url.database);
        sql(uR"(CREATE FUNCTION refuse() RETURNS trigger AS $$ BEGIN
            IF nextval('public.tries') % 3 <> 0 THEN
            RAISE EXCEPTION 'in between' USING ERRCODE = '40001'; END IF;
            RETURN NULL; END $$ LANGUAGE plpgsql)"_s,
            m_url.database);
        sql(u"CREATE TRIGGER refuse AFTER UPDATE ON \"Job\" FOR EACH STATEMENT "
            "EXECUTE FUNCTION refuse()"_s,
            m_url.database);
        for (int i = 0; i < 5; ++i) {
            EngineConfig config;
            config.types = {u"noop"_s};
            config.maxBatch = 50;
            std::stop_source stop;
            Engine engine([this] { return store::JobStore::open(m_url, db::OpenMode::ReadWrite); },
                          {{u"noop"_s, [] { return std::make_unique<Quick>(); }}}, config);
            std::jthread stopper([&] {
                std::this_thread::sleep_for(std::chrono::milliseconds(200 + 37 * i));
                stop.request_stop();
            });
            const auto report = engine.run(stop.get_token());
            QVERIFY2(report, report ? "" : qPrintable(report.error().detail));
            QCOMPARE(report->unsettled, 0);
            QCOMPARE((*store)->jobs.snapshot()->counts.processing, 0);
        }
    }

    void aBoundedRunGivesUpAndSaysWhatIsLost()
    {
        m_url = m_cluster.freshDatabase();
        QVERIFY(store::JobStore::initialise(m_url));
        auto store = store::JobStore::open(m_url, db::OpenMode::ReadWrite);
        QVERIFY(store);
        QVERIFY((*store)->additions.enqueue({{u"noop"_s, {}}, {u"noop"_s, {}}}, {}));
        sql(uR"(CREATE FUNCTION refuse() RETURNS trigger AS $$ BEGIN
            IF NEW.status = 'completed' THEN RAISE EXCEPTION 'not today'; END IF;
            RETURN NEW; END $$ LANGUAGE plpgsql)"_s,
            m_url.database);
        sql(u"CREATE TRIGGER refuse BEFORE UPDATE ON \"Job\" FOR EACH ROW "
            "EXECUTE FUNCTION refuse()"_s,
            m_url.database);
        EngineConfig config;
        config.types = {u"noop"_s};
        config.maxJobs = 2;
        Engine engine([this] { return store::JobStore::open(m_url, db::OpenMode::ReadWrite); },
                      {{u"noop"_s, [] { return std::make_unique<Quick>(); }}}, config);
        const auto report = engine.run({});
        QVERIFY2(report, report ? "" : qPrintable(report.error().detail));
        QCOMPARE(report->completed, 0);
        QCOMPARE(report->unsettled, 2);
    }

    // 40001 and 40P01 while settling: nothing was written, and the next attempt succeeds.
    void settlesAgainAtOnce_data()
    {
        QTest::addColumn<QString>("state");
        QTest::newRow("40001") << u"40001"_s;
        QTest::newRow("40P01") << u"40P01"_s;
    }
    void settlesAgainAtOnce()
    {
        QFETCH(QString, state);
        m_url = m_cluster.freshDatabase();
        QVERIFY(store::JobStore::initialise(m_url));
        auto store = store::JobStore::open(m_url, db::OpenMode::ReadWrite);
        QVERIFY(store);
        QVERIFY((*store)->additions.enqueue(QVector<domain::NewJob>(6, {u"noop"_s, {}}), {}));
        // nextval() is not rolled back, so it counts the attempts.
        sql(u"CREATE SEQUENCE tries"_s, m_url.database);
        sql(uR"(CREATE FUNCTION refuse() RETURNS trigger AS $$ BEGIN
            IF NEW.status = 'completed' AND nextval('public.tries') <= 2 THEN
            RAISE EXCEPTION 'in between' USING ERRCODE = '%1'; END IF;
            RETURN NEW; END $$ LANGUAGE plpgsql)"_s.arg(state),
            m_url.database);
        sql(u"CREATE TRIGGER refuse BEFORE UPDATE ON \"Job\" FOR EACH ROW "
            "EXECUTE FUNCTION refuse()"_s,
            m_url.database);
        EngineConfig config;
        config.types = {u"noop"_s};
        config.untilEmpty = true;
        Engine engine([this] { return store::JobStore::open(m_url, db::OpenMode::ReadWrite); },
                      {{u"noop"_s, [] { return std::make_unique<Quick>(); }}}, config);
        const auto report = engine.run({});
        QVERIFY2(report, report ? "" : qPrintable(report.error().detail));
        QCOMPARE(report->completed, 6);
        QCOMPARE(report->unsettled, 0);
        QCOMPARE((*store)->jobs.snapshot()->counts.completed, 6);
    }
};

QTEST_GUILESS_MAIN(TestOutage)
#include "tst_outage.moc"
