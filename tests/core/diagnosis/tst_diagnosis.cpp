// SPDX-License-Identifier: GPL-3.0-or-later
// Each problem that the rows of a queue show is found in real tables as the first cause, and
// nothing else with it; a healthy queue gives no findings; asking changes nothing.
#include "core/db/transaction.h"
#include "tests/core/diagnosis/diagnosisfixture.h"

#include <QTest>

using namespace queuedeck;
using namespace queuedeck::test;
using domain::Finding;
using store::JobStore;

namespace {
const char* const kReport = "report_generation";

struct State
{
    const char* id;
    const char* type;
    const char* row; ///< assignments
    const char* payload = "{}";
    bool isOfTheApplication = false;
};

constexpr State kStates[] = {
    {"dead-pending", kReport, "\"attempts\" = 3"},
    {"odd-status", kReport, "\"status\" = 'PENDING'"},
    {"overlapping-runs", "other", "\"status\" = 'completed', \"attempts\" = 4"},
    {"overlapping-runs", "other", "\"status\" = 'failed', \"attempts\" = 5"},
    {"no-retry", "other", "\"status\" = 'failed', \"attempts\" = 1, \"error\" = 'x'", "{}", true},
    {"run-by-no-code", kReport, "\"status\" = 'completed', \"attempts\" = 1", "{}", true},
    {"run-by-no-code", "customer_enrichment", "\"status\" = 'completed', \"attempts\" = 1", "{}",
     true},
    {"import-without-batch", "bulk_import", "\"status\" = 'completed', \"attempts\" = 1", "{}",
     true},
    {"import-without-batch", "bulk_import", "\"status\" = 'completed', \"attempts\" = 1",
     "{\"batchId\": null}", true},
    {"stale-error", "other",
     "\"status\" = 'completed', \"attempts\" = 2, \"error\" = 'Cancelled by admin'"},
    {"payload-invalid", "image_extraction", "\"attempts\" = 0"},
    {"future-jobs", kReport, "\"createdAt\" = '2096-01-02T03:04:05.000+00:00'"},
};

// The content of a queue in which nothing is wrong.
constexpr State kHealthy[] = {
    {"", kReport, "\"attempts\" = 2"},
    {"", "other", "\"status\" = 'completed', \"attempts\" = 3"},
    {"", "other", "\"status\" = 'failed', \"attempts\" = 3, \"error\" = 'x'"},
    {"", "bulk_import", "\"status\" = 'completed', \"attempts\" = 1", "{\"batchId\": \"7\"}"},
    {"", "bulk_import", "\"status\" = 'completed', \"attempts\" = 1",
     "{\"file\": \"c.csv\", \"dataType\": \"customers\"}"},
};

void addKinds()
{
    QTest::addColumn<StoreKind>("kind");
    QTest::newRow("SQLite") << StoreKind::Sqlite;
    QTest::newRow("PostgreSQL") << StoreKind::Postgres;
    QTest::newRow("pooled") << StoreKind::Pooled;
    QTest::newRow("deployed") << StoreKind::Deployed;
    QTest::newRow("text ids") << StoreKind::TextIds;
}
} // namespace

class TestDiagnosis : public QObject
{
    Q_OBJECT

    StoreFixture m_fixture;

    static domain::JobId put(JobStore& s, const State& state)
    {
        const domain::JobId id = StoreFixture::add(s, 1, QString::fromUtf8(state.type)).front();
        StoreFixture::set(s, id,
                          u"%1, \"payload\" = '%2'"_s.arg(QString::fromUtf8(state.row),
                                                          QString::fromUtf8(state.payload)));
        return id;
    }

    static bool isShared(const JobStore& s) { return s.shape().mode != domain::QueueMode::Own; }

private Q_SLOTS:
    void initTestCase()
    {
        const QString problem = m_fixture.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }

