// SPDX-License-Identifier: GPL-3.0-or-later
// Tables as they are found in practice: each is identified for what it is, what cannot work is off
// with a reason, and viewing works wherever rows can be read.
#include "tests/core/store/storefixture.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace queuedeck;
using namespace queuedeck::test;
using base::ErrorKind;
using domain::JobAction;
using domain::JobStatus;
using store::JobStore;
using store::TableShape;

namespace {
const QString kType = u"report_generation"_s;

// The web application's table, and its rows: one for each status, one without any.
const QString kTable = uR"(
CREATE TABLE "Job" ("id" uuid NOT NULL PRIMARY KEY DEFAULT gen_random_uuid(), "type" text NOT NULL,
    "payload" jsonb NOT NULL, "status" text DEFAULT 'pending', "attempts" integer DEFAULT 0,
    "error" text, "createdAt" timestamp(3) DEFAULT CURRENT_TIMESTAMP, "completedAt" timestamp(3));
CREATE INDEX "Job_status_createdAt_idx" ON "Job" ("status", "createdAt");
INSERT INTO "Job" ("type", "payload", "status", "createdAt") SELECT 'report_generation', '{}', s,
    timestamp '2026-01-01' + n * interval '1 minute'
    FROM unnest(ARRAY['pending', 'processing', 'completed', 'failed', 'pending', NULL])
    WITH ORDINALITY AS x(s, n);
)"_s;

domain::JobIds idsOf(JobStore& store, const QString& text)
{
    return value(store.jobs.freeze(*domain::JobFilter::parse(text))).ids();
}

store::Settlement completed(const store::ClaimedJob& job)
{
    store::Settlement result;
    result.id = job.id;
    result.version = job.version;
    result.outcome = u"completed"_s;
    return result;
}
} // namespace

class TestTableShape : public QObject
{
    Q_OBJECT

    StoreFixture m_fixture;

    db::DatabaseUrl found(const QString& script)
    {
        const db::DatabaseUrl url = m_fixture.emptyDatabase();
        const QString problem = StoreFixture::psql(url, script);
        if (!problem.isEmpty())
            qFatal("%s", qPrintable(problem));
        return url;
    }

    std::unique_ptr<JobStore> guest(const QString& more = {})
    {
        return m_fixture.open(found(kTable + more));
    }

    /// The same database as a user with few privileges.
    db::DatabaseUrl as(db::DatabaseUrl url, const QString& rights)
    {
        const QString user = u"user_%1"_s.arg(QString(url.database).remove(u'-'));
        const QString problem = StoreFixture::psql(
            url, u"CREATE ROLE \"%1\" LOGIN PASSWORD 'few rights'; GRANT USAGE ON SCHEMA public TO "
                 "\"%1\"; %2"_s.arg(user, QString(rights).replace(u"USER"_s, u'"' + user + u'"')));
        if (!problem.isEmpty())
            qFatal("%s", qPrintable(problem));
        url.user = user;
        url.password = u"few rights"_s;
        return url;
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QString problem = m_fixture.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }

    void variants_data()
    {
        QTest::addColumn<QString>("script");
        QTest::addColumn<QString>("changesOff"); // part of the sentence; empty: changes work
        QTest::addColumn<QString>("enqueueOff");
        QTest::addColumn<QString>("note");
        const auto row = [](const char* name, const char* script, const char* changesOff = "",
                            const char* enqueueOff = "", const char* note = "ImageScan") {
            QTest::newRow(name) << QString::fromUtf8(script) << QString::fromUtf8(changesOff)
                                << QString::fromUtf8(enqueueOff) << QString::fromUtf8(note);
        };
        row("as it is", "");
        row("payload json", "ALTER TABLE \"Job\" ALTER \"payload\" TYPE json");
        row("payload text", "ALTER TABLE \"Job\" ALTER \"payload\" TYPE text", "", "", "not JSON");
        row("text ids", "ALTER TABLE \"Job\" ALTER \"id\" TYPE text");
        row("varchar ids", "ALTER TABLE \"Job\" ALTER \"id\" TYPE varchar(191)");
        row("cuid ids",
            "ALTER TABLE \"Job\" ALTER \"id\" DROP DEFAULT, ALTER \"id\" TYPE varchar(25) "
            "USING left(\"id\"::text, 25)",
            "", "too short for a uuid");
        row("number ids",
            "ALTER TABLE \"Job\" DROP COLUMN \"id\"; ALTER TABLE \"Job\" ADD "
            "\"id\" serial PRIMARY KEY",
            "", "numbers");
        row("big number ids",
            "ALTER TABLE \"Job\" DROP COLUMN \"id\"; ALTER TABLE \"Job\" ADD "
            "\"id\" bigserial PRIMARY KEY",
            "", "numbers");
        row("ids of bytes",
            "ALTER TABLE \"Job\" DROP COLUMN \"id\"; ALTER TABLE \"Job\" ADD "
            "\"id\" bytea NOT NULL DEFAULT uuid_send(gen_random_uuid())",
            "id is of the type bytea");
        row("times with a zone", "ALTER TABLE \"Job\" ALTER \"createdAt\" TYPE timestamptz, "
                                 "ALTER \"completedAt\" TYPE timestamptz(6)");
        row("times as numbers", "ALTER TABLE \"Job\" ALTER \"completedAt\" TYPE bigint USING 0",
            "completedAt is of the type bigint");
        row("status enum",
            "CREATE TYPE \"S\" AS ENUM ('pending', 'processing', 'completed', "
            "'failed', 'parked'); ALTER TABLE \"Job\" ALTER \"status\" DROP DEFAULT, "
            "ALTER \"status\" TYPE \"S\" USING \"status\"::\"S\"");
        row("status enum without failed",
            "DELETE FROM \"Job\" WHERE status = 'failed'; CREATE TYPE "
            "\"S\" AS ENUM ('pending', 'processing', 'completed'); ALTER TABLE \"Job\" ALTER "
            "\"status\" DROP DEFAULT, ALTER \"status\" TYPE \"S\" USING \"status\"::\"S\"",
            "without the label failed");
        row("status enum in capitals",
            "CREATE TYPE \"S\" AS ENUM ('PENDING', 'PROCESSING', 'COMPLETED', 'FAILED'); "
            "ALTER TABLE \"Job\" ALTER \"status\" DROP DEFAULT, "
            "ALTER \"status\" TYPE \"S\" USING upper(\"status\")::\"S\"",
            "without the label pending, processing, completed, failed");
        row("type enum", "CREATE TYPE \"T\" AS ENUM ('report_generation', 'bulk_import'); "
                         "ALTER TABLE \"Job\" ALTER \"type\" TYPE \"T\" USING \"type\"::\"T\"");
        row("char ids",
            "ALTER TABLE \"Job\" ALTER \"id\" DROP DEFAULT, ALTER \"id\" TYPE char(26) "
            "USING left(\"id\"::text, 20)",
            "", "too short for a uuid");
        row("domains",
            "CREATE DOMAIN an_id AS uuid; CREATE DOMAIN words AS varchar(40) CHECK (VALUE <> ''); "
            "ALTER TABLE \"Job\" ALTER \"id\" TYPE an_id, ALTER \"status\" TYPE words, "
            "ALTER \"error\" TYPE words");
        row("citext", "CREATE EXTENSION citext; ALTER TABLE \"Job\" ALTER \"error\" TYPE citext, "
                      "ALTER \"type\" TYPE citext");
        row("numeric attempts", "ALTER TABLE \"Job\" ALTER \"attempts\" TYPE numeric(5, 2)");
        row("dates", "ALTER TABLE \"Job\" ALTER \"createdAt\" TYPE date, "
                     "ALTER \"completedAt\" TYPE date");
        row("small number ids",
            "ALTER TABLE \"Job\" DROP COLUMN \"id\"; ALTER TABLE \"Job\" ADD "
            "\"id\" smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
            "", "numbers");
        row("no empty error",
            "UPDATE \"Job\" SET \"error\" = ''; ALTER TABLE \"Job\" ALTER \"error\" "
            "SET NOT NULL",
            "", "a column error that must be filled");
        row("partitioned",
            "ALTER TABLE \"Job\" RENAME TO \"Job_\"; CREATE TABLE \"Job\" (LIKE \"Job_\") "
            "PARTITION BY "
            "RANGE (\"createdAt\"); CREATE TABLE \"Job_all\" PARTITION OF \"Job\" DEFAULT; "
            "INSERT INTO \"Job\" SELECT * FROM \"Job_\"",
            "partitioned");
        row("no attempts", "ALTER TABLE \"Job\" DROP COLUMN \"attempts\"", "no column attempts");
        row("no error", "ALTER TABLE \"Job\" DROP COLUMN \"error\"", "no column error");
        row("no completedAt", "ALTER TABLE \"Job\" DROP COLUMN \"completedAt\"",
            "no column completedAt");
        row("no status", "ALTER TABLE \"Job\" DROP COLUMN \"status\"", "no column status");
        row("no payload", "ALTER TABLE \"Job\" DROP COLUMN \"payload\"", "no column payload");
        row("renamed",
            "ALTER TABLE \"Job\" RENAME \"attempts\" TO \"tries\"; ALTER TABLE \"Job\" "
            "RENAME \"createdAt\" TO \"created_at\"",
            "no column attempts, createdAt");
        row("attempts as text",
            "ALTER TABLE \"Job\" ALTER \"attempts\" DROP DEFAULT, "
            "ALTER \"attempts\" TYPE text",
            "attempts is of the type text");
        row("a view",
            "ALTER TABLE \"Job\" RENAME TO \"Job_\"; CREATE VIEW \"Job\" AS SELECT * FROM "
            "\"Job_\"",
            "is a view", "");
        row("a tenant to fill",
            "ALTER TABLE \"Job\" ADD \"tenantId\" uuid NOT NULL DEFAULT "
            "gen_random_uuid(); ALTER TABLE \"Job\" ALTER \"tenantId\" DROP DEFAULT",
            "", "tenantId");
        row("more columns", "ALTER TABLE \"Job\" ADD \"tenantId\" uuid, ADD \"v\" int DEFAULT 1");
        row("no index", "DROP INDEX \"Job_status_createdAt_idx\"", "", "", "CREATE INDEX");
        row("another index", "DROP INDEX \"Job_status_createdAt_idx\"; CREATE INDEX ON \"Job\" "
                             "(\"status\", \"createdAt\", \"type\")");
        row("part of an index",
            "DROP INDEX \"Job_status_createdAt_idx\"; CREATE INDEX ON \"Job\" "
            "(\"status\", \"createdAt\") WHERE \"status\" = 'pending'",
            "", "", "CREATE INDEX");
    }

