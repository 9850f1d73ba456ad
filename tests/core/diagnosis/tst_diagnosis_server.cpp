// SPDX-License-Identifier: GPL-3.0-or-later
// What is wrong with a PostgreSQL server is found on a real one; a user with few rights is told
// what cannot be seen; a diagnosis ends in time whatever the database does.
#include "core/db/transaction.h"
#include "tests/core/diagnosis/diagnosisfixture.h"

#include <QElapsedTimer>
#include <QTest>

using namespace queuedeck;
using namespace queuedeck::test;
using State = domain::CheckOutcome::State;

namespace {
class ShiftedClock final : public base::Clock
{
public:
    explicit ShiftedClock(int seconds)
        : m_seconds(seconds)
    {
    }
    QDateTime now() const override { return QDateTime::currentDateTimeUtc().addSecs(m_seconds); }

private:
    const int m_seconds;
};
} // namespace

class TestDiagnosisServer : public QObject
{
    Q_OBJECT

    StoreFixture m_fixture;

    db::DatabaseUrl queue(StoreKind kind = StoreKind::Postgres)
    {
        const db::DatabaseUrl url = m_fixture.freshDatabase(kind);
        StoreFixture::add(*m_fixture.open(url), 3);
        return url;
    }

    static std::unique_ptr<db::Connection> connect(const db::DatabaseUrl& url)
    {
        return value(db::Connection::open(url, db::OpenMode::ReadWrite));
    }

    static void run(const db::DatabaseUrl& url, const QString& script)
    {
        const QString problem = StoreFixture::psql(url, script);
        if (!problem.isEmpty())
            qFatal("%s", qPrintable(problem));
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QString problem = m_fixture.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }

    // A table that is locked even for readers: that is the answer, and it comes at once.
    void findsWhoLocksTheTable()
    {
        const db::DatabaseUrl url = queue();
        const auto asking = value(store::JobStore::open(url, db::OpenMode::ReadOnly));
        const auto other = connect(url);
        const auto transaction = db::Transaction::begin(*other);
        QVERIFY(transaction);
        QVERIFY(other->run(u"LOCK TABLE \"Job\" IN ACCESS EXCLUSIVE MODE"_s));
        QElapsedTimer took;
        took.start();
        const domain::Diagnosis found = value(diagnosis::diagnose(*asking, healthy()));
        QVERIFY2(took.elapsed() < 3500, qPrintable(QString::number(took.elapsed())));
        QCOMPARE(found.findings[0].id, u"blocked"_s);
        QVERIFY(found.findings[0].statement.startsWith(u"SELECT pg_terminate_backend("_s));
        QVERIFY(found.findings[0].facts[1].found.contains(u"LOCK TABLE"_s));
        QCOMPARE(outcomeOf(found, u"dead-pending"_s)->state, State::Cut);
        QCOMPARE(outcomeOf(found, u"connections"_s)->state, State::Good);
    }

    void findsWhoKeepsOthersFromWriting()
    {
        const db::DatabaseUrl url = queue();
        const auto other = connect(url);
        const auto transaction = db::Transaction::begin(*other);
        QVERIFY(other->run(u"LOCK TABLE \"Job\" IN SHARE ROW EXCLUSIVE MODE"_s));
        const domain::Diagnosis found = diagnosed(url);
        QCOMPARE(idsOf(found), QStringList(u"blocked"_s));
        QCOMPARE(found.findings[0].explains, 3);
    }

    void findsALongTransaction()
    {
        const db::DatabaseUrl url = queue();
        const auto other = connect(url);
        const auto transaction = db::Transaction::begin(*other);
        QVERIFY(other->run(u"SELECT 1"_s));
        QTest::qWait(1200);
        Limits limits = patient();
        QCOMPARE(idsOf(diagnosed(url, healthy(), limits)), QStringList());
        limits.longTransaction = std::chrono::seconds(1);
        QCOMPARE(idsOf(diagnosed(url, healthy(), limits)), QStringList(u"long-transaction"_s));
    }

