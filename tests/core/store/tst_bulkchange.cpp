// SPDX-License-Identifier: GPL-3.0-or-later
// Changes of more jobs than one batch: frozen, stopped at any batch and resumed, left by a crash,
// taken back and redone. Nothing is done twice, nothing is forgotten, and the journal says so.
#include "core/db/rows.h"
#include "tests/core/store/storefixture.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::test;
using base::ErrorKind;
using domain::JobAction;
using domain::JobFilter;
using domain::JobIds;
using domain::JournalEntry;
using store::BulkChange;
using store::JobStore;

namespace {
constexpr int kJobs = 1700; // three batches and a part of one

JobFilter failed()
{
    return JobFilter::forStatus(u"failed"_s);
}

qint64 countOf(JobStore& store, const QString& condition)
{
    return StoreFixture::sql(store, u"SELECT COUNT(*) FROM \"Job\" WHERE "_s + condition)[0]
        .integer(0);
}

JobIds addFailed(JobStore& store, int count)
{
    const JobIds ids = StoreFixture::add(store, count);
    StoreFixture::sql(store, u"UPDATE \"Job\" SET \"status\" = 'failed', \"error\" = 'why ' || "
                             "\"id\", \"attempts\" = 3"_s);
    return ids;
}

// As far as `batches`; without an end, as after a crash.
void advance(JobStore& store, BulkChange& change, int batches)
{
    for (int i = 0; i < batches && !change.isOver(); ++i)
        store.changes.advance(change);
}

domain::Outcome toEnd(JobStore& store, BulkChange change)
{
    while (!change.isOver())
        store.changes.advance(change);
    return value(store.changes.end(change));
}

// As if nobody had carried on the change for two minutes.
void leave(JobStore& store)
{
    StoreFixture::sql(store,
                      store.connection().dialect() == db::Dialect::Sqlite
                          ? u"UPDATE queuedeck_journal SET seen_at = seen_at - 120000"_s
                          : u"UPDATE queuedeck.journal SET seen_at = seen_at - interval '2 min'"_s);
}

qint64 parts(JobStore& store)
{
    const QString prefix = store.shape().companions;
    return StoreFixture::sql(store, u"SELECT COUNT(*) FROM %1journal_part"_s.arg(prefix))[0]
        .integer(0);
}
} // namespace

class TestBulkChange : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void freezesWhatMatches_data() { databases(); }
    void freezesWhatMatches();
    void touchesOnlyWhatWasFrozen_data() { databases(); }
    void touchesOnlyWhatWasFrozen();
    void isResumedFromAnyBatch_data() { databases(); }
    void isResumedFromAnyBatch();
    void whatWasStoppedIsTakenBack_data() { databases(); }
    void whatWasStoppedIsTakenBack();
    void isResumedAfterACrash_data() { databases(); }
    void isResumedAfterACrash();
    void anUndoIsResumedFromAnyBatch_data() { databases(); }
    void anUndoIsResumedFromAnyBatch();
    void scansComeAlong_data() { databases(); }
    void scansComeAlong();
    void saysWhatItDidToEachJob_data() { databases(); }
    void saysWhatItDidToEachJob();
    void whatIsOldIsForgotten_data() { databases(); }
    void whatIsOldIsForgotten();

private:
    void databases()
    {
        QTest::addColumn<StoreKind>("kind");
        QTest::newRow("SQLite") << StoreKind::Sqlite;
        QTest::newRow("PostgreSQL") << StoreKind::Postgres;
        QTest::newRow("PgBouncer") << StoreKind::Pooled;
    }

    StoreFixture m_fixture;
};

void TestBulkChange::initTestCase()
{
    const QString error = m_fixture.start();
    if (!error.isEmpty())
        QFAIL(qPrintable(error));
}