    void variants()
    {
        QFETCH(QString, script);
        QFETCH(QString, changesOff);
        QFETCH(QString, enqueueOff);
        QFETCH(QString, note);
        const auto s = guest(script);
        const TableShape& shape = s->shape();
        QCOMPARE(shape.mode, domain::QueueMode::Guest);
        QVERIFY2(changesOff.isEmpty() ? shape.changesOff.isEmpty()
                                      : shape.changesOff.contains(changesOff),
                 qPrintable(shape.changesOff));
        QVERIFY2(enqueueOff.isEmpty() ? shape.enqueueOff.isEmpty() || !changesOff.isEmpty()
                                      : shape.enqueueOff.contains(enqueueOff),
                 qPrintable(shape.enqueueOff));
        QVERIFY2(base::english(shape.notes).join(u'\n').contains(note),
                 qPrintable(base::english(shape.notes).join(u'\n')));

        // Viewing works in any case.
        const auto page = value(s->jobs.page({}));
        QVERIFY(page.jobs.size() >= 5);
        const domain::JobId first = page.jobs.front().id;
        QCOMPARE(value(s->jobs.job(first)).job.id, first);
        QVERIFY(value(s->jobs.snapshot()).counts.total() >= 5);
        QVERIFY(value(s->jobs.count(*domain::JobFilter::parse(u"payload.x:1 status:unknown"_s), 10))
                    .count == 0);
        QVERIFY(value(s->scans.list({})).isEmpty());

        // Running works, or says why not without having done anything.
        const QString before = StoreFixture::dump(*s, {u"\"Job\""_s});
        const auto claim = s->leases.claim(u"e"_s, {kType}, 10, 30s);
        QCOMPARE(bool(claim), changesOff.isEmpty());
        if (!claim) {
            QCOMPARE(claim.error().kind, ErrorKind::Unsupported);
            const auto refused = s->changes.change(JobAction::Retry, {first}, {});
            QVERIFY(!refused);
            QCOMPARE(refused.error().kind, ErrorKind::Unsupported);
            QCOMPARE(StoreFixture::dump(*s, {u"\"Job\""_s}), before);
            return;
        }
        QCOMPARE(claim->jobs.size(), 2);
        QVector<store::Settlement> results;
        for (const store::ClaimedJob& job : claim->jobs)
            results += completed(job);
        QCOMPARE(value(s->leases.settle({claim->token, results})).accepted.size(), 2);
        const auto added = s->additions.enqueue({{kType, {}}}, kTester);
        QCOMPARE(bool(added), enqueueOff.isEmpty());
    }