    void findsThatConnectionsRunOut()
    {
        const db::DatabaseUrl url = queue();
        run(m_fixture.emptyDatabase(),
            u"ALTER DATABASE \"%1\" CONNECTION LIMIT 2;"_s.arg(url.database));
        const auto other = connect(url);
        const domain::Diagnosis found = diagnosed(url);
        QCOMPARE(idsOf(found), QStringList(u"connection-limit"_s));
        QCOMPARE(found.findings[0].severity, domain::Severity::Error);
    }

    void findsDeadRows()
    {
        const db::DatabaseUrl url = queue();
        run(url, uR"(ALTER TABLE "Job" SET (autovacuum_enabled = false);
            INSERT INTO "Job" ("id", "type", "payload", "status", "attempts", "createdAt", "completedAt")
                SELECT gen_random_uuid(), 'other', '{}', 'completed', 1,
                    now() AT TIME ZONE 'UTC' - n * interval '1 second', now() AT TIME ZONE 'UTC'
                FROM generate_series(1, 20000) n;
            UPDATE "Job" SET "attempts" = 2 WHERE "status" = 'completed';
            SELECT pg_stat_force_next_flush();)"_s);
        QTRY_COMPARE_WITH_TIMEOUT(idsOf(diagnosed(url)), QStringList(u"dead-rows"_s), 15000);
        run(url, diagnosed(url).findings[0].statement); // what is offered mends it
        QTRY_COMPARE_WITH_TIMEOUT(idsOf(diagnosed(url)), QStringList(), 15000);
    }

    // An index that is there, but that the planner cannot or does not use.
    void findsThatTheIndexIsNotUsed()
    {
        const db::DatabaseUrl url = queue();
        run(url,
            uR"(INSERT INTO "Job" ("id", "type", "payload", "status", "attempts", "createdAt", "completedAt")
                SELECT gen_random_uuid(), 'other', '{}', 'completed', 1,
                    now() AT TIME ZONE 'UTC' - n * interval '1 second', now() AT TIME ZONE 'UTC'
                FROM generate_series(1, 12000) n;
            ANALYZE "Job";)"_s);
        QCOMPARE(idsOf(diagnosed(url)), QStringList());
        run(url, u"UPDATE pg_index SET indisvalid = false WHERE indexrelid = "
                 "'\"Job_status_createdAt_idx\"'::regclass;"_s);
        const domain::Diagnosis found = diagnosed(url);
        QCOMPARE(idsOf(found), QStringList(u"no-index"_s));
        QCOMPARE(found.findings[0].severity, domain::Severity::Warning);
        QVERIFY(found.findings[0].statement.startsWith(
            u"DROP INDEX CONCURRENTLY \"public\".\"Job_status_createdAt_idx\";"_s));
    }

    void findsAClockThatIsWrong()
    {
        const db::DatabaseUrl url = queue();
        const ShiftedClock ahead(40);
        Surroundings around = healthy();
        around.clock = &ahead;
        const domain::Diagnosis found = diagnosed(url, around);
        QCOMPARE(idsOf(found), QStringList(u"clock-skew"_s));
        QVERIFY2(found.findings[0].evidence.contains(u"ahead"_s),
                 qPrintable(found.findings[0].evidence));
    }