// However many steps it takes, of one time or of none: each job is there once.
void TestBulkChange::freezesWhatMatches()
{
    QFETCH(StoreKind, kind);
    const auto s = m_fixture.fresh(kind);
    QVERIFY(value(s->jobs.freeze(failed())).isEmpty());
    const JobIds ids = addFailed(*s, 500);
    if (kind == StoreKind::Sqlite)
        StoreFixture::sql(
            *s, u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000) "
                "INSERT INTO \"Job\" (\"id\", \"type\", \"payload\", \"status\", \"attempts\", "
                "\"createdAt\") SELECT 'n' || i, 'x', '{}', CASE i % 3 WHEN 0 THEN 'pending' ELSE "
                "'failed' END, i % 5, '2026-11-01T10:00:' || printf('%02d', i % 3) || "
                "'.000+00:00' FROM n"_s);
    else
        StoreFixture::sql(
            *s, u"INSERT INTO \"Job\" (\"id\", \"type\", \"payload\", \"status\", \"attempts\", "
                "\"createdAt\") SELECT gen_random_uuid(), 'x', '{}', CASE i % 3 WHEN 0 THEN "
                "'pending' ELSE 'failed' END, i % 5, timestamp '2026-11-01 10:00' + "
                "(i % 3) * interval '1 second' FROM generate_series(1, 60000) i"_s);
    const auto frozen = value(s->jobs.freeze(failed()));
    QCOMPARE(frozen.count(), 40'500);
    const JobIds all = frozen.ids();
    QCOMPARE(QSet<domain::JobId>(all.cbegin(), all.cend()).size(), 40'500);
    QCOMPARE(domain::prediction(JobAction::Retry, frozen).changed, 40'500);

    auto known = value(s->jobs.freeze(*JobFilter::parse(u"status:failed,pending"_s)));
    QCOMPARE(known.count(), 60'500);
    known.rememberEach();
    for (const domain::JobId& id : ids)
        QVERIFY(known.contains(id));
    QVERIFY(!known.contains({u"another"_s}));
    const auto dead = domain::prediction(JobAction::Retry, known);
    const qint64 retryable =
        countOf(*s, u"\"status\" = 'failed' OR (\"status\" = 'pending' AND \"attempts\" >= 3)"_s);
    QCOMPARE(dead.changed, retryable);
    QCOMPARE(dead.changed + dead.skipped.size(), 60'500);

    const auto named = value(s->jobs.freeze({ids[0], {u"nobody"_s}, ids[1]}));
    const auto foretold = domain::prediction(JobAction::Retry, named);
    QCOMPARE(foretold.changed, 2);
    QCOMPARE(foretold.skipped, QVector<domain::Skipped>({{u"nobody"_s, domain::SkipReason::Gone}}));
    std::stop_source stop;
    stop.request_stop();
    QCOMPARE(s->jobs.freeze(failed(), stop.get_token()).error().kind, ErrorKind::Cancelled);
}

void TestBulkChange::touchesOnlyWhatWasFrozen()
{
    QFETCH(StoreKind, kind);
    const auto s = m_fixture.fresh(kind);
    const JobIds ids = addFailed(*s, kJobs);
    StoreFixture::set(*s, ids[7], u"\"status\" = 'completed'"_s);
    const auto frozen = value(s->jobs.freeze(failed()));
    StoreFixture::set(*s, ids[7], u"\"status\" = 'failed'"_s); // too late
    StoreFixture::set(*s, ids[8], u"\"status\" = 'processing'"_s);
    const JobIds later = StoreFixture::add(*s, 3);
    for (const domain::JobId& id : later)
        StoreFixture::set(*s, id, u"\"status\" = 'failed'"_s);
    const auto done = value(s->changes.change(JobAction::Retry, frozen, note(u"retry"_s)));
    QCOMPARE(done.changed, kJobs - 2);
    QCOMPARE(done.skipped,
             QVector<domain::Skipped>({{ids[8].value, domain::SkipReason::AlreadyRunning}}));
    QCOMPARE(countOf(*s, u"\"status\" = 'failed'"_s), 4);
    const JournalEntry entry = value(s->changes.journal(1))[0];
    QCOMPARE(entry.changed, kJobs - 2);
    QCOMPARE(entry.skipped, (QMap<QString, qint64>{{u"already running"_s, 1}}));
    QCOMPARE(entry.state, JournalEntry::State::Ended);
    QCOMPARE(parts(*s), 0);
}

void TestBulkChange::isResumedFromAnyBatch()
{
    QFETCH(StoreKind, kind);
    for (int batches = 0; batches <= 4; ++batches) {
        const db::DatabaseUrl url = m_fixture.freshDatabase(kind);
        const auto s = m_fixture.open(url);
        const JobIds ids = addFailed(*s, kJobs);
        const QString before = StoreFixture::jobs(*s);
        auto change = value(
            s->changes.begin(JobAction::Retry, value(s->jobs.freeze(failed())), note(u"retry"_s)));
        advance(*s, change, batches);
        const auto stopped = value(s->changes.end(change));
        const qint64 walked = std::min(batches * store::JobWriter::kBatch, kJobs);
        QCOMPARE(stopped.changed, walked);
        QCOMPARE(stopped.cancelled, walked < kJobs);
        QCOMPARE(countOf(*s, u"\"status\" = 'pending'"_s), walked);
        JournalEntry entry = value(s->changes.journal(1))[0];
        const auto other = m_fixture.open(url);
        if (walked == kJobs) {
            QCOMPARE(entry.state, JournalEntry::State::Ended);
            QCOMPARE(other->changes.resume(entry.id).error().kind, ErrorKind::Conflict);
        } else {
            QVERIFY(entry.canResume());
            QCOMPARE(entry.done, walked);
            QCOMPARE(entry.total, kJobs);
            // Those that fail again meanwhile were done.
            if (batches > 0)
                StoreFixture::sql(*s, u"UPDATE \"Job\" SET \"status\" = 'failed' WHERE "
                                      "\"status\" = 'pending'"_s);
            const auto rest = toEnd(*other, value(other->changes.resume(entry.id)));
            QCOMPARE(rest.changed, kJobs - walked);
            QCOMPARE(rest.matched, kJobs - walked);
            QVERIFY(!rest.cancelled && rest.skipped.isEmpty());
            QCOMPARE(countOf(*s, u"\"status\" = 'failed'"_s), walked);
            StoreFixture::sql(*s, u"UPDATE \"Job\" SET \"status\" = 'pending'"_s);
        }
        entry = value(s->changes.journal(1))[0];
        QCOMPARE(entry.changed, kJobs);
        QCOMPARE(entry.state, JournalEntry::State::Ended);
        QCOMPARE(parts(*s), 0);
        QCOMPARE(value(s->changes.undo(entry.id)).changed, kJobs);
        QCOMPARE(StoreFixture::jobs(*s), before);
    }
}

// Then nothing is left of it to resume.
void TestBulkChange::whatWasStoppedIsTakenBack()
{
    QFETCH(StoreKind, kind);
    const auto s = m_fixture.fresh(kind);
    addFailed(*s, kJobs);
    const QString before = StoreFixture::jobs(*s);
    auto change = value(
        s->changes.begin(JobAction::Retry, value(s->jobs.freeze(failed())), note(u"retry"_s)));
    advance(*s, change, 2);
    const auto stopped = value(s->changes.end(change));
    QCOMPARE(value(s->changes.undo(stopped.journal)).changed, 1000);
    QCOMPARE(StoreFixture::jobs(*s), before);
    const JournalEntry entry = value(s->changes.journal(2))[1];
    QCOMPARE(entry.id, stopped.journal);
    QVERIFY(entry.undoneAt.isValid() && !entry.canResume());
    QCOMPARE(s->changes.resume(entry.id).error().kind, ErrorKind::Conflict);
    QCOMPARE(parts(*s), 0);
}

void TestBulkChange::isResumedAfterACrash()
{
    QFETCH(StoreKind, kind);
    const db::DatabaseUrl url = m_fixture.freshDatabase(kind);
    const auto s = m_fixture.open(url);
    addFailed(*s, kJobs);
    auto change = value(
        s->changes.begin(JobAction::Delete, value(s->jobs.freeze(failed())), note(u"delete"_s)));
    advance(*s, change, 1); // and this program is not heard of again
    const auto other = m_fixture.open(url);
    JournalEntry entry = value(other->changes.journal(1))[0];
    QCOMPARE(entry.state, JournalEntry::State::Running);
    QVERIFY(!entry.canUndo);
    QCOMPARE(other->changes.resume(entry.id).error().kind, ErrorKind::Conflict);
    QCOMPARE(other->changes.undo(entry.id).error().kind, ErrorKind::Conflict);
    leave(*other);
    QVERIFY(value(other->changes.journal(1))[0].canResume());
    auto rest = value(other->changes.resume(entry.id));
    advance(*other, rest, 1);
    advance(*s, change, 1); // it was only slow
    QVERIFY(change.outcome().failure);
    QCOMPARE(change.outcome().failure->kind, ErrorKind::Conflict);
    (void)s->changes.end(change);
    QCOMPARE(toEnd(*other, std::move(rest)).changed, kJobs - 500);
    QCOMPARE(countOf(*s, u"1 = 1"_s), 0);
    entry = value(s->changes.journal(1))[0];
    QCOMPARE(entry.changed, kJobs);
    QCOMPARE(entry.state, JournalEntry::State::Ended);
    QCOMPARE(value(s->changes.undo({})).changed, kJobs);
    QCOMPARE(countOf(*s, u"\"status\" = 'failed'"_s), kJobs);
}

void TestBulkChange::anUndoIsResumedFromAnyBatch()
{
    QFETCH(StoreKind, kind);
    const auto s = m_fixture.fresh(kind);
    addFailed(*s, kJobs);
    const QString before = StoreFixture::jobs(*s);
    for (int batches = 0; batches <= 5; ++batches) {
        const auto frozen = value(s->jobs.freeze(failed()));
        const auto done = value(s->changes.change(JobAction::Delete, frozen, note(u"delete"_s)));
        QCOMPARE(done.changed, kJobs);
        const QString after = StoreFixture::jobs(*s);
        auto undo = value(s->changes.beginUndo({}));
        QCOMPARE(undo.total(), kJobs);
        advance(*s, undo, batches);
        const auto part = value(s->changes.end(undo));
        QCOMPARE(part.changed, std::min(batches * store::JobWriter::kBatch, kJobs));
        QVERIFY(part.cancelled);
        QVERIFY(!value(s->changes.journal(2))[1].undoneAt.isValid());
        const auto rest = value(s->changes.undo(done.journal)); // carries it on
        QCOMPARE(rest.changed, kJobs - part.changed);
        QCOMPARE(StoreFixture::jobs(*s), before);
        const auto entries = value(s->changes.journal(2));
        QCOMPARE(entries[0].action, u"undo"_s);
        QCOMPARE(entries[0].changed, kJobs);
        QCOMPARE(entries[0].state, JournalEntry::State::Ended);
        QVERIFY(entries[1].undoneAt.isValid());

        const auto again = toEnd(*s, value(s->changes.beginRedo()));
        QCOMPARE(again.changed, kJobs);
        QCOMPARE(StoreFixture::jobs(*s), after);
        QCOMPARE(value(s->changes.journal(1))[0].action, u"redo"_s);
        QCOMPARE(value(s->changes.undo({})).changed, kJobs);
        QCOMPARE(StoreFixture::jobs(*s), before);
        QCOMPARE(parts(*s), 0);
    }
}

// The scans of jobs follow a retry, its undo and its redo, batch by batch.
void TestBulkChange::scansComeAlong()
{
    QFETCH(StoreKind, kind);
    const auto s = m_fixture.fresh(kind);
    const bool isSqlite = kind == StoreKind::Sqlite;
    const QString numbers =
        isSqlite
            ? u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %1) "_s
                  .arg(kJobs)
            : QString();
    const QString from = isSqlite ? u"FROM n"_s : u"FROM generate_series(1, %1) i"_s.arg(kJobs);
    const QString id = isSqlite ? u"'00000000-0000-4000-8000-' || printf('%012d', i)"_s
                                : u"('00000000-0000-4000-8000-' || lpad(i::text, 12, '0'))::uuid"_s;
    const QString created =
        isSqlite ? u"'2026-11-01T10:00:00.000+00:00'"_s : u"timestamp '2026-11-01 10:00'"_s;
    StoreFixture::sql(
        *s, numbers +
                u"INSERT INTO \"ImageScan\" (\"id\", \"tenantId\", \"userId\", \"imageUrl\", "
                "\"scanType\", \"extractedData\", \"status\", \"errorMessage\", "
                "\"createdAt\") SELECT %1, %1, %1, 'x', 'business_card', '{}', 'failed', "
                "'bad', %2 "_s.arg(id, created) +
                from);
    StoreFixture::sql(
        *s, numbers +
                u"INSERT INTO \"Job\" (\"id\", \"type\", \"payload\", \"status\", "
                "\"attempts\", \"error\", \"createdAt\") SELECT %1, 'image_extraction', %2, "
                "'failed', 3, 'bad', %3 "_s.arg(id,
                                                isSqlite
                                                    ? u"json_object('scanId', %1)"_s.arg(id)
                                                    : u"jsonb_build_object('scanId', %1)"_s.arg(id),
                                                created) +
                from);
    const QString before = StoreFixture::jobs(*s);
    const auto scans = [&](const QString& status) {
        return StoreFixture::sql(
                   *s,
                   u"SELECT COUNT(*) FROM \"ImageScan\" WHERE \"status\" = '%1'"_s.arg(status))[0]
            .integer(0);
    };
    const auto done = value(
        s->changes.change(JobAction::Retry, value(s->jobs.freeze(failed())), note(u"retry"_s)));
    QCOMPARE(done.changed, kJobs);
    QCOMPARE(scans(u"processing"_s), kJobs);
    const QString after = StoreFixture::jobs(*s);
    auto undo = value(s->changes.beginUndo({}));
    advance(*s, undo, 7); // four batches of jobs, their end, one of scans
    QVERIFY(value(s->changes.end(undo)).cancelled);
    QCOMPARE(scans(u"failed"_s), 1000);
    QVERIFY(s->changes.undo(done.journal));
    QCOMPARE(StoreFixture::jobs(*s), before);
    QCOMPARE(toEnd(*s, value(s->changes.beginRedo())).changed, kJobs);
    QCOMPARE(StoreFixture::jobs(*s), after);
    QCOMPARE(value(s->changes.undo({})).changed, kJobs);
    QCOMPARE(StoreFixture::jobs(*s), before);
}

void TestBulkChange::saysWhatItDidToEachJob()
{
    QFETCH(StoreKind, kind);
    const auto s = m_fixture.fresh(kind);
    const JobIds ids = addFailed(*s, 3);
    const auto retried = value(s->changes.change(JobAction::Retry, ids, note(u"retry"_s)));
    const auto rows = value(s->changes.journalRows(retried.journal, {}, 2));
    QCOMPARE(rows.size(), 2);
    QCOMPARE(rows[0].before.value(u"status"_s), u"failed"_s);
    QCOMPARE(rows[0].after.value(u"status"_s), u"pending"_s);
    QCOMPARE(rows[0].before.value(u"error"_s), u"why "_s + rows[0].job.value);
    QVERIFY(rows[0].after.value(u"error"_s).isNull());
    QCOMPARE(rows[0].before.value(u"attempts"_s), u"3"_s);
    QCOMPARE(rows[0].after.value(u"attempts"_s), u"0"_s);
    QVERIFY(!rows[0].after.contains(u"completedAt"_s)); // which did not change
    QCOMPARE(value(s->changes.journalRows(retried.journal, rows[1].job.value, 2)).size(), 1);

    StoreFixture::sql(*s, u"UPDATE \"Job\" SET \"status\" = 'failed'"_s);
    const auto deleted = value(s->changes.change(JobAction::Delete, ids, note(u"delete"_s)));
    const auto gone = value(s->changes.journalRows(deleted.journal, {}, 10));
    QVERIFY(gone[0].wasThere && !gone[0].isThere);
    QCOMPARE(gone[0].before.value(u"type"_s), u"report_generation"_s);
    const auto undone = value(s->changes.undo({}));
    const auto back = value(s->changes.journalRows(undone.journal, {}, 10));
    QVERIFY(!back[0].wasThere && back[0].isThere);
    QCOMPARE(back[0].after.value(u"status"_s), u"failed"_s);
}

// A large entry goes in several batches, nothing of it stays behind, and what is newer, or goes on,
// is not touched.
void TestBulkChange::whatIsOldIsForgotten()
{
    QFETCH(StoreKind, kind);
    const auto s = m_fixture.fresh(kind);
    const QString own = s->shape().companions;
    const auto rowsOf = [&](const QString& table) {
        return StoreFixture::sql(*s, u"SELECT COUNT(*) FROM %1%2"_s.arg(own, table))[0].integer(0);
    };
    const auto age = [&](const domain::JournalId& entry) {
        StoreFixture::sql(
            *s, kind == StoreKind::Sqlite
                    ? u"UPDATE %1journal SET at = at - 864000000 WHERE id = '%2'"_s.arg(own,
                                                                                        entry.value)
                    : u"UPDATE %1journal SET at = at - interval '10 days' WHERE id = "
                      "'%2'"_s.arg(own, entry.value));
    };
    constexpr int kMany = 5'000;
    const JobIds ids = addFailed(*s, kMany);
    const auto first = value(s->changes.change(JobAction::Retry, ids, note(u"retry"_s)));
    StoreFixture::sql(*s, u"UPDATE \"Job\" SET \"status\" = 'failed'"_s);
    const JobIds few = ids.mid(0, 600);
    auto running = value(s->changes.begin(JobAction::Retry, few, note(u"retry"_s)));
    s->changes.advance(running);
    const auto last = value(s->changes.change(JobAction::Cancel, ids.mid(0, 3), note(u"cancel"_s)));
    age(first.journal);
    const auto size = value(s->journal.size());
    QCOMPARE(size.entries, qint64(rowsOf(u"journal"_s)));
    QVERIFY(size.bytes > 100'000);
    const QDateTime before = QDateTime::currentDateTimeUtc().addDays(-5);
    QVERIFY(size.oldest < before);
    QCOMPARE(value(s->journal.countBefore(before)), 1);

    const qint64 kept = rowsOf(u"journal_row"_s) - kMany;
    int batches = 0;
    QStringList gone;
    while (const auto some = value(s->journal.forgetSome(before))) {
        ++batches;
        if (!some->isEmpty())
            gone += some->value;
        QVERIFY(batches < 100);
    }
    QCOMPARE(gone, QStringList(first.journal.value));
    QVERIFY(batches >= 3);
    QCOMPARE(rowsOf(u"journal_row"_s), kept);
    if (kind == StoreKind::Sqlite)
        QCOMPARE(StoreFixture::sql(*s, u"SELECT COUNT(*) FROM %1journal_cell WHERE row NOT IN "
                                       "(SELECT row FROM %1journal_row)"_s.arg(own))[0]
                     .integer(0),
                 0);
    QCOMPARE(s->changes.undo(first.journal).error().kind, ErrorKind::NotFound);

    // However old, what a program works on stays; once it was left, it may go.
    QDateTime future = QDateTime::currentDateTimeUtc().addDays(1);
    while (value(s->journal.forgetSome(future))) {
    }
    QCOMPARE(rowsOf(u"journal"_s), 1);
    QCOMPARE(toEnd(*s, std::move(running)).changed, 600);
    QCOMPARE(s->changes.undo(last.journal).error().kind, ErrorKind::NotFound);
    while (value(s->journal.forgetSome(future))) {
    }
    for (const QString& table :
         {u"journal"_s, u"journal_row"_s, u"journal_part"_s, u"journal_effect"_s})
        QCOMPARE(rowsOf(table), 0);
    QCOMPARE(value(s->journal.size()).entries, 0);
}

QTEST_GUILESS_MAIN(TestBulkChange)
#include "tst_bulkchange.moc"