    void findsEachAlone_data() { addKinds(); }
    void findsEachAlone()
    {
        QFETCH(StoreKind, kind);
        const db::DatabaseUrl url = m_fixture.freshDatabase(kind);
        const auto s = m_fixture.open(url);
        QCOMPARE(idsOf(diagnosed(url)), QStringList());
        for (const State& state : kHealthy)
            put(*s, state);
        QCOMPARE(idsOf(diagnosed(url)), QStringList());
        for (const State& state : kStates) {
            const domain::JobId id = put(*s, state);
            const QString before = StoreFixture::everything(*s);
            const domain::Diagnosis found = diagnosed(url);
            QCOMPARE(StoreFixture::everything(*s), before);
            if (state.isOfTheApplication && !isShared(*s))
                QCOMPARE(idsOf(found), QStringList());
            else
                QCOMPARE(idsOf(found), QStringList(QString::fromUtf8(state.id)));
            for (const Finding& finding : found.findings) {
                QCOMPARE(finding.count, 1);
                QVERIFY(!finding.cause.isEmpty() && !finding.remedies.isEmpty());
                QVERIFY(!finding.facts.isEmpty());
                const auto filter = domain::JobFilter::parse(finding.filter);
                QVERIFY2(filter, qPrintable(finding.filter));
                QVERIFY2(value(s->jobs.freeze(*filter)).ids().contains(id),
                         qPrintable(finding.filter));
            }
            StoreFixture::sql(
                *s, u"DELETE FROM \"Job\" WHERE CAST(\"id\" AS text) = '%1'"_s.arg(id.value));
        }
    }

    // Every check says something, and none of them failed.
    void allIsLookedAt_data() { addKinds(); }
    void allIsLookedAt()
    {
        QFETCH(StoreKind, kind);
        const db::DatabaseUrl url = m_fixture.freshDatabase(kind);
        const auto s = m_fixture.open(url);
        for (const State& state : kHealthy)
            put(*s, state);
        const domain::Diagnosis found = diagnosed(url);
        QVERIFY(found.checks.size() >= 16);
        for (const domain::CheckOutcome& check : found.checks)
            QVERIFY2(check.isKnown(), qPrintable(check.id + u": "_s + check.note));
        QCOMPARE(outcomeOf(found, u"row-security"_s) != nullptr, kind != StoreKind::Sqlite);
        QCOMPARE(outcomeOf(found, u"disk"_s) != nullptr, kind == StoreKind::Sqlite);
        QCOMPARE(outcomeOf(found, u"admin-routes"_s) != nullptr, isShared(*s));
    }

    // The symptom itself: something waits, and nothing has ended for long.
    void findsThatNothingIsProcessed_data() { addKinds(); }
    void findsThatNothingIsProcessed()
    {
        QFETCH(StoreKind, kind);
        const db::DatabaseUrl url = m_fixture.freshDatabase(kind);
        const auto s = m_fixture.open(url);
        const auto ago = [](int minutes) {
            return db::timeText(QDateTime::currentDateTimeUtc().addSecs(-60 * minutes));
        };
        put(*s, {"", kReport, "\"attempts\" = 0"});
        const domain::JobId done =
            put(*s, {"", "other", "\"status\" = 'completed', \"attempts\" = 1"});
        StoreFixture::set(
            *s, done, u"\"createdAt\" = '%1', \"completedAt\" = '%2'"_s.arg(ago(300), ago(299)));
        QCOMPARE(idsOf(diagnosed(url)), QStringList()); // it has only just been added
        const domain::JobId old = StoreFixture::add(*s, 1).front();
        StoreFixture::set(*s, old, u"\"createdAt\" = '%1'"_s.arg(ago(60)));
        domain::Diagnosis found = diagnosed(url);
        QCOMPARE(idsOf(found), QStringList(u"cron-silent"_s));
        QCOMPARE(found.findings[0].count, 2);
        QCOMPARE(found.findings[0].facts[0].found, u"waits for 60 min"_s);
        // A long queue is none of this while jobs end.
        StoreFixture::set(*s, done, u"\"completedAt\" = '%1'"_s.arg(ago(1)));
        QCOMPARE(idsOf(diagnosed(url)), QStringList());
    }

    void findsStuckJobs()
    {
        for (const StoreKind kind : {StoreKind::Sqlite, StoreKind::Postgres}) {
            const db::DatabaseUrl url = m_fixture.freshDatabase(kind);
            const auto s = m_fixture.open(url);
            put(*s, {"", kReport, "\"status\" = 'processing', \"attempts\" = 1"});
            QCOMPARE(idsOf(diagnosed(url)), QStringList(u"stuck"_s));
        }
    }