    // May look at nothing but the table: what cannot be seen is said, and is no finding.
    void aUserWithFewRightsIsTold()
    {
        db::DatabaseUrl url = queue(StoreKind::Deployed);
        const db::DatabaseUrl owner = url;
        run(owner, u"CREATE ROLE few LOGIN PASSWORD 'few'; GRANT SELECT ON \"Job\" TO few;"_s);
        const auto other = connect(owner);
        const auto transaction = db::Transaction::begin(*other);
        QVERIFY(other->run(u"SELECT 1"_s));
        url.user = url.password = u"few"_s;
        const domain::Diagnosis found = diagnosed(url);
        QCOMPARE(idsOf(found), QStringList(u"rights"_s));
        QVERIFY2(found.findings[0].statement.contains(u"TO \"few\""_s),
                 qPrintable(found.findings[0].statement));
        QCOMPARE(outcomeOf(found, u"long-transactions"_s)->state, State::NotAllowed);
        QCOMPARE(outcomeOf(found, u"scans"_s)->state, State::NotAllowed);
        for (const domain::CheckOutcome& check : found.checks)
            QVERIFY2(check.state != State::Failed, qPrintable(check.id + u": "_s + check.note));
        // What is offered mends it.
        run(owner, found.findings[0].statement);
        QCOMPARE(idsOf(diagnosed(url)), QStringList());
    }

    void findsRowSecurity()
    {
        db::DatabaseUrl url = queue(StoreKind::Deployed);
        run(url, u"CREATE ROLE restricted LOGIN PASSWORD 'few'; "
                 "GRANT ALL ON \"Job\", \"ImageScan\" TO restricted; "
                 "ALTER TABLE \"Job\" ENABLE ROW LEVEL SECURITY;"_s);
        url.user = u"restricted"_s;
        url.password = u"few"_s;
        QCOMPARE(idsOf(diagnosed(url)), QStringList(u"row-security"_s));
    }

    // A check that takes too long is cut and says so; the others go on.
    void aSlowCheckIsCut()
    {
        const db::DatabaseUrl url = m_fixture.emptyDatabase();
        run(url,
            uR"(CREATE TABLE real ("id" uuid PRIMARY KEY DEFAULT gen_random_uuid(), "type" text,
                "payload" jsonb, "status" text, "attempts" int, "error" text,
                "createdAt" timestamp DEFAULT now(), "completedAt" timestamp);
            INSERT INTO real ("type", "payload", "status", "attempts")
                SELECT 'other', '{}', 'pending', 0 FROM generate_series(1, 200);
            CREATE FUNCTION slow(text) RETURNS text LANGUAGE plpgsql VOLATILE AS
                $$ BEGIN PERFORM pg_sleep(0.05); RETURN $1; END $$;
            CREATE VIEW "Job" AS SELECT "id", "type", "payload", slow("status") AS "status",
                "attempts", "error", "createdAt", "completedAt" FROM real;)"_s);
        QElapsedTimer took;
        took.start();
        const domain::Diagnosis found = diagnosed(url, healthy(), Limits());
        QVERIFY2(took.elapsed() < 5000, qPrintable(QString::number(took.elapsed())));
        QVERIFY(found.took < std::chrono::milliseconds(3500));
        QCOMPARE(outcomeOf(found, u"dead-pending"_s)->state, State::Cut);
        QCOMPARE(outcomeOf(found, u"stale-errors"_s)->state, State::Cut);
        QCOMPARE(outcomeOf(found, u"connections"_s)->state, State::Good);
        QVERIFY(!idsOf(found).contains(u"dead-pending"_s));
    }

    void aLostDatabaseIsAnError()
    {
        const db::DatabaseUrl url = queue();
        auto s = value(store::JobStore::open(url, db::OpenMode::ReadOnly));
        s->connection().interrupt(); // harmless while nothing runs
        QVERIFY(diagnosis::diagnose(*s, healthy(), patient()));
        run(m_fixture.emptyDatabase(),
            u"ALTER DATABASE \"%1\" ALLOW_CONNECTIONS false; SELECT pg_terminate_backend(pid) "
            "FROM pg_stat_activity WHERE datname = '%1' AND pid <> pg_backend_pid();"_s.arg(
                url.database));
        QElapsedTimer took;
        took.start();
        const auto found = diagnosis::diagnose(*s, healthy());
        QVERIFY(!found);
        QVERIFY(took.elapsed() < 8000);
    }
};

QTEST_GUILESS_MAIN(TestDiagnosisServer)
#include "tst_diagnosis_server.moc"