    void aGuestWorksUnderTheRowGuardAlone()
    {
        const auto s = guest();
        const store::Claim claim = value(s->leases.claim(u"e"_s, {kType}, 10, 30s));
        QCOMPARE(claim.jobs.size(), 2);
        QVERIFY(value(s->leases.claim(u"e"_s, {kType}, 10, 30s)).jobs.isEmpty());
        QCOMPARE(value(s->leases.heartbeat(claim.held(), 30s)).size(), 2);
        // Another program writes the row, even with the same values: it is not ours any more.
        StoreFixture::set(*s, claim.jobs[0].id, u"\"status\" = \"status\""_s);
        const auto kept = value(s->leases.heartbeat(claim.held(), 30s));
        QCOMPARE(kept.size(), 1);
        QCOMPARE(kept[0].id, claim.jobs[1].id);
        const auto accepted =
            value(s->leases.settle(
                      {claim.token, {completed(claim.jobs[0]), completed(claim.jobs[1])}}))
                .accepted;
        QCOMPARE(accepted, domain::JobIds{claim.jobs[1].id});
        QCOMPARE(StoreFixture::job(*s, claim.jobs[0].id).status, JobStatus::Processing);
        QCOMPARE(StoreFixture::job(*s, claim.jobs[1].id).status, JobStatus::Completed);
        // Whether the other one is being run cannot be known, so it is not reported as stuck.
        QVERIFY(value(s->jobs.freeze(*domain::JobFilter::parse(u"is:stuck"_s))).isEmpty());
        QCOMPARE(value(s->jobs.snapshot()).stuck + value(s->jobs.snapshot()).unwatched, 0);
        // Refused a second time as well.
        QVERIFY(
            value(s->leases.settle({claim.token, {completed(claim.jobs[1])}})).accepted.isEmpty());
    }

    void aGuestKeepsBackOffsInMind()
    {
        const auto s = guest();
        const store::Claim claim = value(s->leases.claim(u"e"_s, {kType}, 1, 30s));
        store::Settlement later = completed(claim.jobs[0]);
        later.status = JobStatus::Pending;
        later.error = u"not yet"_s;
        later.retryIn = 1h;
        QCOMPARE(value(s->leases.settle({claim.token, {later}})).accepted.size(), 1);
        const store::Claim next = value(s->leases.claim(u"e"_s, {kType}, 10, 30s));
        QCOMPARE(next.jobs.size(), 1);
        QVERIFY(next.jobs[0].id != claim.jobs[0].id);
        QVERIFY(!value(s->leases.hasClaimable({kType})));
        QVERIFY(value(s->leases.hasPending({kType})));
    }

