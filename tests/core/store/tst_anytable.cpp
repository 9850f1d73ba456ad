// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever a table looks like: one row makes no statement fail, nothing outside the scope changes,
// and undo restores whole rows. Compared with the rows themselves, read without the store.
#include "tests/core/store/generatedtable.h"
#include "tests/core/store/storefixture.h"

#include <QMap>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace queuedeck;
using namespace queuedeck::test;
using domain::JobAction;
using domain::JobIds;
using store::JobStore;

namespace {
constexpr int kTables = 30;
const QStringList kAllTypes{u"report_generation"_s, u"image_extraction"_s, u"other"_s};

// Each row by its id, with every column as the database writes it.
using Rows = QMap<QString, QString>;

bool isSqlite(const JobStore& store)
{
    return store.shape().dialect == db::Dialect::Sqlite;
}

Rows rowsOf(JobStore& store, const QString& where = u"1 = 1"_s, bool onlyUnwritten = false)
{
    QStringList columns;
    for (const store::TableShape::Column& column : store.shape().job.columns) {
        static const QStringList written{u"status"_s, u"attempts"_s, u"error"_s, u"completedAt"_s,
                                         u"sum"_s};
        const QString name = u"j.\""_s + QString(column.name).replace(u'"', u"\"\""_s) + u'"';
        if (!onlyUnwritten || !written.contains(column.name))
            columns += isSqlite(store) ? u"typeof(%1) || hex(CAST(%1 AS BLOB))"_s.arg(name)
                                       : u"COALESCE(%1::text, 'NULL')"_s.arg(name);
    }
    const db::Rows found =
        StoreFixture::sql(store, u"SELECT CAST(j.\"id\" AS text), %1 FROM \"Job\" j WHERE %2"_s.arg(
                                     columns.join(u" || '|' || "_s), where));
    Rows rows;
    for (size_t i = 0; i < found.size(); ++i)
        rows[found[i].text(0).trimmed()] = found[i].text(1);
    return rows;
}

QSet<QString> idsOf(const Rows& rows)
{
    return QSet<QString>(rows.keyBegin(), rows.keyEnd());
}

QSet<QString> changedBetween(const Rows& before, const Rows& after)
{
    QSet<QString> changed;
    for (auto row = before.begin(); row != before.end(); ++row) {
        if (after.value(row.key()) != row.value())
            changed += row.key();
    }
    return changed;
}

// The rows of `rule` for which the database's own condition holds, or does not.
QString among(const QString& rule, const QString& condition, bool holds)
{
    if (condition.isEmpty())
        return holds ? u"1 = 0"_s : rule;
    return u"(%1) AND CASE WHEN %2 THEN 1 ELSE 0 END = %3"_s.arg(rule, condition)
        .arg(holds ? 1 : 0);
}
} // namespace

class TestAnyTable : public QObject
{
    Q_OBJECT

    StoreFixture m_fixture;

    std::unique_ptr<JobStore> made(db::Dialect dialect, const GeneratedTable& table)
    {
        const bool isFile = dialect == db::Dialect::Sqlite;
        const db::DatabaseUrl url = isFile ? m_fixture.emptyFile() : m_fixture.emptyDatabase();
        const QString problem = isFile ? StoreFixture::sqlite(url, table.script)
                                       : StoreFixture::psql(url, table.script);
        if (!problem.isEmpty())
            qFatal("%s\n%s", qPrintable(problem), qPrintable(table.script));
        if (const base::Status done = JobStore::initialise(url); !done)
            qFatal("%s", qPrintable(done.error().detail));
        return m_fixture.open(url);
    }

