// SPDX-License-Identifier: GPL-3.0-or-later
// What must never happen, whatever the table: a bad row that stops the others, a filter with two
// meanings, a time read in two ways, two queues that share a journal, a scan that an old job
// disturbs.
#include "core/db/rows.h"
#include "tests/core/store/storefixture.h"

#include <QJsonDocument>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace queuedeck;
using namespace queuedeck::test;
using base::ErrorKind;
using domain::JobAction;
using domain::JobId;
using domain::JobIds;
using domain::JobStatus;
using store::JobStore;

namespace {
const QString kType = u"report_generation"_s;

JobIds found(JobStore& store, const QString& query)
{
    const auto filter = domain::JobFilter::parse(query);
    if (!filter)
        qFatal("%s: %s", qPrintable(query), qPrintable(filter.error().message));
    return value(store.jobs.freeze(*filter)).ids();
}

store::Settlement resultFor(const store::ClaimedJob& job, JobStatus status = JobStatus::Completed)
{
    store::Settlement result;
    result.id = job.id;
    result.version = job.version;
    result.address = job.address;
    result.type = job.type;
    result.payload = job.payload;
    result.status = status;
    result.outcome = domain::statusText(status);
    if (status == JobStatus::Failed)
        result.error = u"failed"_s;
    return result;
}

// A custom effect: the store carries it out without knowing its type.
class CountingEffect final : public store::EffectType
{
public:
    QString kind() const override { return u"count"_s; }
    QStringList jobTypes() const override { return {}; }
    std::optional<domain::Effect> effectOf(const QByteArray&) const override { return {}; }
    base::Result<QVector<store::EffectImage>>
    follow(const store::EffectPlace& place, const QVector<store::Move>& moves) const override
    {
        for (const store::Move& move : moves) {
            const auto done = place.connection.run(
                u"INSERT INTO counted VALUES (:target, :status)"_s,
                {{u"target"_s, move.effects.front().target}, {u"status"_s, move.status}});
            if (!done)
                return done.error();
        }
        return QVector<store::EffectImage>();
    }
    base::Result<QStringList> restore(const store::EffectPlace&,
                                      const QVector<store::EffectImage>&) const override
    {
        return {};
    }
};
} // namespace

class TestStoreKinds : public QObject
{
    Q_OBJECT

    StoreFixture m_fixture;

    std::unique_ptr<JobStore> beside(const QString& script)
    {
        const db::DatabaseUrl url = m_fixture.emptyDatabase();
        if (const QString problem = StoreFixture::psql(url, script); !problem.isEmpty())
            qFatal("%s", qPrintable(problem));
        if (const base::Status made = JobStore::initialise(url); !made)
            qFatal("%s", qPrintable(made.error().detail));
        return m_fixture.open(url);
    }

    std::unique_ptr<JobStore> besideInAFile(const QString& script)
    {
        const db::DatabaseUrl url = m_fixture.emptyFile();
        if (const QString problem = StoreFixture::sqlite(url, script); !problem.isEmpty())
            qFatal("%s", qPrintable(problem));
        if (const base::Status made = JobStore::initialise(url); !made)
            qFatal("%s", qPrintable(made.error().detail));
        return m_fixture.open(url);
    }

    static void bothKinds()
    {
        QTest::addColumn<StoreKind>("kind");
        QTest::newRow("SQLite") << StoreKind::Sqlite;
        QTest::newRow("PostgreSQL") << StoreKind::Postgres;
    }

    std::unique_ptr<JobStore> fresh()
    {
        QFETCH(StoreKind, kind);
        return m_fixture.fresh(kind);
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QString problem = m_fixture.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }

    void oneRefusedRowKeepsNoOther_data() { bothKinds(); }
    void oneRefusedRowKeepsNoOther()
    {
        const auto s = fresh();
        const JobIds ids = StoreFixture::add(*s, 1200);
        StoreFixture::sql(*s, u"UPDATE \"Job\" SET \"status\" = 'completed'"_s);
        const bool isSqlite = s->shape().dialect == db::Dialect::Sqlite;
        StoreFixture::sql(*s,
                          u"CREATE TABLE \"Invoice\" (job %1 REFERENCES \"Job\" (\"id\"))"_s.arg(
                              isSqlite ? u"TEXT"_s : u"uuid"_s));
        StoreFixture::sql(*s, u"INSERT INTO \"Invoice\" VALUES (:id)"_s,
                          {{u"id"_s, ids[777].value}});
        const auto outcome = value(s->changes.change(JobAction::Delete, ids, note(u"delete"_s)));
        QCOMPARE(outcome.changed, 1199);
        QCOMPARE(outcome.skipped.size(), 1);
        QCOMPARE(outcome.skipped[0].id, ids[777].value);
        QVERIFY2(outcome.skipped[0].why.text().contains(isSqlite ? u"FOREIGN KEY"_s : u"Invoice"_s),
                 qPrintable(outcome.skipped[0].why.text()));
        QVERIFY(!outcome.journal.isEmpty());
        QCOMPARE(value(s->changes.journal(1))[0].changed, 1199);
        QCOMPARE(value(s->changes.undo(outcome.journal)).changed, 1199);
        QCOMPARE(found(*s, u"status:completed"_s).size(), 1200);
    }