    void findsAScanThatWasLeftBehind()
    {
        for (const StoreKind kind : {StoreKind::Sqlite, StoreKind::Postgres}) {
            const db::DatabaseUrl url = m_fixture.freshDatabase(kind);
            const auto s = m_fixture.open(url);
            domain::NewScan card;
            card.bytes = "x";
            card.mediaType = u"image/png"_s;
            card.fileName = u"card.png"_s;
            const auto added = value(s->scans.add(card, kTester));
            QCOMPARE(idsOf(diagnosed(url)), QStringList());
            StoreFixture::set(*s, added.job, u"\"status\" = 'completed', \"attempts\" = 1"_s);
            QCOMPARE(idsOf(diagnosed(url)), QStringList(u"scans-left-behind"_s));
        }
    }

    void whatRanHereIsNoEmptyRun()
    {
        const db::DatabaseUrl url = m_fixture.freshDatabase(StoreKind::Deployed);
        const auto s = m_fixture.open(url);
        StoreFixture::add(*s, 1);
        const auto claimed = value(
            s->leases.claim(u"e"_s, {QString::fromUtf8(kReport)}, 1, std::chrono::seconds(30)));
        QCOMPARE(claimed.jobs.size(), 1);
        store::Settlement done;
        done.id = claimed.jobs[0].id;
        done.version = claimed.jobs[0].version;
        done.status = domain::JobStatus::Completed;
        done.outcome = u"completed"_s;
        QCOMPARE(value(s->leases.settle({claimed.token, {done}})).accepted.size(), 1);
        QCOMPARE(idsOf(diagnosed(url)), QStringList());
    }

    // The commonest error is named once, whatever numbers and ids it contains.
    void findsThatMostJobsFail_data() { addKinds(); }
    void findsThatMostJobsFail()
    {
        QFETCH(StoreKind, kind);
        const db::DatabaseUrl url = m_fixture.freshDatabase(kind);
        const auto s = m_fixture.open(url);
        for (int i = 0; i < 12; ++i) {
            const domain::JobId id = StoreFixture::add(*s, 1).front();
            const QString error = i < 9 ? u"timeout after %1 s"_s.arg(50 + i) : u"no such file"_s;
            StoreFixture::set(
                *s, id, u"\"status\" = 'failed', \"attempts\" = 3, \"error\" = '%1'"_s.arg(error));
        }
        const domain::Diagnosis found = diagnosed(url);
        QCOMPARE(idsOf(found), QStringList(u"mostly-failing"_s));
        QVERIFY2(found.findings[0].cause.contains(u"timeout after"_s),
                 qPrintable(found.findings[0].cause));
        QVERIFY2(found.findings[0].cause.startsWith(u'9'), qPrintable(found.findings[0].cause));
        QCOMPARE(found.findings[0].count, 12);
    }

    // The newest failures of a queue in which few fail reach back further than its newest
    // successes.
    void fewFailuresAmongManyJobsAreNoFinding()
    {
        const db::DatabaseUrl url = m_fixture.freshDatabase(StoreKind::Postgres);
        const auto s = m_fixture.open(url);
        StoreFixture::add(*s, 600);
        StoreFixture::sql(*s, u"UPDATE \"Job\" SET \"status\" = 'completed', \"attempts\" = 1, "
                              "\"completedAt\" = \"createdAt\""_s);
        for (int i = 0; i < 40; ++i) {
            const domain::JobId id = StoreFixture::add(*s, 1).front();
            const QDateTime created = QDateTime::currentDateTimeUtc().addSecs(-3600 * (i % 20 + 1));
            StoreFixture::set(
                *s, id,
                u"\"status\" = 'failed', \"attempts\" = 3, \"createdAt\" = '%1'"_s.arg(
                    db::timeText(created)));
        }
        QCOMPARE(idsOf(diagnosed(url)), QStringList());
        StoreFixture::sql(*s, u"UPDATE \"Job\" SET \"status\" = 'failed', \"attempts\" = 3 "
                              "WHERE \"id\" IN (SELECT \"id\" FROM \"Job\" WHERE \"status\" = "
                              "'completed' LIMIT 500)"_s);
        QCOMPARE(idsOf(diagnosed(url)), QStringList(u"mostly-failing"_s));
    }