    // Changes everything, checks that exactly the right rows changed, and undoes it.
    void changesAndUndoes(JobStore& s, const GeneratedTable& table, JobAction action,
                          const QString& rule)
    {
        const bool deletes = action == JobAction::Delete;
        const Rows before = rowsOf(s);
        const Rows unwritten = rowsOf(s, u"1 = 1"_s, true);
        const QString refusing = deletes ? table.keeping : table.refusing;
        const QSet<QString> right = idsOf(rowsOf(s, among(rule, refusing, false)));
        const QSet<QString> refused = idsOf(rowsOf(s, among(rule, refusing, true)));
        const JobIds all = value(s.jobs.freeze(domain::JobFilter())).ids();
        QCOMPARE(all.size(), before.size());

        const auto foretold = domain::prediction(action, value(s.jobs.freeze(all)));
        QCOMPARE(rowsOf(s), before);
        const auto outcome = value(s.changes.change(action, all, note(u"act"_s)));
        QVERIFY(!outcome.failure);
        // All but what the database refuses because of the row's content.
        QCOMPARE(foretold.changed, outcome.changed + refused.size());
        QCOMPARE(foretold.skipped.size(), outcome.skipped.size() - refused.size());
        QCOMPARE(outcome.changed, right.size());
        QCOMPARE(outcome.changed + outcome.skipped.size(), before.size());
        for (const domain::Skipped& skipped : outcome.skipped) {
            QVERIFY(!skipped.why.text().isEmpty());
            QVERIFY2(refused.contains(skipped.id.trimmed()) ||
                         !skipped.why.text().contains(u"this one stays"_s),
                     qPrintable(skipped.why.text()));
        }
        const Rows after = rowsOf(s);
        QCOMPARE(deletes ? idsOf(before) - idsOf(after) : changedBetween(before, after), right);
        if (!deletes)
            QCOMPARE(rowsOf(s, u"1 = 1"_s, true), unwritten);
        if (outcome.changed == 0)
            return;
        const auto undone = value(s.changes.undo(outcome.journal));
        QVERIFY(!undone.failure);
        QCOMPARE(undone.changed, outcome.changed);
        QCOMPARE(rowsOf(s), before);
        const auto redone = value(s.changes.undo(undone.journal));
        QCOMPARE(redone.changed, outcome.changed);
        QCOMPARE(rowsOf(s), after);
        QCOMPARE(value(s.changes.undo(redone.journal)).changed, outcome.changed);
        QCOMPARE(rowsOf(s), before);
    }

    // What cannot be an id in this table matches no job and causes no database error.
    void knowsNoOtherIds(JobStore& s)
    {
        JobIds others;
        for (const char* text : {"abc", "99999999999999999999", "5000000001123", "1.5x", "1e300",
                                 "", "--1", "00000000-0000-4000-8000-00000000000g"})
            others += domain::JobId{QString::fromLatin1(text)};
        for (const domain::JobId& id : std::as_const(others)) {
            const auto found = s.jobs.job(id);
            QVERIFY2(!found, qPrintable(id.value));
            QCOMPARE(found.error().kind, base::ErrorKind::NotFound);
        }
        const auto outcome = value(s.changes.change(JobAction::Retry, others, note(u"act"_s)));
        QVERIFY(!outcome.failure);
        QCOMPARE(outcome.changed, 0);
        for (const domain::Skipped& skipped : outcome.skipped)
            QCOMPARE(skipped.why.text(), u"gone"_s);
        QCOMPARE(outcome.skipped.size(), others.size());
    }

    void runsWhatItCan(JobStore& s, const GeneratedTable& table)
    {
        const QString rule = u"\"status\" = 'pending' AND \"attempts\" < 3 AND \"type\" <> "
                             "'image_extraction'"_s;
        const QStringList types{u"report_generation"_s, u"other"_s};
        const Rows before = rowsOf(s);
        const QSet<QString> right = idsOf(rowsOf(s, among(rule, table.refusing, false)));
        QSet<QString> claimed;
        for (int round = 0; round < 50; ++round) {
            const store::Claim claim = value(s.leases.claim(u"e"_s, types, 7, 30s));
            if (claim.jobs.isEmpty())
                break;
            store::Results results{claim.token, {}};
            for (const store::ClaimedJob& job : claim.jobs) {
                QVERIFY(!claimed.contains(job.id.value.trimmed()));
                claimed += job.id.value.trimmed();
                store::Settlement result;
                result.id = job.id;
                result.version = job.version;
                result.address = job.address;
                const int kind = int(results.settlements.size()) % 3;
                result.status = kind == 0   ? domain::JobStatus::Completed
                                : kind == 1 ? domain::JobStatus::Failed
                                            : domain::JobStatus::Pending;
                result.outcome = kind == 0   ? u"completed"_s
                                 : kind == 1 ? u"failed"_s
                                             : u"retried"_s;
                result.error = kind == 0 ? QString() : QString(60, u'ü') + QChar(u'\0') + u'x';
                result.retryIn = kind == 2 ? 3600s : 0s;
                results.settlements += result;
            }
            QCOMPARE(value(s.leases.heartbeat(claim.held(), 30s)).size(), claim.jobs.size());
            const store::Settled settled = value(s.leases.settle(results));
            QVERIFY2(settled.refused.isEmpty(),
                     settled.refused.isEmpty() ? "" : qPrintable(settled.refused[0].reason));
            QCOMPARE(settled.accepted.size(), claim.jobs.size());
        }
        QCOMPARE(claimed, right);
        QCOMPARE(changedBetween(before, rowsOf(s)), right);
        QVERIFY(s.leases.watch());
        QVERIFY(s.leases.rescue());
        QVERIFY(s.leases.freeOrphans(1ms));
    }