    void whatGoesWithADeletedJobIsSaid_data() { bothKinds(); }
    void whatGoesWithADeletedJobIsSaid()
    {
        const auto s = fresh();
        const bool isSqlite = s->shape().dialect == db::Dialect::Sqlite;
        const QString type = isSqlite ? u"TEXT"_s : u"uuid"_s;
        for (const QString& action : {u"CASCADE"_s, u"SET NULL"_s, u"NO ACTION"_s})
            StoreFixture::sql(
                *s,
                u"CREATE TABLE \"On %1\" (job %2 REFERENCES \"Job\" (\"id\") ON DELETE %1)"_s.arg(
                    action, type));
        const auto again = m_fixture.open(s->connection().url());
        const QString said = base::english(again->shape().lostByDelete).join(u'\n');
        QVERIFY(said.contains(u"On CASCADE"_s) && said.contains(u"On SET NULL"_s));
        QVERIFY(!said.contains(u"NO ACTION"_s));
        QCOMPARE(value(again->jobs.previewCleanUp(
                           domain::CleanUp::olderThan(1, QDateTime::currentDateTimeUtc())))
                     .lost,
                 again->shape().lostByDelete);
    }

    // Rows are deleted with the rows they refer to: as far as the cascade reaches, and no further.
    void whatGoesAlongACascadeIsSaid_data() { bothKinds(); }
    void whatGoesAlongACascadeIsSaid()
    {
        const auto s = fresh();
        const QString type = s->shape().dialect == db::Dialect::Sqlite ? u"TEXT"_s : u"uuid"_s;
        for (
            const QString& table :
            {u"note (id int PRIMARY KEY, first %1 REFERENCES \"Job\" (\"id\") ON DELETE CASCADE, "
             "second %1 REFERENCES \"Job\" (\"id\") ON DELETE CASCADE)"_s.arg(type),
             u"attachment (id int PRIMARY KEY, parent int REFERENCES attachment (id) ON DELETE "
             "CASCADE, note int REFERENCES note (id) ON DELETE CASCADE)"_s,
             u"reading (id int PRIMARY KEY, attachment int REFERENCES attachment (id) ON DELETE "
             u"SET "
             "NULL)"_s,
             u"beyond (id int PRIMARY KEY, reading int REFERENCES reading (id) ON DELETE CASCADE)"_s,
             u"kept (id int PRIMARY KEY, note int REFERENCES note (id))"_s})
            StoreFixture::sql(*s, u"CREATE TABLE "_s + table);
        QStringList said =
            base::english(m_fixture.open(s->connection().url())->shape().lostByDelete);
        said.sort();
        QCOMPARE(said, QStringList({u"rows of attachment that name one of attachment go with it"_s,
                                    u"rows of attachment that name one of note go with it"_s,
                                    u"rows of note that name the job go with it"_s,
                                    u"rows of reading no longer name one of attachment"_s}));
    }

    void anUndoThatRestoresNothingLeavesTheEntryOpen_data() { bothKinds(); }
    void anUndoThatRestoresNothingLeavesTheEntryOpen()
    {
        const auto s = fresh();
        const JobIds ids = StoreFixture::add(*s, 1);
        StoreFixture::set(*s, ids[0], u"\"status\" = 'failed', \"error\" = 'x'"_s);
        const auto retried = value(s->changes.change(JobAction::Retry, ids, note(u"retry"_s)));
        StoreFixture::set(*s, ids[0], u"\"status\" = 'completed'"_s);
        QCOMPARE(value(s->changes.undo(retried.journal)).changed, 0);
        StoreFixture::set(*s, ids[0], u"\"status\" = 'pending'"_s);
        QCOMPARE(value(s->changes.undo(retried.journal)).changed, 1);
        QCOMPARE(StoreFixture::job(*s, ids[0]).error, u"x"_s);
    }