    void findsWhatSurroundsTheQueue_data()
    {
        QTest::addColumn<StoreKind>("kind");
        QTest::newRow("SQLite") << StoreKind::Sqlite;
        QTest::newRow("PostgreSQL") << StoreKind::Postgres;
        QTest::newRow("deployed") << StoreKind::Deployed;
    }
    void findsWhatSurroundsTheQueue()
    {
        QFETCH(StoreKind, kind);
        const db::DatabaseUrl url = m_fixture.freshDatabase(kind);
        const auto s = m_fixture.open(url);
        const domain::JobId job = StoreFixture::add(*s, 1).front();
        const auto first = [&](const Surroundings& around) {
            const domain::Diagnosis found = diagnosed(url, around);
            return found.findings.isEmpty() ? QString() : found.findings[0].id;
        };
        QCOMPARE(first(healthy()), QString());

        // Beside the web application a type without a handler is that application's business, until
        // nobody has run it for long. Then it is named before the symptom where it is the cause.
        Surroundings around = healthy();
        around.handlers.clear();
        QCOMPARE(first(around), isShared(*s) ? QString() : u"no-handler"_s);
        around.handlers = {
            {QString::fromUtf8(kReport), base::Sentence(u"its file is not yours"_s), false}};
        QCOMPARE(first(around), isShared(*s) ? QString() : u"handler-unusable"_s);
        around = healthy();
        around.missingKeys[QString::fromUtf8(kReport)] = base::Sentence(u"No key."_s);
        QCOMPARE(first(around), isShared(*s) ? QString() : u"key-missing"_s);
        StoreFixture::set(*s, job, u"\"createdAt\" = '2026-01-02T03:04:05.000+00:00'"_s);
        const QStringList ids = idsOf(diagnosed(url, around));
        QCOMPARE(ids, isShared(*s) ? QStringList({u"cron-silent"_s, u"key-missing"_s})
                                   : QStringList({u"key-missing"_s, u"cron-silent"_s}));
        StoreFixture::set(*s, job,
                          u"\"createdAt\" = '%1'"_s.arg(
                              db::timeText(QDateTime::currentDateTimeUtc().addSecs(-60))));

        around = healthy();
        around.schedules = {{u"nightly"_s, 3, {}}};
        QCOMPARE(first(around), u"schedule-missed"_s);
        around.schedules = {{u"nightly"_s, 0, base::Sentence(u"401"_s)}};
        QCOMPARE(first(around), u"schedule-failed"_s);

        around = healthy();
        const auto answers = [&](const base::Result<diagnosis::EndpointAnswer>& answer) {
            around.endpoint = [answer](QDeadlineTimer) { return answer; };
            return first(around);
        };
        using base::ErrorKind;
        QCOMPARE(answers(diagnosis::EndpointAnswer{u"x"_s, 1, false, {job}}), QString());
        QCOMPARE(answers(diagnosis::EndpointAnswer{
                     u"x"_s, 1, false, {domain::JobId{u"01a20984-0000-7000-8000-000000000001"_s}}}),
                 u"endpoint-other-database"_s);
        QCOMPARE(answers(diagnosis::EndpointAnswer{u"x"_s, 0, false, {}}),
                 u"endpoint-other-database"_s);
        QCOMPARE(answers(base::fail(ErrorKind::Denied, u"refused (401)"_s)), u"endpoint-key"_s);
        QCOMPARE(answers(base::fail(ErrorKind::Unreachable, u"no host"_s)),
                 u"endpoint-unreachable"_s);
        QCOMPARE(answers(base::fail(ErrorKind::Timeout, u"slow"_s)), QString());
        QCOMPARE(outcomeOf(diagnosed(url, around), u"endpoint"_s)->state,
                 domain::CheckOutcome::State::Cut);
    }