    void aGuestChangesByTheRuleAndCannotUndo()
    {
        const auto s = guest();
        const domain::JobIds failed = idsOf(*s, u"status:failed"_s);
        const auto retried = value(s->changes.change(JobAction::Retry, failed, note(u"retry"_s)));
        QCOMPARE(retried.changed, 1);
        QVERIFY(retried.journal.isEmpty());
        QCOMPARE(idsOf(*s, u"status:pending"_s).size(), 3);
        const domain::JobIds pending = idsOf(*s, u"status:pending"_s);
        QCOMPARE(domain::prediction(JobAction::Cancel, value(s->jobs.freeze(pending))).changed, 3);
        QCOMPARE(idsOf(*s, u"status:pending"_s).size(), 3);
        QCOMPARE(value(s->changes.change(JobAction::Cancel, pending, note(u"cancel"_s))).changed,
                 3);
        const auto all = idsOf(*s, u""_s);
        const auto deleted = value(s->changes.change(JobAction::Delete, all, note(u"delete"_s)));
        QCOMPARE(deleted.changed, 4); // neither the processing nor the unknown one
        QCOMPARE(deleted.skipped.size(), 2);
        const auto refused = s->changes.change(JobAction::RunNext, all, note(u"x"_s));
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::Unsupported);
        const auto repaired = value(s->changes.change(JobAction::Repair, all, note(u"repair"_s)));
        QCOMPARE(repaired.changed, 1);
        QVERIFY(repaired.journal.isEmpty());
        QVERIFY(idsOf(*s, u"status:unknown"_s).isEmpty());
        const auto undone = s->changes.undo({});
        QVERIFY(!undone);
        QCOMPARE(undone.error().kind, ErrorKind::Unsupported);
        QVERIFY(value(s->changes.journal(10)).isEmpty());
        domain::NewScan card;
        card.bytes = "x";
        QVERIFY(!s->scans.add(card, kTester));
    }

    void initMakesAGuestAtHome()
    {
        const db::DatabaseUrl url = found(kTable);
        const QString before = StoreFixture::dump(*m_fixture.open(url), {u"\"Job\""_s});
        QVERIFY(JobStore::initialise(url));
        const auto s = m_fixture.open(url);
        QCOMPARE(s->shape().mode, domain::QueueMode::Beside);
        QCOMPARE(StoreFixture::dump(*s, {u"\"Job\""_s}), before);
        QCOMPARE(m_fixture.fresh(StoreKind::Postgres)->shape().mode, domain::QueueMode::Own);
        QCOMPARE(m_fixture.fresh(StoreKind::Sqlite)->shape().mode, domain::QueueMode::Own);
    }

    void rightsAreToldBeforeTheyAreMissed()
    {
        const db::DatabaseUrl url = found(kTable);
        const auto none = JobStore::open(as(url, {}), db::OpenMode::ReadWrite);
        QVERIFY(!none);
        QCOMPARE(none.error().kind, ErrorKind::Denied);
        QVERIFY(none.error().detail.contains(u"GRANT SELECT"_s));

        const db::DatabaseUrl second = found(kTable);
        const auto viewer = m_fixture.open(as(second, u"GRANT SELECT ON \"Job\" TO USER"_s));
        QVERIFY(viewer->shape().changesOff.contains(u"not change it"_s));
        QVERIFY(!viewer->shape().enqueueOff.isEmpty());
        QVERIFY(value(viewer->jobs.page({})).jobs.size() == 6);

        // An engine needs only the four columns that it writes.
        const db::DatabaseUrl third = found(kTable);
        const auto engine =
            m_fixture.open(as(third, u"GRANT SELECT, UPDATE (\"status\", \"attempts\", \"error\", "
                                     "\"completedAt\") ON \"Job\" TO USER"_s));
        QVERIFY2(engine->shape().changesOff.isEmpty(), qPrintable(engine->shape().changesOff));
        const store::Claim claim = value(engine->leases.claim(u"e"_s, {kType}, 1, 30s));
        QCOMPARE(
            value(engine->leases.settle({claim.token, {completed(claim.jobs[0])}})).accepted.size(),
            1);
    }

    void aServerInAnotherZoneMakesNoDifference()
    {
        const auto s = guest(u"DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET timezone = "
                             "''Asia/Bangkok''', current_database()); END $$;"_s);
        const auto again = m_fixture.open(s->connection().url());
        const domain::JobId id = value(again->additions.enqueue({{kType, {}}}, kTester)).front();
        const QDateTime now = QDateTime::currentDateTimeUtc();
        QVERIFY(qAbs(StoreFixture::job(*again, id).createdAt.secsTo(now)) < 60);
        const store::Claim claim = value(again->leases.claim(u"e"_s, {kType}, 10, 30s));
        for (const store::ClaimedJob& job : claim.jobs)
            value(again->leases.settle({claim.token, {completed(job)}}));
        QVERIFY(qAbs(StoreFixture::job(*again, id).completedAt.secsTo(now)) < 60);
        QVERIFY(
            qAbs(StoreFixture::sql(*again, u"SELECT EXTRACT(EPOCH FROM (now() AT TIME ZONE "
                                           "'UTC') - MAX(\"completedAt\"))::int FROM \"Job\""_s)[0]
                     .integer(0)) < 60);
    }

    void whatIsWrittenIsAsPrismaWritesIt_data()
    {
        QTest::addColumn<int>("jobs");
        QTest::newRow("one") << 1;
        QTest::newRow("many, which are streamed") << 150;
    }

    void whatIsWrittenIsAsPrismaWritesIt()
    {
        // The columns of the guide's model, as its client reads them: a uuid, a JSON object, UTC to
        // the millisecond, an error that is NULL rather than empty.
        const auto s = m_fixture.fresh(StoreKind::Deployed);
        domain::NewJob job{kType, {{u"text"_s, u"ü \" \\ \t \n \\N \u0001"_s}, {u"n"_s, 1.5}}};
        QFETCH(int, jobs);
        const domain::JobId id =
            value(s->additions.enqueue(QVector<domain::NewJob>(jobs, job), kTester)).front();
        const auto read = [&](const char* expression) {
            return StoreFixture::sql(*s,
                                     u"SELECT %1 FROM \"Job\" WHERE \"id\" = :id"_s.arg(
                                         QLatin1StringView(expression)),
                                     {{u"id"_s, id.value}})[0]
                .text(0);
        };
        QCOMPARE(read("jsonb_typeof(\"payload\")"), u"object"_s);
        QCOMPARE(read("\"payload\" ->> 'text'"), u"ü \" \\ \t \n \\N \u0001"_s);
        QCOMPARE(read("(date_trunc('milliseconds', \"createdAt\") = \"createdAt\")::text"),
                 u"true"_s);
        QCOMPARE(read("(\"error\" IS NULL AND \"completedAt\" IS NULL)::text"), u"true"_s);
        QCOMPARE(read("\"attempts\"::text || \"status\""), u"0pending"_s);
        const store::Claim claim = value(s->leases.claim(u"e"_s, {kType}, 1, 30s));
        QCOMPARE(claim.jobs[0].id, id);
        value(s->leases.settle({claim.token, {completed(claim.jobs[0])}}));
        QCOMPARE(read("\"attempts\"::text || \"status\" || (\"error\" IS NULL)::text || "
                      "(\"completedAt\" IS NOT NULL)::text"),
                 u"1completedtruetrue"_s);
    }

    void anOlderFileWaitsForInit()
    {
        const db::DatabaseUrl url = m_fixture.freshDatabase(StoreKind::Sqlite);
        StoreFixture::sql(*m_fixture.open(url), u"DELETE FROM queuedeck_schema WHERE version = "
                                                "(SELECT MAX(version) FROM queuedeck_schema)"_s);
        const auto opened = JobStore::open(url, db::OpenMode::ReadWrite);
        QVERIFY(!opened);
        QCOMPARE(opened.error().kind, ErrorKind::Unsupported);
        QVERIFY(opened.error().detail.contains(u"older Queuedeck"_s));
    }
};

QTEST_GUILESS_MAIN(TestTableShape)
#include "tst_tableshape.moc"