    // What the application has meanwhile written into a column of its own is kept.
    void undoWritesOnlyWhatTheActionDid()
    {
        for (const bool isFile : {false, true}) {
            const QString script =
                u"CREATE TABLE \"Job\" (\"id\" %1 PRIMARY KEY, \"type\" text, \"payload\" %2, "
                u"\"status\" "
                "text, \"attempts\" int, \"error\" text, \"createdAt\" timestamp, \"completedAt\" "
                "timestamp, \"tenantId\" text DEFAULT 'none', \"raw\" %3);"_s.arg(
                    isFile ? u"TEXT"_s : u"uuid"_s, isFile ? u"TEXT"_s : u"json"_s,
                    isFile ? u"BLOB"_s : u"bytea"_s);
            const auto s = isFile ? besideInAFile(script) : beside(script);
            const JobIds ids = StoreFixture::add(*s, 2);
            const QString bytes = isFile ? u"x'00ff10'"_s : u"'\\x00ff10'"_s;
            for (const JobId& id : ids)
                StoreFixture::set(
                    *s, id,
                    u"\"status\" = 'failed', \"error\" = 'x', \"tenantId\" = 't', \"raw\" = "_s +
                        bytes);
            const QString before = StoreFixture::dump(*s, {u"\"Job\""_s});
            const auto deleted =
                value(s->changes.change(JobAction::Delete, ids, note(u"delete"_s)));
            QCOMPARE(value(s->changes.undo(deleted.journal)).changed, 2);
            QCOMPARE(StoreFixture::dump(*s, {u"\"Job\""_s}), before);
            const auto retried = value(s->changes.change(JobAction::Retry, ids, note(u"retry"_s)));
            StoreFixture::set(*s, ids[0], u"\"tenantId\" = 'moved'"_s);
            const auto undone = value(s->changes.undo(retried.journal));
            QCOMPARE(undone.changed, 2);
            QCOMPARE(StoreFixture::sql(*s, u"SELECT \"tenantId\" FROM \"Job\" WHERE \"id\" = :id"_s,
                                       {{u"id"_s, ids[0].value}})[0]
                         .text(0),
                     u"moved"_s);
            const auto whole = value(s->jobs.wholeRows(ids));
            QCOMPARE(whole.value(ids[1]).value(u"tenantId"_s).toString(), u"t"_s);
        }
    }

    void aResultThatIsRefusedKeepsNoOther_data() { bothKinds(); }
    void aResultThatIsRefusedKeepsNoOther()
    {
        const auto s = fresh();
        const JobIds ids = StoreFixture::add(*s, 7);
        const bool isSqlite = s->shape().dialect == db::Dialect::Sqlite;
        // A job that cannot be completed or freed by anybody.
        if (isSqlite)
            StoreFixture::sql(
                *s,
                u"CREATE TRIGGER no BEFORE UPDATE ON \"Job\" WHEN OLD.\"id\" = '%1' AND "
                "NEW.\"status\" <> 'processing' BEGIN SELECT RAISE(ABORT, 'it stays'); END"_s.arg(
                    ids[3].value));
        else
            StoreFixture::sql(
                *s, u"ALTER TABLE \"Job\" ADD CHECK (\"id\" <> '%1' OR \"status\" IN ('pending', "
                    "'processing') AND \"error\" IS NULL)"_s.arg(ids[3].value));
        const store::Claim claim = value(s->leases.claim(u"e"_s, {kType}, 10, 30s));
        QCOMPARE(claim.jobs.size(), 7);
        store::Results results{claim.token, {}};
        for (const store::ClaimedJob& job : claim.jobs)
            results.settlements += resultFor(job);
        const store::Settled settled = value(s->leases.settle(results));
        QCOMPARE(settled.accepted.size(), 6);
        QCOMPARE(settled.refused.size(), 1);
        QCOMPARE(settled.refused[0].id, ids[3]);
        QVERIFY(!settled.refused[0].reason.isEmpty());
        // Its lease expires; the rescue skips it and frees the others.
        StoreFixture::add(*s, 2);
        const store::Claim second = value(s->leases.claim(u"e"_s, {kType}, 10, 30s));
        QCOMPARE(second.jobs.size(), 2);
        StoreFixture::sql(*s, isSqlite ? u"UPDATE queuedeck_claim SET expires_at = 1"_s
                                       : u"UPDATE queuedeck.lease SET expires_at = '2020-01-01'"_s);
        QCOMPARE(value(s->leases.rescue()).size(), 2);
        QCOMPARE(value(s->leases.rescue()).size(), 0);
        QCOMPARE(StoreFixture::job(*s, ids[3]).status, JobStatus::Processing);
        QCOMPARE(found(*s, u"is:stuck"_s), JobIds{ids[3]});
    }

    void aJobThatCannotBeTakenIsPutOff_data() { bothKinds(); }
    void aJobThatCannotBeTakenIsPutOff()
    {
        const auto s = fresh();
        const JobIds ids = StoreFixture::add(*s, 9);
        for (const int bad : {0, 4}) {
            if (s->shape().dialect == db::Dialect::Sqlite)
                StoreFixture::sql(
                    *s, u"CREATE TRIGGER no%1 BEFORE UPDATE ON \"Job\" WHEN OLD.\"id\" = '%2' "
                        "BEGIN SELECT RAISE(ABORT, 'it stays'); END"_s.arg(bad)
                            .arg(ids[bad].value));
            else
                StoreFixture::sql(
                    *s, u"ALTER TABLE \"Job\" ADD CHECK (\"id\" <> '%1' OR \"attempts\" = 0)"_s.arg(
                            ids[bad].value));
        }
        QSet<JobId> taken;
        int refused = 0;
        for (int round = 0; round < 9; ++round) {
            const store::Claim claim = value(s->leases.claim(u"e"_s, {kType}, 4, 30s));
            for (const store::ClaimedJob& job : claim.jobs)
                taken += job.id;
            refused += int(claim.refused.size());
        }
        QCOMPARE(taken.size(), 7);
        QCOMPARE(refused, 2);
        QVERIFY(!value(s->leases.hasClaimable({kType})));
        QVERIFY(!value(s->leases.hasPending({kType})));
    }