    void check(db::Dialect dialect, quint32 seed)
    {
        const GeneratedTable table = GeneratedTable::make(dialect, seed);
        const auto s = made(dialect, table);
        QVERIFY2(s->shape().changesOff.isEmpty(), qPrintable(s->shape().changesOff));
        QCOMPARE(s->shape().enqueueOff.isEmpty(), table.canEnqueue);
        for (const char* query : {"status:failed", "payload.a.b:1", "payload.t:ab", "error:it",
                                  "age>2h", "id:1", "finished>=2026-01-01", "attempts>=3",
                                  "is:dead", "is:stuck", "has:error", "status:unknown", "x"}) {
            const auto filter = *domain::JobFilter::parse(QString::fromUtf8(query));
            const auto page = s->jobs.page({filter, {}, {}, 0, 100});
            QVERIFY2(page, page ? "" : qPrintable(page.error().detail));
            QCOMPARE(value(s->jobs.count(filter, 1000)).count, page->jobs.size());
        }
        QVERIFY(s->jobs.snapshot());
        for (const domain::JobId& id : value(s->jobs.freeze(domain::JobFilter())).ids())
            QVERIFY(s->jobs.job(id));
        knowsNoOtherIds(*s);
        if (QTest::currentTestFailed())
            return;
        const QString dead =
            u"(\"status\" = 'pending' AND (\"attempts\" IS NULL OR \"attempts\" >= 3))"_s;
        changesAndUndoes(*s, table, JobAction::Retry, u"\"status\" = 'failed' OR "_s + dead);
        if (QTest::currentTestFailed())
            return;
        changesAndUndoes(*s, table, JobAction::Cancel,
                         u"\"status\" IN ('pending', 'processing')"_s);
        if (QTest::currentTestFailed())
            return;
        changesAndUndoes(*s, table, JobAction::Delete, u"\"status\" IN ('completed', 'failed')"_s);
        if (QTest::currentTestFailed())
            return;
        const QString status = dialect == db::Dialect::Sqlite // where bytes are not text
                                   ? u"\"status\""_s
                                   : u"CAST(\"status\" AS text)"_s;
        changesAndUndoes(*s, table, JobAction::Repair,
                         u"COALESCE(%1, '') NOT IN "
                         "('pending', 'processing', 'completed', 'failed')"_s.arg(status));
        if (QTest::currentTestFailed())
            return;
        runsWhatItCan(*s, table);
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QString problem = m_fixture.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }

    void tables_data()
    {
        QTest::addColumn<db::Dialect>("dialect");
        QTest::addColumn<quint32>("seed");
        for (int seed = 1; seed <= kTables; ++seed) {
            QTest::addRow("PostgreSQL %d", seed) << db::Dialect::Postgres << quint32(seed);
            QTest::addRow("SQLite %d", seed) << db::Dialect::Sqlite << quint32(seed);
        }
    }

    void tables()
    {
        QFETCH(db::Dialect, dialect);
        QFETCH(quint32, seed);
        check(dialect, seed);
        if (QTest::currentTestFailed())
            qInfo("%s", qPrintable(GeneratedTable::make(dialect, seed).description));
    }
};

QTEST_GUILESS_MAIN(TestAnyTable)
#include "tst_anytable.moc"