    void findsASilentEngine()
    {
        for (const StoreKind kind : {StoreKind::Sqlite, StoreKind::Postgres}) {
            const db::DatabaseUrl url = m_fixture.freshDatabase(kind);
            const auto s = m_fixture.open(url);
            StoreFixture::add(*s, 1);
            const QString when =
                kind == StoreKind::Sqlite
                    ? QString::number(QDateTime::currentMSecsSinceEpoch() - 300'000)
                    : u"now() - interval '5 minutes'"_s;
            const QString table =
                kind == StoreKind::Sqlite ? u"queuedeck_engine"_s : u"queuedeck.engine"_s;
            StoreFixture::sql(
                *s, u"INSERT INTO %1 (id, host, pid, version, started_at, seen_at, state) "
                    "VALUES ('e', 'ops-1', 7, '1', %2, %2, 'running')"_s.arg(table, when));
            QCOMPARE(idsOf(diagnosed(url)), QStringList(u"engine-silent"_s));
        }
    }

    void findsAMissingIndex()
    {
        for (const StoreKind kind : {StoreKind::Sqlite, StoreKind::Postgres, StoreKind::Deployed}) {
            const db::DatabaseUrl url = m_fixture.freshDatabase(kind);
            const auto s = m_fixture.open(url);
            StoreFixture::sql(*s, u"DROP INDEX \"Job_status_createdAt_idx\""_s);
            domain::Diagnosis found = diagnosed(url);
            QCOMPARE(idsOf(found), QStringList(u"no-index"_s));
            QCOMPARE(found.findings[0].severity, domain::Severity::Note); // it is empty
            // The statement that is offered mends it.
            StoreFixture::sql(*s, QString(found.findings[0].statement).remove(u';'));
            QCOMPARE(idsOf(diagnosed(url)), QStringList());
        }
    }

    void findsWhatIsWrongWithAFile()
    {
        const db::DatabaseUrl url = m_fixture.freshDatabase(StoreKind::Sqlite);
        const auto s = m_fixture.open(url);
        StoreFixture::add(*s, 2);
        Limits limits = patient();
        limits.leastFreeDisk = std::numeric_limits<qint64>::max();
        QCOMPARE(idsOf(diagnosed(url, healthy(), limits)), QStringList(u"disk"_s));
        limits = patient();
        limits.largestWal = 1;
        QCOMPARE(idsOf(diagnosed(url, healthy(), limits)), QStringList(u"wal-size"_s));
        Surroundings around = healthy();
        around.tryToWrite = [&url](std::chrono::milliseconds deadline) -> base::Status {
            auto connection = value(db::Connection::open(url, db::OpenMode::ReadWrite));
            connection->setDeadline(deadline);
            const auto transaction = db::Transaction::begin(*connection);
            return transaction ? base::Status() : base::Status(transaction.error());
        };
        QCOMPARE(idsOf(diagnosed(url, around)), QStringList());
        const auto held = db::Transaction::begin(s->connection());
        QVERIFY(held);
        const domain::Diagnosis found = diagnosed(url, around);
        QCOMPARE(idsOf(found), QStringList(u"database-busy"_s));
        QCOMPARE(found.findings[0].explains, 2);
    }

    // As a guest, on columns that hold NULL.
    void aGuestIsServedToo()
    {
        const db::DatabaseUrl url = m_fixture.emptyDatabase();
        const QString problem = StoreFixture::psql(url, uR"(
            CREATE TABLE "Job" ("id" uuid PRIMARY KEY DEFAULT gen_random_uuid(), "type" text,
                "payload" json, "status" text, "attempts" int, "error" text,
                "createdAt" timestamp DEFAULT now(), "completedAt" timestamp);
            CREATE INDEX ON "Job" ("status", "createdAt");
            INSERT INTO "Job" ("type", "payload", "status", "attempts") VALUES
                ('other', '{}', NULL, 0), ('other', '{}', 'pending', NULL),
                ('bulk_import', '{"batchId": "a\u0000b"}', 'completed', NULL);)"_s);
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        // A payload cannot be read, and the server, which is east of UTC, has filled in local
        // times.
        QCOMPARE(idsOf(diagnosed(url)).join(u' '),
                 u"dead-pending odd-status future-jobs import-without-batch"_s);
    }
};

QTEST_GUILESS_MAIN(TestDiagnosis)
#include "tst_diagnosis.moc"