    void aFilterMeansOneThing_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("names"); // of the jobs that match
        const auto row = [](const char* query, const char* names) {
            QTest::newRow(query) << QString::fromUtf8(query) << QString::fromUtf8(names);
        };
        row("payload.b:true", "a");
        row("payload.b:false", "b");
        row("payload.b:1", "");
        row("payload.a.0:1", "a");
        row("payload.a.1:zwei", "a");
        row("payload.a.-1:zwei", "a");
        row("payload.o.0:key", "b");
        row("payload.n:1.10", "a");
        row("payload.n:1.1", "b");
        row("payload.big:9007199254740993", "a");
        row("payload.\"d.e\":x", "a");
        row("payload.nothing:null", "");
        row("payload.a:1", "");
        row("payload.e:1500", "b");
        row("payload.e:1.5e3", "b");
        row("payload.w:1", "");
        row("payload.w:2", "b");
        row("payload.t:\"50% off_\"", "b");
        row("error:ägypten", "a b");
        row("error:ÄGYPTEN", "a b");
        row("error=ägypten", "");
        row("error=Ägypten", "a");
        row("error:ΣΊΣΥΦ", "c");
        row("error:\"100%\"", "c");
        row("error:_", "");
        row("type:report_generation", "a b c d");
        row("type:REPORT_GENERATION", "");
        row("status:\"PENDING\"", "");
        row("status:\"pending\"", "a b c");
        row("status:pending", "a b c");
        row("status:unknown", "d");
        row("status:\"archived\"", "d");
        row("attempts>=2", "c");
        row("id:01HZ", "c");
        row("id:01hz", "c");
        row("01HZ", "c");
        row("id=01HZXW", "c");
        row("id=01HZX", "");
        row("id:Job-7", "d");
        row("id:job-7", "");
        row("id:%", "");
        row("ägypten", "a b");
    }

    void aFilterMeansOneThing()
    {
        QFETCH(QString, query);
        QFETCH(QString, names);
        const QString columns =
            u"(\"id\" text PRIMARY KEY, \"type\" text, \"payload\" %1, \"status\" text, "
            "\"attempts\" int, \"error\" text, \"createdAt\" timestamp, \"completedAt\" "
            "timestamp, name text);"_s;
        const QString rows = uR"(
INSERT INTO "Job" VALUES ('3fa85f64-5717-4562-b3fc-2c963f66afa6', 'report_generation',
    '{"b": true, "a": [1, "zwei"], "n": 1.10, "big": 9007199254740993, "d.e": "x", "nothing": null}',
    'pending', 0, 'Ägypten', '2026-01-01 00:00:00', NULL, 'a');
INSERT INTO "Job" VALUES ('b2', 'report_generation', '{"b": false, "o": {"0": "key"}, "n": 1.1, "t": "50% off_", "e": 1.5e3, "w": 1, "w": 2}',
    'pending', 0, 'in ÄGYPTEN gescheitert', '2026-01-01 00:00:01', NULL, 'b');
INSERT INTO "Job" VALUES ('01HZXW', 'report_generation', '{}', 'pending', 2, '100% Σίσυφος', '2026-01-01 00:00:02', NULL, 'c');
INSERT INTO "Job" VALUES ('Job-7', 'report_generation', '[]', 'archived', 0, NULL, '2026-01-01 00:00:03', NULL, 'd');
)"_s;
        for (const QString& payload : {u"jsonb"_s, u"json"_s, u"TEXT"_s}) {
            const bool isFile = payload == "TEXT"_L1;
            const QString script = u"CREATE TABLE \"Job\" "_s + columns.arg(payload) + rows;
            const auto s = isFile ? besideInAFile(script) : beside(script);
            QStringList matching;
            for (const JobId& id : found(*s, query))
                matching += StoreFixture::sql(*s, u"SELECT name FROM \"Job\" WHERE \"id\" = :id"_s,
                                              {{u"id"_s, id.value}})[0]
                                .text(0);
            matching.sort();
            QCOMPARE(matching.join(u' '), names);
        }
    }

    void oneReadingOfATime()
    {
        const QDateTime now = QDateTime::currentDateTimeUtc();
        const auto at = [&now](int minutes) { return now.addSecs(-60 * minutes); };
        QString script =
            u"CREATE TABLE \"Job\" (\"id\" TEXT PRIMARY KEY, \"type\" TEXT, \"payload\" TEXT, "
            "\"status\" TEXT, \"attempts\" INT, \"error\" TEXT, \"createdAt\" DATETIME, "
            "\"completedAt\" DATETIME);"_s;
        const QStringList forms{
            u'\'' + at(10).toString(u"yyyy-MM-dd HH:mm:ss"_s) + u'\'',
            u'\'' + at(20).toString(u"yyyy-MM-ddTHH:mm:ss.zzz"_s) + u"+00:00'"_s,
            u'\'' + at(30).toString(u"yyyy-MM-ddTHH:mm:ss.zzz"_s) + u"Z'"_s,
            QString::number(at(40).toMSecsSinceEpoch()),
            QString::number(at(50).toSecsSinceEpoch()),
            u'\'' + at(60).toOffsetFromUtc(19800).toString(u"yyyy-MM-ddTHH:mm:ss.zzz"_s) +
                u"+05:30'"_s,
            u'\'' + at(70).toOffsetFromUtc(-18000).toString(u"yyyy-MM-dd HH:mm:ss"_s) + u"-05'"_s,
            u'\'' + QString::number(at(80).toMSecsSinceEpoch()) + u'\'',
            u"'soon'"_s,
            u"'2026-02-30T00:00:00.000+00:00'"_s,
            u"NULL"_s};
        for (qsizetype i = 0; i < forms.size(); ++i)
            script +=
                u"INSERT INTO \"Job\" VALUES ('%1', 'x', '{}', 'completed', 1, NULL, %2, %2);"_s
                    .arg(i, 2, 10, QChar(u'0'))
                    .arg(forms[i]);
        const auto s = besideInAFile(script);
        for (int i = 0; i < 8; ++i) {
            QCOMPARE(found(*s, u"age>%1min"_s.arg(i * 10 + 5)).size(), 8 - i);
            const domain::Job job = StoreFixture::job(*s, {u"%1"_s.arg(i, 2, 10, QChar(u'0'))});
            QVERIFY(qAbs(job.createdAt.secsTo(at(10 * (i + 1)))) <= 1);
            QVERIFY(qAbs(job.completedAt.secsTo(at(10 * (i + 1)))) <= 1);
        }
        // Newest first, and unreadable times last.
        QStringList order;
        for (const JobId& id : found(*s, u"status:completed"_s))
            order += id.value;
        QCOMPARE(order.first(8), (QStringList{u"00"_s, u"01"_s, u"02"_s, u"03"_s, u"04"_s, u"05"_s,
                                              u"06"_s, u"07"_s}));
        const auto preview = s->jobs.previewCleanUp(domain::CleanUp::olderThan(0, now));
        QVERIFY(!preview);
        QCOMPARE(preview.error().kind, ErrorKind::Unsupported);
        QVERIFY2(preview.error().detail.contains(u"milliseconds"_s),
                 qPrintable(preview.error().detail));
        QCOMPARE(value(s->jobs.snapshot()).completedLastHour, 5);
    }

    void whatIsWrittenHasTheFormOfTheFile_data()
    {
        QTest::addColumn<QString>("existing");
        QTest::addColumn<QString>("pattern"); // of GLOB
        QTest::newRow("blank")
            << u"'2026-01-02 03:04:05'"_s
            << u"'[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]'"_s;
        QTest::newRow("JavaScript") << u"'2026-01-02T03:04:05.678Z'"_s << u"'*T*Z'"_s;
        QTest::newRow("milliseconds")
            << u"1767323045678"_s
            << u"'[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'"_s;
        QTest::newRow("seconds") << u"1767323045"_s
                                 << u"'[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'"_s;
    }

    void whatIsWrittenHasTheFormOfTheFile()
    {
        QFETCH(QString, existing);
        QFETCH(QString, pattern);
        const bool isNumber = !existing.startsWith(u'\'');
        const auto s =
            besideInAFile(u"CREATE TABLE \"Job\" (\"id\" TEXT PRIMARY KEY, \"type\" TEXT, "
                          u"\"payload\" TEXT, \"status\" TEXT, "
                          "\"attempts\" INTEGER, \"error\" TEXT, \"createdAt\" %1, \"completedAt\" "
                          "%1) STRICT; INSERT INTO "
                          "\"Job\" VALUES ('old', 'x', '{}', 'completed', 1, NULL, %2, %2);"_s.arg(
                              isNumber ? u"INTEGER"_s : u"TEXT"_s, existing));
        const JobIds ids = value(s->additions.enqueue({{kType, {}}}, kTester));
        const store::Claim claim = value(s->leases.claim(u"e"_s, {kType}, 1, 30s));
        const store::Settled settled =
            value(s->leases.settle({claim.token, {resultFor(claim.jobs[0])}}));
        QCOMPARE(settled.accepted, ids);
        const db::Rows written = StoreFixture::sql(
            *s,
            u"SELECT \"createdAt\" GLOB %1 AND \"completedAt\" GLOB %1 FROM \"Job\" WHERE \"id\" <> 'old'"_s
                .arg(pattern));
        QVERIFY(written[0].boolean(0));
        QVERIFY(qAbs(StoreFixture::job(*s, ids[0])
                         .completedAt.secsTo(QDateTime::currentDateTimeUtc())) < 10);
        QCOMPARE(value(s->jobs.previewCleanUp(
                           domain::CleanUp::olderThan(1, QDateTime::currentDateTimeUtc())))
                     .frozen.ids(),
                 JobIds{{u"old"_s}});
    }

    void twoQueuesOfADatabaseShareNothing()
    {
        const db::DatabaseUrl url = m_fixture.emptyDatabase();
        QVERIFY(
            StoreFixture::psql(url, u"CREATE SCHEMA a; CREATE SCHEMA b; CREATE SCHEMA \"C d\";"_s)
                .isEmpty());
        std::vector<std::unique_ptr<JobStore>> queues;
        for (const QString& schema : {u"a"_s, u"b"_s, u"C d"_s}) {
            db::DatabaseUrl one = url;
            one.schema = schema;
            const base::Status made = JobStore::initialise(one);
            QVERIFY2(made, made ? "" : qPrintable(made.error().detail));
            QVERIFY(JobStore::initialise(one)); // again, and creates nothing more
            queues.push_back(m_fixture.open(one));
            QCOMPARE(queues.back()->shape().mode, domain::QueueMode::Own);
        }
        JobStore& a = *queues[0];
        JobStore& b = *queues[1];
        const JobIds ids = StoreFixture::add(b, 3);
        StoreFixture::sql(b, u"UPDATE b.\"Job\" SET \"status\" = 'completed'"_s);
        const auto deleted = value(b.changes.change(JobAction::Delete, ids, note(u"delete"_s)));
        QCOMPARE(deleted.changed, 3);
        QVERIFY(value(a.changes.journal(10)).isEmpty());
        QVERIFY(!a.changes.undo(deleted.journal));
        QVERIFY(!a.changes.undo({}));
        QVERIFY(found(a, {}).isEmpty());
        // A renamed schema keeps its companions.
        StoreFixture::sql(a, u"ALTER SCHEMA b RENAME TO e"_s);
        db::DatabaseUrl renamed = url;
        renamed.schema = u"e"_s;
        const auto e = m_fixture.open(renamed);
        QCOMPARE(value(e->changes.undo({})).changed, 3);
        QCOMPARE(found(*e, {}).size(), 3);
    }

    void whatIsThereInsteadIsNamed()
    {
        const db::DatabaseUrl url = m_fixture.emptyDatabase();
        const QString columns =
            u" (\"id\" uuid PRIMARY KEY, \"type\" text, \"payload\" jsonb, \"status\" text, "
            "\"attempts\" int, \"error\" text, \"createdAt\" timestamp, \"completedAt\" "
            "timestamp);"_s;
        QVERIFY(StoreFixture::psql(url, u"CREATE SCHEMA app; CREATE TABLE app.\"Job\""_s + columns +
                                            u"CREATE TABLE jobs"_s + columns)
                    .isEmpty());
        const auto none = JobStore::open(url, db::OpenMode::ReadWrite);
        QVERIFY(!none);
        QCOMPARE(none.error().kind, ErrorKind::NotFound);
        for (const QString& word :
             {u"app.Job"_s, u"?schema=app"_s, u"public.jobs"_s, u"?table=jobs"_s})
            QVERIFY2(none.error().detail.contains(word), qPrintable(none.error().detail));
        QVERIFY(!none.error().detail.contains(u"creates it"_s));
        db::DatabaseUrl mapped = url;
        mapped.table = u"jobs"_s;
        QVERIFY(JobStore::initialise(mapped));
        const auto s = m_fixture.open(mapped);
        QCOMPARE(s->shape().mode, domain::QueueMode::Beside);
        const JobIds ids = StoreFixture::add(*s, 0);
        QCOMPARE(value(s->additions.enqueue({{kType, {}}}, kTester)).size(), 1);
        QCOMPARE(value(s->leases.claim(u"e"_s, {kType}, 5, 30s)).jobs.size(), 1);
        QCOMPARE(
            StoreFixture::sql(*s, u"SELECT COUNT(*) FROM jobs WHERE status = 'processing'"_s)[0]
                .integer(0),
            1);
    }

    void initBesideAddsNothingToTheApplication()
    {
        const auto s = beside(
            u"CREATE TABLE \"Job\" (\"id\" uuid PRIMARY KEY, \"type\" text, \"payload\" jsonb, "
            "\"status\" text, \"attempts\" int, \"error\" text, \"createdAt\" timestamp, "
            "\"completedAt\" timestamp);"_s);
        QCOMPARE(
            StoreFixture::sql(
                *s, u"SELECT COUNT(*) FROM pg_class c JOIN pg_namespace n ON n.oid = "
                    "c.relnamespace WHERE n.nspname = 'public' AND relkind IN ('r', 'v', 'S')"_s)[0]
                .integer(0),
            1);
        domain::NewScan scan;
        scan.bytes = "x";
        const auto added = s->scans.add(scan, kTester);
        QVERIFY(!added);
        QCOMPARE(added.error().kind, ErrorKind::Unsupported);
    }

    void aScanIsDisturbedByNoOtherJob_data() { bothKinds(); }
    void aScanIsDisturbedByNoOtherJob()
    {
        const auto s = fresh();
        domain::NewScan card;
        card.bytes = "card";
        card.mediaType = u"image/png"_s;
        card.fileName = u"card.png"_s;
        const auto old = value(s->scans.add(card, kTester));
        const QStringList types{u"image_extraction"_s};
        const auto run = [&](JobStatus status) {
            const store::Claim claim = value(s->leases.claim(u"e"_s, types, 1, 30s));
            store::Settlement result = resultFor(claim.jobs.at(0), status);
            if (status == JobStatus::Completed)
                result.effects = {{domain::kScanEffect, old.scan.value, {{u"name"_s, u"Ada"_s}}}};
            QCOMPARE(value(s->leases.settle({claim.token, {result}})).accepted.size(), 1);
        };
        run(JobStatus::Failed);
        QVERIFY(value(s->scans.scan(old.scan)).completedAt.isValid());
        // The application makes a new job for the scan, and that one reads it.
        const QByteArray payload = value(s->jobs.job(old.job)).payload;
        const JobId newer = value(s->additions.enqueue(
            {domain::NewJob::withText(u"image_extraction"_s, payload)}, kTester))[0];
        run(JobStatus::Completed);
        const domain::Scan read = value(s->scans.scan(old.scan));
        QCOMPARE(read.status, u"completed"_s);
        QCOMPARE(read.job, newer);
        // The old one is retried, and fails again: the scan stays as it was read.
        value(s->changes.change(JobAction::Retry, {old.job}, note(u"retry"_s)));
        QCOMPARE(value(s->scans.scan(old.scan)).status, u"completed"_s);
        run(JobStatus::Failed);
        const domain::Scan after = value(s->scans.scan(old.scan));
        QCOMPARE(after.status, u"completed"_s);
        QCOMPARE(after.extractedData, read.extractedData);
        QCOMPARE(after.completedAt, read.completedAt);
    }

    void undoPutsTheScanBackAsItWas_data() { bothKinds(); }
    void undoPutsTheScanBackAsItWas()
    {
        const auto s = fresh();
        domain::NewScan card;
        card.bytes = "card";
        card.mediaType = u"image/png"_s;
        card.fileName = u"card.png"_s;
        const auto added = value(s->scans.add(card, kTester));
        const store::Claim claim = value(s->leases.claim(u"e"_s, {u"image_extraction"_s}, 1, 30s));
        value(s->leases.settle({claim.token, {resultFor(claim.jobs[0], JobStatus::Failed)}}));
        const domain::Scan before = value(s->scans.scan(added.scan));
        const auto retried =
            value(s->changes.change(JobAction::Retry, {added.job}, note(u"retry"_s)));
        QCOMPARE(value(s->scans.scan(added.scan)).status, u"processing"_s);
        QCOMPARE(value(s->changes.undo(retried.journal)).changed, 1);
        QCOMPARE(value(s->scans.scan(added.scan)), before);
    }

    void aPictureElsewhereIsLeftToOthers_data() { bothKinds(); }
    void aPictureElsewhereIsLeftToOthers()
    {
        const auto s = fresh();
        const QString type = u"image_extraction"_s;
        const auto job = [&](const char* payload) {
            return domain::NewJob::withText(type, QByteArray(payload));
        };
        value(s->additions.enqueue({job("{\"imageUrl\":\"https://cdn.example/card.png\"}"),
                                    job("{\"imageUrl\":42}"),
                                    job("{\"imageUrl\":\"queuedeck-image:x\"}"), job("{}")},
                                   kTester));
        const store::Claim claim = value(s->leases.claim(u"e"_s, {type}, 10, 30s));
        QSet<QByteArray> taken;
        for (const store::ClaimedJob& each : claim.jobs)
            taken += QJsonDocument::fromJson(each.payload).toJson(QJsonDocument::Compact);
        QCOMPARE(taken, (QSet<QByteArray>{"{\"imageUrl\":\"queuedeck-image:x\"}", "{}"}));
        QVERIFY(!value(s->leases.hasPending({type})));

        // How the others' addresses begin decides, in any case and to the letter.
        value(s->additions.enqueue({job("{\"imageUrl\":\"HTTPS://cdn.example/2.png\"}"),
                                    job("{\"imageUrl\":\"http://pic_s.example/3.png\"}"),
                                    job("{\"imageUrl\":\"http://picxs.example/4.png\"}"),
                                    job("{\"imageUrl\":\"http://pic_s.example:81/5.png\"}"),
                                    job("{\"imageUrl\":\"http://pic_s.example.org/6.png\"}"),
                                    job("{\"imageUrl\":\"file:///7.png\"}"),
                                    job("{\"imageUrl\":\"\"}"), job("{\"imageUrl\":null}")},
                                   kTester));
        s->leases.setPictureReach(domain::PictureReach::web({u"Pic_s.example"_s}));
        QVERIFY(value(s->leases.hasClaimable({type})));
        QCOMPARE(value(s->leases.preflight({type})).waiting(), 5);
        const store::Claim fetched = value(s->leases.claim(u"e"_s, {type}, 20, 30s));
        QSet<QString> addresses;
        for (const store::ClaimedJob& each : fetched.jobs)
            addresses += QJsonDocument::fromJson(each.payload)["imageUrl"_L1].toString();
        QCOMPARE(addresses,
                 (QSet<QString>{u"https://cdn.example/card.png"_s, u"HTTPS://cdn.example/2.png"_s,
                                u"http://pic_s.example/3.png"_s, u"http://pic_s.example:81/5.png"_s,
                                QString()}));
        s->leases.setPictureReach(domain::PictureReach::everything());
        QCOMPARE(value(s->leases.claim(u"e"_s, {type}, 20, 30s)).jobs.size(), 5);
        QVERIFY(!value(s->leases.hasPending({type})));
    }

    void anEffectOfSomebodyElses_data() { bothKinds(); }
    void anEffectOfSomebodyElses()
    {
        static const store::Effects effects = [] {
            store::Effects all;
            all.add(std::make_shared<CountingEffect>());
            return all;
        }();
        const auto s = value(JobStore::open(fresh()->connection().url(), db::OpenMode::ReadWrite,
                                            base::Clock::system(), effects));
        StoreFixture::sql(*s, u"CREATE TABLE counted (target text PRIMARY KEY, status text)"_s);
        StoreFixture::add(*s, 2);
        const store::Claim claim = value(s->leases.claim(u"e"_s, {kType}, 2, 30s));
        store::Results results{claim.token, {}};
        for (const store::ClaimedJob& job : claim.jobs) {
            results.settlements += resultFor(job);
            results.settlements.back().effects = {{u"count"_s, u"same"_s}};
        }
        // Both write the same row: one is refused, with its job, and the other is kept.
        const store::Settled settled = value(s->leases.settle(results));
        QCOMPARE(settled.accepted.size(), 1);
        QCOMPARE(settled.refused.size(), 1);
        QCOMPARE(StoreFixture::sql(*s, u"SELECT status FROM counted"_s)[0].text(0), u"completed"_s);
        QCOMPARE(StoreFixture::job(*s, settled.refused[0].id).status, JobStatus::Processing);
    }

    void statementsAreWhole_data()
    {
        QTest::addColumn<int>("mode");
        QTest::newRow("own") << 0;
        QTest::newRow("guest") << 1;
        QTest::newRow("file") << 2;
    }

    void statementsAreWhole()
    {
        QFETCH(int, mode);
        std::unique_ptr<JobStore> s;
        if (mode == 1) {
            const db::DatabaseUrl url = m_fixture.emptyDatabase();
            QVERIFY(StoreFixture::psql(
                        url,
                        u"CREATE TABLE \"Job\" (\"id\" uuid PRIMARY KEY, \"type\" text, "
                        "\"payload\" jsonb, \"status\" text, \"attempts\" int, \"error\" text, "
                        "\"createdAt\" timestamp, \"completedAt\" timestamp);"_s)
                        .isEmpty());
            s = m_fixture.open(url);
        } else {
            s = m_fixture.fresh(mode == 0 ? StoreKind::Postgres : StoreKind::Sqlite);
        }
        static const QRegularExpression word(u"\\{[a-z_]+\\}"_s);
        QSet<QString> names;
        const auto statements = s->statements();
        QVERIFY(statements.size() > 25);
        for (const domain::Statement& statement : statements) {
            const auto left = word.match(statement.text);
            QVERIFY2(!left.hasMatch(), qPrintable(statement.name + u' ' + left.captured()));
            QVERIFY2(mode != 1 || !statement.text.contains(u"queuedeck."_s),
                     qPrintable(statement.name));
            QVERIFY2(!names.contains(statement.name), qPrintable(statement.name));
            names += statement.name;
        }
    }

    // A handler gets exactly the bytes that were given.
    void payloadsAreUntouched()
    {
        const QByteArray payload = "{\"z\":1.10, \"a\":12345678901234567890,\t\"z\":[ ]}";
        const auto s = m_fixture.fresh(StoreKind::Sqlite);
        const JobIds ids =
            value(s->additions.enqueue({domain::NewJob::withText(kType, payload)}, kTester));
        QCOMPARE(value(s->jobs.job(ids[0])).payload, payload);
        QCOMPARE(value(s->leases.claim(u"e"_s, {kType}, 1, 30s)).jobs[0].payload, payload);
    }
};

QTEST_GUILESS_MAIN(TestStoreKinds)
#include "tst_storekinds.moc"
