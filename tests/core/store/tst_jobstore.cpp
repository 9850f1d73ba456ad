// SPDX-License-Identifier: GPL-3.0-or-later
// One contract for every database: each test runs on SQLite, on PostgreSQL, on PostgreSQL behind a
// transaction pooler with a single server connection, and on tables that another application made.
#include "core/db/rows.h"
#include "core/db/transaction.h"
#include "tests/core/store/storefixture.h"
#include "tests/support/failingexecutor.h"

#include <QJsonDocument>
#include <QSet>
#include <QTest>

#include <thread>

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
using store::Settlement;

namespace {
JobIds sorted(JobIds ids)
{
    std::sort(ids.begin(), ids.end());
    return ids;
}

const QString kType = u"report_generation"_s;

domain::JobFilter filter(const QString& text)
{
    const auto parsed = domain::JobFilter::parse(text);
    if (!parsed)
        qFatal("%s: %s", qPrintable(text), qPrintable(parsed.error().message));
    return *parsed;
}

Settlement completed(const JobId& id)
{
    Settlement result;
    result.id = id;
    result.outcome = u"completed"_s;
    result.startedAt = QDateTime::currentDateTimeUtc();
    return result;
}

Settlement settled(const JobId& id, JobStatus status, const QString& outcome, const QString& error,
                   std::chrono::milliseconds retryIn = 0ms, bool refund = false)
{
    Settlement result = completed(id);
    result.status = status;
    result.outcome = outcome;
    result.error = error;
    result.retryIn = retryIn;
    result.refund = refund;
    return result;
}

// Settles as an engine does, with what the claim returned for each row; on the deployed shape by
// ids alone, as after a table was rewritten. Both ways must give the same results.
base::Result<JobIds> settle(JobStore& store, const store::Claim& claim, QVector<Settlement> results)
{
    const bool byIds = store.connection().dialect() == db::Dialect::Postgres &&
                       store.shape().mode == domain::QueueMode::Beside &&
                       store.connection().url().schema == u"public"_s;
    for (Settlement& result : results) {
        for (const store::ClaimedJob& job : claim.jobs) {
            if (job.id == result.id && !byIds) {
                result.version = job.version;
                result.address = job.address;
            }
        }
    }
    const auto settled = store.leases.settle({claim.token, results});
    if (!settled)
        return settled.error();
    if (!settled->refused.isEmpty())
        qWarning("refused: %s", qPrintable(settled->refused.front().reason));
    return settled->accepted;
}

domain::NewScan card()
{
    domain::NewScan scan;
    scan.bytes = QByteArray("\x89PNG\0\xff'card", 12);
    scan.mediaType = u"image/png"_s;
    scan.fileName = u"card.png"_s;
    return scan;
}
} // namespace

class TestJobStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void enqueuesAndReads_data() { kinds(); }
    void enqueuesAndReads();
    void enqueuesMany_data() { kinds(); }
    void enqueuesMany();
    void whatIsNotThereIsNotFound_data() { kinds(); }
    void whatIsNotThereIsNotFound();
    void pagesLoseAndDoubleNothing_data() { kinds(); }
    void pagesLoseAndDoubleNothing();
    void pagesAreTheSameFromTheOtherEnd_data() { kinds(); }
    void pagesAreTheSameFromTheOtherEnd();
    void searchesStepByStep_data() { kinds(); }
    void searchesStepByStep();
    void estimatesWhatItDoesNotCount_data() { kinds(); }
    void estimatesWhatItDoesNotCount();
    void filters_data() { kinds(); }
    void filters();
    void leavesUnknownRowsAlone_data() { kinds(); }
    void leavesUnknownRowsAlone();
    void repairsUnknownStatuses_data() { kinds(); }
    void repairsUnknownStatuses();
    void revivesJobsOfUnknownAttempts_data() { kinds(); }
    void revivesJobsOfUnknownAttempts();
    void looksBeforeARun_data() { kinds(); }
    void looksBeforeARun();
    void claimsInOrder_data() { kinds(); }
    void claimsInOrder();
    void twoClaimersNeverShare_data() { kinds(); }
    void twoClaimersNeverShare();
    void settlesEveryOutcome_data() { kinds(); }
    void settlesEveryOutcome();
    void keepsWhatAHandlerReturned_data() { kinds(); }
    void keepsWhatAHandlerReturned();
    void showsHowFarJobsAre_data() { kinds(); }
    void showsHowFarJobsAre();
    void refusesAStaleResult_data() { kinds(); }
    void refusesAStaleResult();
    void refusesAResultAfterTheLease_data() { kinds(); }
    void refusesAResultAfterTheLease();
    void tellsTheEngineThatAJobWasCancelled_data() { kinds(); }
    void tellsTheEngineThatAJobWasCancelled();
    void rescuesLostJobs_data() { kinds(); }
    void rescuesLostJobs();
    void watchesRowsThatAnotherProcessorLeft_data() { kinds(); }
    void watchesRowsThatAnotherProcessorLeft();
    void listsWhatIsStuck_data() { kinds(); }
    void listsWhatIsStuck();
    void listsWhatIsStuckInASharedFile();
    void tellsEnginesThatThereIsWork();
    void findsARowThatWasMoved_data();
    void findsARowThatWasMoved();
    void aTableWithoutRowids();
    void passesOverARowThatIsLocked();
    void rescuesNoRowThatAnotherHasTaken();
    void leavesALeaseWhoseRescuerDies();
    void looksAtRowsThatSomethingElseWrote_data();
    void looksAtRowsThatSomethingElseWrote();
    void changesByTheRuleAndUndoes_data() { kinds(); }
    void changesByTheRuleAndUndoes();
    void namesWhatUndoMustLeave_data() { kinds(); }
    void namesWhatUndoMustLeave();
    void aDryRunChangesNothing_data() { kinds(); }
    void aDryRunChangesNothing();
    void cleansUp_data() { kinds(); }
    void cleansUp();
    void countsTheQueue_data() { kinds(); }
    void countsTheQueue();
    void countsWhatOthersHaveFinished_data() { kinds(); }
    void countsWhatOthersHaveFinished();
    void whatWaits_data() { kinds(); }
    void whatWaits();
    void aScanFollowsItsJob_data() { kinds(); }
    void aScanFollowsItsJob();
    void noticesChangesOfOthers_data() { kinds(); }
    void noticesChangesOfOthers();
    void everyWriteIsWholeOrNothing_data() { kinds(); }
    void everyWriteIsWholeOrNothing();
    void settlesAndClaimsInOneStep_data() { kinds(); }
    void settlesAndClaimsInOneStep();
    void runsJobsWithAnyId();
    void aSharedFileKeepsRunsApart();
    void aBatchEndsWithItsLastJob();
    void nothingToRescueWritesNothing_data() { kinds(); }
    void nothingToRescueWritesNothing();
    void countsTheLastHourAndForgetsTheRest();
    void takesAnErrorWithAnyCharacter_data() { kinds(); }
    void takesAnErrorWithAnyCharacter();
    void importsWholeRows_data() { kinds(); }
    void importsWholeRows();
    void opensOnlyWhatIsReady();
    void printsWhatItWouldMake();
    void servesTheDeployedShape();
    void pagesThroughRowsWithoutATime();
    void aForeignWriteBreaksTheGuard_data();
    void aForeignWriteBreaksTheGuard();

private:
    db::DatabaseUrl sharedFile();
    static void checkWhatIsStuck(const std::unique_ptr<JobStore>& s);
    static void kinds();
    std::unique_ptr<JobStore> store();
    /// Moves a row's createdAt this many seconds into the past.
    static void age(JobStore& store, const JobId& id, int seconds);

    StoreFixture m_fixture;
};

void TestJobStore::initTestCase()
{
    const QString problem = m_fixture.start();
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
}

void TestJobStore::kinds()
{
    QTest::addColumn<StoreKind>("kind");
    QTest::newRow("SQLite") << StoreKind::Sqlite;
    QTest::newRow("PostgreSQL") << StoreKind::Postgres;
    QTest::newRow("PgBouncer") << StoreKind::Pooled;
    QTest::newRow("deployed") << StoreKind::Deployed;
    QTest::newRow("text ids") << StoreKind::TextIds;
}

std::unique_ptr<JobStore> TestJobStore::store()
{
    QFETCH(StoreKind, kind);
    return m_fixture.fresh(kind);
}

void TestJobStore::age(JobStore& store, const JobId& id, int seconds)
{
    StoreFixture::set(store, id,
                      u"\"createdAt\" = '%1'"_s.arg(
                          db::timeText(QDateTime::currentDateTimeUtc().addSecs(-seconds))));
}

void TestJobStore::enqueuesAndReads()
{
    const auto s = store();
    const QJsonObject payload{
        {u"b"_s, u"it's \"ü\" \\ :x"_s}, {u"a"_s, 1.5}, {u"n"_s, QJsonValue()}};
    const QDateTime before = QDateTime::currentDateTimeUtc().addMSecs(-2);
    const JobIds ids = value(s->additions.enqueue({{kType, payload}}, kTester));
    QCOMPARE(ids.size(), 1);
    const domain::JobDetail detail = value(s->jobs.job(ids[0]));
    QCOMPARE(QJsonDocument::fromJson(detail.payload).object(), payload);
    QCOMPARE(detail.job.type, kType);
    QCOMPARE(detail.job.status, JobStatus::Pending);
    QCOMPARE(detail.job.attempts, std::optional(0));
    QVERIFY(detail.job.error.isNull());
    QVERIFY(!detail.job.completedAt.isValid());
    // The test server is in another time zone.
    QVERIFY(detail.job.createdAt >= before);
    QVERIFY(detail.job.createdAt <= QDateTime::currentDateTimeUtc().addMSecs(2));
    QVERIFY(detail.history.isEmpty());
    QVERIFY(!detail.expedited);

    const domain::JobPage page = value(s->jobs.page({}));
    QCOMPARE(page.jobs.size(), 1);
    QVERIFY(page.isLast);
    QCOMPARE(page.jobs[0], detail.job);
}

// More than are sent at once, with characters that COPY and JSON escape.
void TestJobStore::enqueuesMany()
{
    const auto s = store();
    const QString odd = u"tab\t, line\n, return\r, \\N, \\., ü €, \"quoted\", it's"_s;
    QVector<domain::NewJob> jobs;
    for (int i = 0; i < 150; ++i)
        jobs.push_back({i % 2 ? odd : kType, {{u"n"_s, i}, {odd, odd}}});
    const JobIds ids = value(s->additions.enqueue(jobs, kTester));
    QCOMPARE(ids.size(), jobs.size());
    for (const int i : {0, 1, 63, 64, 127, 128, 149}) {
        const domain::JobDetail detail = value(s->jobs.job(ids[i]));
        QCOMPARE(detail.job.type, jobs[i].type);
        QCOMPARE(QJsonDocument::fromJson(detail.payload).object(),
                 QJsonDocument::fromJson(jobs[i].payload).object());
        QCOMPARE(detail.job.status, JobStatus::Pending);
    }
    QCOMPARE(value(s->changes.journal(1)).front().changed, jobs.size());
    QCOMPARE(value(s->additions.enqueue({}, kTester)).size(), 0);

    // All or nothing: text in PostgreSQL cannot contain NUL characters.
    if (s->connection().dialect() == db::Dialect::Sqlite)
        return;
    const QString before = StoreFixture::everything(*s);
    jobs[140].type = u"nul\0"_s + QChar(u'\0');
    QVERIFY(!s->additions.enqueue(jobs, kTester));
    QCOMPARE(StoreFixture::everything(*s), before);
}

void TestJobStore::whatIsNotThereIsNotFound()
{
    const auto s = store();
    for (const QString& id :
         {u"nope"_s, u""_s, u"'; DROP TABLE"_s, u"00000000-0000-7000-8000-000000000000"_s}) {
        const auto detail = s->jobs.job({id});
        QVERIFY(!detail);
        QCOMPARE(detail.error().kind, ErrorKind::NotFound);
        const auto scan = s->scans.scan({id});
        QVERIFY(!scan);
        QCOMPARE(scan.error().kind, ErrorKind::NotFound);
        const auto done = value(s->changes.change(JobAction::Retry, {{id}}, note(u"retry"_s)));
        QCOMPARE(done.changed, 0);
        QCOMPARE(done.skipped.size(), 1);
    }
}

void TestJobStore::pagesLoseAndDoubleNothing()
{
    const auto s = store();
    const JobIds all = StoreFixture::add(*s, 1000); // all with the same createdAt
    for (int i = 0; i < 300; ++i) {                 // and with several statuses
        if (i % 3 != 0)
            StoreFixture::set(
                *s, all[i], u"\"status\" = '%1'"_s.arg(i % 3 == 1 ? u"failed"_s : u"completed"_s));
    }
    JobIds seen;
    domain::PageRequest request;
    request.limit = 70;
    while (true) {
        const domain::JobPage page = value(s->jobs.page(request));
        QCOMPARE(page.keys.size(), page.jobs.size());
        for (const domain::Job& job : page.jobs)
            seen += job.id;
        if (page.isLast)
            break;
        // As in a command-line argument.
        request.after = value(domain::Keyset::fromCursor(page.keys.back().toCursor()));
        QVERIFY(seen.size() <= 1000);
    }
    QCOMPARE(seen.size(), 1000);
    QCOMPARE(QSet<JobId>(seen.cbegin(), seen.cend()), QSet<JobId>(all.cbegin(), all.cend()));
    QCOMPARE(sorted(value(s->jobs.freeze(domain::JobFilter())).ids()), sorted(seen));

    domain::PageRequest far;
    far.skip = 500;
    far.limit = 10;
    QCOMPARE(value(s->jobs.page(far)).jobs[0].id, seen[500]);
    domain::PageRequest from;
    from.from = value(s->jobs.page(far)).keys[0];
    QCOMPARE(value(s->jobs.page(from)).jobs[0].id, seen[500]);
    QCOMPARE(value(s->jobs.count({}, 100)).count, 100);
    QVERIFY(!value(s->jobs.count({}, 100)).isExact);
    QCOMPARE(value(s->jobs.count({}, 1000)), (domain::MatchCount{1000, true}));
    QCOMPARE(value(s->jobs.count(filter(u"status:failed"_s), 1000)),
             (domain::MatchCount{100, true}));
}

// Rows of one time, of many and of none: whatever is read upwards, by a keyset or from the end, is
// what the list holds there.
void TestJobStore::pagesAreTheSameFromTheOtherEnd()
{
    const auto s = store();
    const JobIds all = StoreFixture::add(*s, 500);
    for (int i = 0; i < 500; ++i) {
        if (i % 2 == 0)
            StoreFixture::set(*s, all[i],
                              u"\"createdAt\" = '2026-11-%1T10:00:0%2.000+00:00'"_s
                                  .arg(1 + i % 28, 2, 10, QChar(u'0'))
                                  .arg(i % 7));
        if (i % 3 == 0)
            StoreFixture::set(*s, all[i], u"\"status\" = 'completed'"_s);
    }
    domain::PageRequest whole;
    whole.limit = 1000;
    JobIds list;
    for (const domain::Job& job : value(s->jobs.page(whole)).jobs)
        list += job.id;
    QCOMPARE(list.size(), 500);
    const auto idsOf = [&](const domain::PageRequest& request) {
        JobIds ids;
        for (const domain::Job& job : value(s->jobs.page(request)).jobs)
            ids += job.id;
        return ids;
    };

    domain::PageRequest up;
    up.upwards = true;
    up.limit = 70;
    JobIds seen;
    while (true) {
        const domain::JobPage page = value(s->jobs.page(up));
        JobIds ids;
        for (const domain::Job& job : page.jobs)
            ids += job.id;
        seen = ids + seen;
        QVERIFY(seen.size() <= 500);
        if (page.isLast)
            break;
        up.after = page.keys.front();
    }
    QCOMPARE(seen, list);

    domain::PageRequest far;
    far.upwards = true;
    far.skip = 100;
    far.limit = 10;
    QCOMPARE(idsOf(far), list.mid(390, 10));

    domain::PageRequest bounded;
    bounded.limit = 1;
    bounded.skip = 200;
    up.from = value(s->jobs.page(bounded)).keys.front();
    up.after = {};
    up.limit = 400;
    QCOMPARE(idsOf(up), list.mid(200));

    domain::PageRequest by;
    by.limit = 500;
    by.createdBy = QDateTime::fromString(u"2026-11-10T10:00:03.000Z"_s, Qt::ISODateWithMs);
    const JobIds older = idsOf(by);
    QCOMPARE(older, list.last(older.size()));
    QVERIFY(older.size() > 50 && older.size() < 250);
    for (const domain::Job& job : value(s->jobs.page(by)).jobs)
        QVERIFY(job.createdAt <= by.createdBy);
}

// In steps of any size, a search finds what it finds at once, and tells how far it came.
void TestJobStore::searchesStepByStep()
{
    const auto s = store();
    const JobIds all = StoreFixture::add(*s, 600);
    for (int i = 0; i < 600; ++i) // three at a time
        StoreFixture::set(
            *s, all[i],
            u"\"createdAt\" = '2026-11-01T10:%1:%2.000+00:00'"_s.arg(i / 180, 2, 10, QChar(u'0'))
                .arg(i / 3 % 60, 2, 10, QChar(u'0')));
    for (int i = 0; i < 600; i += 7)
        StoreFixture::set(*s, all[i],
                          u"\"status\" = '%1', \"error\" = 'needle'"_s.arg(
                              i % 2 == 0 ? u"failed"_s : u"completed"_s));
    const auto idsOf = [](const domain::JobPage& page) {
        JobIds ids;
        for (const domain::Job& job : page.jobs)
            ids += job.id;
        return ids;
    };
    domain::PageRequest request;
    request.filter = filter(u"error:needle"_s);
    request.limit = 1000;
    const JobIds expected = idsOf(value(s->jobs.page(request)));
    QCOMPARE(expected.size(), 86);
    for (const int window : {1, 10, 64, 599, 600, 601, 5000}) {
        request.budget = domain::SearchBudget{std::chrono::hours(1), window};
        const domain::JobPage page = value(s->jobs.page(request));
        QCOMPARE(idsOf(page), expected);
        QVERIFY(page.isLast && page.searchedTo.isEmpty());
    }
    // A budget that is spent at once: each call looks at one step.
    request.budget = domain::SearchBudget{std::chrono::milliseconds(-1), 50};
    JobIds found;
    int calls = 0;
    for (bool isLast = false; !isLast; ++calls) {
        const domain::JobPage page = value(s->jobs.page(request));
        found += idsOf(page);
        isLast = page.isLast;
        QCOMPARE(page.searchedTo.isEmpty(), isLast);
        request.before = page.searchedTo;
        QVERIFY(calls < 20);
    }
    QVERIFY(calls >= 11);
    QCOMPARE(found, expected);
    // And within what was searched, without steps.
    domain::PageRequest within;
    within.filter = request.filter;
    within.limit = 1000;
    domain::PageRequest third;
    third.skip = 300;
    third.limit = 1;
    within.since = value(s->jobs.page(third)).keys.front().createdAt;
    const JobIds part = idsOf(value(s->jobs.page(within)));
    QVERIFY(part.size() > 30 && part.size() < 60);
    QCOMPARE(part, expected.first(part.size()));
}

void TestJobStore::estimatesWhatItDoesNotCount()
{
    const auto s = store();
    const JobIds all = StoreFixture::add(*s, 1000);
    for (int i = 0; i < 400; ++i)
        StoreFixture::set(*s, all[i], u"\"status\" = 'failed', \"error\" = 'x'"_s);
    const bool isSqlite = s->connection().dialect() == db::Dialect::Sqlite;
    if (!isSqlite)
        StoreFixture::sql(*s, u"ANALYZE \"Job\""_s);
    const auto about = [&](const QString& text, qint64 limit) {
        return value(s->jobs.count(filter(text), limit)).about;
    };
    QCOMPARE(about(QString(), 1000), std::nullopt); // exact
    QVERIFY(qAbs(about(QString(), 300).value_or(0) - 1000) < 50);
    QVERIFY(qAbs(about(u"status:failed"_s, 300).value_or(0) - 400) < 50);
    QVERIFY(qAbs(about(u"-status:failed"_s, 300).value_or(0) - 600) < 50);
    QVERIFY(about(QString(), 999).value_or(0) >= 999); // never less than what was counted
    if (isSqlite)
        QCOMPARE(about(u"error:x"_s, 300), std::nullopt);
    else
        QVERIFY(about(u"error:x"_s, 300).value_or(0) >= 300);
}

void TestJobStore::filters()
{
    const auto s = store();
    const JobIds ids = StoreFixture::add(*s, 4);
    const auto scanJob = value(s->additions.enqueue(
        {{u"image_extraction"_s,
          QJsonObject{{u"scanId"_s, u"abc"_s}, {u"deep"_s, QJsonObject{{u"x"_s, 7}}}}}},
        kTester));
    StoreFixture::set(
        *s, ids[0],
        u"\"status\" = 'failed', \"attempts\" = 3, \"error\" = '100% Timeout_x \\ ''q'''"_s);
    StoreFixture::set(*s, ids[1], u"\"attempts\" = 3"_s);
    StoreFixture::set(
        *s, ids[2],
        u"\"status\" = 'completed', \"completedAt\" = '2026-01-02T03:04:05.000+00:00'"_s);
    StoreFixture::set(*s, ids[3],
                      u"\"status\" = 'weird', \"createdAt\" = '2025-03-04T10:00:00.000+00:00'"_s);

    const auto matches = [&](const QString& text, const JobIds& expected) {
        const JobIds found = value(s->jobs.freeze(filter(text))).ids();
        const bool same = QSet<JobId>(found.cbegin(), found.cend()) ==
                          QSet<JobId>(expected.cbegin(), expected.cend());
        if (!same)
            qWarning("%s gave %d rows", qPrintable(text), int(found.size()));
        return same && value(s->jobs.count(filter(text), 100)).count == expected.size();
    };
    QVERIFY(matches(u"status:failed"_s, {ids[0]}));
    QVERIFY(matches(u"-status:failed"_s, {ids[1], ids[2], ids[3], scanJob[0]}));
    QVERIFY(matches(u"status:failed or status:completed"_s, {ids[0], ids[2]}));
    QVERIFY(matches(u"status:unknown"_s, {ids[3]}));
    QVERIFY(matches(u"type:image_extraction"_s, scanJob));
    QVERIFY(matches(u"error:timeout"_s, {ids[0]}));
    QVERIFY(matches(u"error:\"100% t\""_s, {ids[0]}));
    QVERIFY(matches(u"error:\"1%t\""_s, {}));
    QVERIFY(matches(u"error:\"timeout?x\""_s, {}));
    QVERIFY(matches(u"error:\"'q'\""_s, {ids[0]}));
    QVERIFY(matches(u"attempts>=3"_s, {ids[0], ids[1]}));
    QVERIFY(matches(u"attempts<3 type:report_generation"_s, {ids[2], ids[3]}));
    QVERIFY(matches(u"created:2025-03-04..2025-03-05"_s, {ids[3]}));
    QVERIFY(matches(u"age>30d"_s, {ids[3]}));
    QVERIFY(matches(u"payload.scanId:abc"_s, scanJob));
    QVERIFY(matches(u"id:"_s + ids[2].value, {ids[2]}));
    QVERIFY(matches(
        u"id:"_s + ids[2].value.left(8),
        value(s->jobs.freeze(domain::JobFilter())).ids())); // all were created within this minute
    QVERIFY(matches(u"id:zz"_s, {}));
    QVERIFY(matches(u"timeout_x"_s, {ids[0]}));
    QVERIFY(
        matches(u"(type:image_extraction or attempts>=3) -status:failed"_s, {ids[1], scanJob[0]}));
}

void TestJobStore::leavesUnknownRowsAlone()
{
    QFETCH(StoreKind, kind);
    const auto s = store();
    const JobIds ids = StoreFixture::add(*s, 3);
    StoreFixture::set(*s, ids[0], u"\"status\" = 'paused'"_s);
    StoreFixture::set(*s, ids[1], u"\"status\" = ''"_s);
    if (kind != StoreKind::Sqlite) { // as the deployed table has it
        StoreFixture::sql(*s, u"ALTER TABLE \"Job\" ALTER \"status\" DROP NOT NULL, "
                              "ALTER \"createdAt\" DROP NOT NULL"_s);
        StoreFixture::set(*s, ids[1], u"\"status\" = NULL"_s);
    }
    StoreFixture::set(*s, ids[2], u"\"status\" = 'PENDING'"_s);
    const QString before = StoreFixture::jobs(*s);
    QVERIFY(value(s->leases.claim(u"e"_s, {kType}, 10, 30s)).jobs.isEmpty());
    for (const JobAction action : {JobAction::Retry, JobAction::Delete, JobAction::RunNext}) {
        const auto done = value(s->changes.change(action, ids, note(u"test"_s)));
        QCOMPARE(done.changed, 0);
        QCOMPARE(done.skipped.size(), 3);
        QVERIFY(done.journal.isEmpty());
    }
    const auto cancelled =
        value(s->changes.change(JobAction::Cancel, {ids[0], ids[1]}, note(u"cancel"_s)));
    QCOMPARE(cancelled.changed, 0);
    domain::CleanUp cleanUp;
    cleanUp.before = QDateTime::currentDateTimeUtc().addSecs(100);
    const auto preview = value(s->jobs.previewCleanUp(cleanUp));
    QVERIFY(preview.frozen.isEmpty());
    QCOMPARE(preview.unknownKept, 3);
    QCOMPARE(StoreFixture::jobs(*s), before);
    QCOMPARE(value(s->jobs.page({})).jobs.size(), 3);
    QCOMPARE(value(s->jobs.snapshot()).counts.other, 3);
}

void TestJobStore::repairsUnknownStatuses()
{
    QFETCH(StoreKind, kind);
    const auto s = store();
    struct Odd
    {
        QString found, repaired;
    };
    QVector<Odd> odd{{u"'paused', \"attempts\" = 5"_s, u"pending 0"_s},
                     {u"'PENDING', \"attempts\" = 3"_s, u"pending 0"_s},
                     {u"'Processing', \"attempts\" = 1"_s, u"processing 1"_s},
                     {u"' failed', \"attempts\" = 2"_s, u"failed 2"_s},
                     {u"'Completed', \"attempts\" = 1"_s, u"completed 1"_s},
                     {u"'', \"attempts\" = 0"_s, u"pending 0"_s},
                     {u"'failed', \"attempts\" = 2"_s, u"failed 2"_s}}; // not odd
    if (kind != StoreKind::Sqlite) {
        StoreFixture::sql(*s, u"ALTER TABLE \"Job\" ALTER \"status\" DROP NOT NULL, "
                              "ALTER \"attempts\" DROP NOT NULL"_s);
        odd.prepend({u"NULL, \"attempts\" = NULL"_s, u"pending 0"_s});
    }
    const JobIds ids = StoreFixture::add(*s, int(odd.size()));
    for (qsizetype i = 0; i < odd.size(); ++i)
        StoreFixture::set(*s, ids[i], u"\"status\" = "_s + odd[i].found);
    const QString before = StoreFixture::jobs(*s);
    QCOMPARE(domain::prediction(JobAction::Repair, value(s->jobs.freeze(ids))).changed,
             ids.size() - 1);
    const auto done = value(s->changes.change(JobAction::Repair, ids, note(u"repair"_s)));
    QCOMPARE(done.changed, ids.size() - 1);
    QCOMPARE(done.skipped,
             QVector<domain::Skipped>({{ids.last().value, domain::SkipReason::AlreadyFailed}}));
    for (qsizetype i = 0; i < odd.size(); ++i) {
        const domain::Job job = value(s->jobs.job(ids[i])).job;
        QCOMPARE(u"%1 %2"_s.arg(job.rawStatus).arg(job.attempts.value_or(-1)), odd[i].repaired);
    }
    QCOMPARE(value(s->changes.undo(done.journal)).changed, ids.size() - 1);
    QCOMPARE(StoreFixture::jobs(*s), before);
}

void TestJobStore::revivesJobsOfUnknownAttempts()
{
    QFETCH(StoreKind, kind);
    const auto s = store();
    const JobIds ids = StoreFixture::add(*s, 2);
    if (kind != StoreKind::Sqlite)
        StoreFixture::sql(*s, u"ALTER TABLE \"Job\" ALTER \"attempts\" DROP NOT NULL"_s);
    StoreFixture::set(*s, ids[0],
                      kind == StoreKind::Sqlite ? u"\"attempts\" = 'many'"_s
                                                : u"\"attempts\" = NULL"_s);
    QVERIFY(!value(s->jobs.job(ids[0])).job.attempts);
    QCOMPARE(value(s->jobs.snapshot()).dead, 1);
    QCOMPARE(value(s->jobs.freeze(*domain::JobFilter::parse(u"is:dead"_s))).ids(), JobIds{ids[0]});
    QCOMPARE(value(s->changes.change(JobAction::Retry, ids, note(u"retry"_s))).changed, 1);
    QCOMPARE(value(s->jobs.job(ids[0])).job.attempts, 0);
    QCOMPARE(value(s->leases.claim(u"e"_s, {kType}, 10, 30s)).jobs.size(), 2);
}

void TestJobStore::looksBeforeARun()
{
    const auto s = store();
    const QString picture = u"image_extraction"_s;
    const auto enqueue = [&](const QString& type, const QByteArray& payload, int count) {
        return value(s->additions.enqueue(
            QVector<domain::NewJob>(count, domain::NewJob::withText(type, payload)), kTester));
    };
    QVERIFY(value(s->leases.preflight({kType, picture})).types.isEmpty());
    enqueue(kType, R"({"reportType":"weekly"})", 3);
    enqueue(picture, "{}", 2); // lacks everything that the schema requires
    enqueue(kType, "{\"reportType\":\"" + QByteArray(70'000, 'x') + "\"}", 1);
    const JobIds spent = enqueue(kType, "{}", 1);
    StoreFixture::set(*s, spent[0], u"\"attempts\" = 3"_s);
    enqueue(u"elsewhere"_s, "{}", 4);
    const QString before = StoreFixture::jobs(*s);

    const domain::Preflight found = value(s->leases.preflight({kType, picture}));
    QCOMPARE(found.types.keys(), (QStringList{picture, kType}));
    QCOMPARE(found.types[kType].waiting, 4);
    QCOMPARE(found.types[kType].checked, 3);
    QCOMPARE(found.types[kType].failing, 0);
    QCOMPARE(found.types[kType].unread, 1);
    QCOMPARE(found.types[picture].failing, 2);
    QVERIFY(!found.types[picture].reason.isEmpty());
    QCOMPARE(found.waiting(), 6);
    QVERIFY(!found.isWhole());
    QCOMPARE(StoreFixture::jobs(*s), before);

    enqueue(u"many"_s, "{}", domain::Preflight::kMostChecked + 5);
    const domain::Preflight many = value(s->leases.preflight({u"many"_s}));
    QCOMPARE(many.waiting(), domain::Preflight::kMostChecked + 5);
    QCOMPARE(many.checked(), domain::Preflight::kMostChecked);
}

void TestJobStore::claimsInOrder()
{
    const auto s = store();
    const JobIds ids = StoreFixture::add(*s, 8);
    const JobIds foreign = StoreFixture::add(*s, 1, u"shop_export"_s);
    StoreFixture::set(*s, ids[1], u"\"attempts\" = 3"_s); // dead
    value(s->changes.change(JobAction::RunNext, {ids[6]}, note(u"run-next"_s)));
    QVERIFY(value(s->jobs.job(ids[6])).expedited);

    QVERIFY(value(s->leases.hasClaimable({kType})));
    QVERIFY(!value(s->leases.hasClaimable({u"bulk_import"_s})));
    const store::Claim first = value(s->leases.claim(u"engine"_s, {kType, u"x"_s}, 3, 30s));
    QCOMPARE(first.jobs.size(), 3);
    QCOMPARE(first.jobs[0].id, ids[6]);
    QCOMPARE(first.jobs[1].id, ids[0]);
    QCOMPARE(first.jobs[2].id, ids[2]);
    QCOMPARE(first.jobs[0].attempt, 1);
    QCOMPARE(first.jobs[0].type, kType);
    QCOMPARE(QJsonDocument::fromJson(first.jobs[0].payload).object()[u"a"_s], QJsonValue(1));
    QCOMPARE(StoreFixture::job(*s, ids[0]).status, JobStatus::Processing);
    QCOMPARE(StoreFixture::job(*s, ids[0]).attempts, std::optional(1));
    QVERIFY(!value(s->jobs.job(ids[6])).expedited);
    const auto history = value(s->jobs.job(ids[0])).history;
    QCOMPARE(history.size(), 1);
    QCOMPARE(history[0].outcome, u"running"_s);
    QCOMPARE(history[0].engine, u"engine"_s);
    QVERIFY(!history[0].endedAt.isValid());
    QVERIFY(qAbs(history[0].startedAt.secsTo(QDateTime::currentDateTimeUtc())) < 60);

    // A failed attempt waits for its back-off, unless a user asks for it.
    value(
        settle(*s, first, {settled(ids[0], JobStatus::Pending, u"retried"_s, u"broken"_s, 3600s)}));
    QVERIFY(value(s->jobs.job(ids[0])).notBefore > QDateTime::currentDateTimeUtc().addSecs(3000));
    const store::Claim second = value(s->leases.claim(u"engine"_s, {kType}, 100, 30s));
    QCOMPARE(second.jobs.size(), 4);
    QCOMPARE(second.jobs[0].id, ids[3]);
    QCOMPARE(second.jobs[3].id, ids[7]);
    QVERIFY(!value(s->leases.hasClaimable({kType})));
    QVERIFY(value(s->leases.hasPending({kType})));
    QVERIFY(value(s->leases.claim(u"engine"_s, {kType}, 100, 30s)).jobs.isEmpty());
    value(s->changes.change(JobAction::RunNext, {ids[0]}, note(u"run-next"_s)));
    QVERIFY(value(s->leases.hasClaimable({kType})));
    const store::Claim third = value(s->leases.claim(u"engine"_s, {kType}, 100, 30s));
    QCOMPARE(third.jobs.size(), 1);
    QCOMPARE(third.jobs[0].attempt, 2);
    QCOMPARE(StoreFixture::job(*s, foreign[0]).status, JobStatus::Pending);
}

void TestJobStore::twoClaimersNeverShare()
{
    QFETCH(StoreKind, kind);
    const db::DatabaseUrl url = m_fixture.freshDatabase(kind);
    constexpr int kJobs = 300;
    StoreFixture::add(*m_fixture.open(url), kJobs);
    std::array<JobIds, 3> claimed;
    std::vector<std::thread> engines;
    for (JobIds& mine : claimed) {
        engines.emplace_back([&] {
            const auto s = m_fixture.open(url);
            while (true) {
                const auto claim = value(s->leases.claim(u"engine"_s, {kType}, 7, 30s));
                if (claim.jobs.isEmpty())
                    return;
                QVector<Settlement> results;
                for (const store::ClaimedJob& job : claim.jobs) {
                    mine += job.id;
                    results += completed(job.id);
                }
                if (value(settle(*s, claim, results)).size() != results.size())
                    qFatal("a result was refused");
            }
        });
    }
    for (std::thread& engine : engines)
        engine.join();
    JobIds all = claimed[0] + claimed[1] + claimed[2];
    QCOMPARE(all.size(), kJobs);
    QCOMPARE(QSet<JobId>(all.cbegin(), all.cend()).size(), kJobs);
    QCOMPARE(value(m_fixture.open(url)->jobs.snapshot()).counts.completed, kJobs);
}

void TestJobStore::settlesEveryOutcome()
{
    const auto s = store();
    const JobIds ids = StoreFixture::add(*s, 5);
    StoreFixture::set(*s, ids[0], u"\"error\" = 'an old one'"_s);
    const store::Claim claim = value(s->leases.claim(u"engine"_s, {kType}, 5, 30s));
    QCOMPARE(claim.jobs.size(), 5);
    QCOMPARE(value(s->leases.heartbeat(
                       claim.held() + QVector<store::HeldJob>{{u"no-such"_s, {}, {}}}, 30s))
                 .size(),
             5);
    const QDateTime before = QDateTime::currentDateTimeUtc().addSecs(-2);
    const JobIds accepted = value(settle(
        *s, claim,
        {completed(ids[0]), settled(ids[1], JobStatus::Pending, u"retried"_s, u"once more"_s, 15s),
         settled(ids[2], JobStatus::Failed, u"failed"_s, u"bad picture"_s),
         settled(ids[3], JobStatus::Pending, u"released"_s, {}, 0ms, true)}));
    QCOMPARE(accepted.size(), 4);

    const domain::Job done = StoreFixture::job(*s, ids[0]);
    QCOMPARE(done.status, JobStatus::Completed);
    QVERIFY(done.error.isNull());
    QVERIFY(done.completedAt > before);
    QVERIFY(done.completedAt < QDateTime::currentDateTimeUtc().addSecs(2));
    const domain::Job again = StoreFixture::job(*s, ids[1]);
    QCOMPARE(again.status, JobStatus::Pending);
    QCOMPARE(again.attempts, std::optional(1));
    QCOMPARE(again.error, u"once more"_s);
    QVERIFY(!again.completedAt.isValid());
    QCOMPARE(StoreFixture::job(*s, ids[2]).status, JobStatus::Failed);
    const domain::Job released = StoreFixture::job(*s, ids[3]);
    QCOMPARE(released.status, JobStatus::Pending);
    QCOMPARE(released.attempts, std::optional(0));

    // The batch continues with the remaining job.
    const auto kept = value(s->leases.heartbeat(claim.held(), 30s));
    QCOMPARE(kept.size(), 1);
    QCOMPARE(kept[0].id, ids[4]);
    QCOMPARE(kept[0].token, claim.token);
    QVERIFY(!kept[0].cancelled);
    QCOMPARE(value(settle(*s, claim, {completed(ids[4])})), JobIds{ids[4]});
    QVERIFY(value(s->leases.heartbeat(claim.held(), 30s)).isEmpty());

    const auto history = value(s->jobs.job(ids[1])).history;
    QCOMPARE(history.size(), 1);
    QCOMPARE(history[0].number, 1);
    QCOMPARE(history[0].outcome, u"retried"_s);
    QCOMPARE(history[0].error, u"once more"_s);
    QVERIFY(history[0].startedAt > before);
    QVERIFY(history[0].endedAt > before);
    const auto snapshot = value(s->jobs.snapshot());
    QCOMPARE(snapshot.completedLastHour, 2);
    QCOMPARE(snapshot.failedLastHour, 1);
}

// As it was returned: the order of keys and every digit.
void TestJobStore::keepsWhatAHandlerReturned()
{
    const auto s = store();
    const JobIds ids = StoreFixture::add(*s, 3);
    const store::Claim claim = value(s->leases.claim(u"engine"_s, {kType}, 3, 30s));
    const QByteArray text =
        R"({"z": 1.50, "a": "Grüße \u0000 \ud83c\udf77", "n": 12345678901234567890})";
    Settlement returns = completed(ids[0]);
    returns.result = text;
    QCOMPARE(value(settle(*s, claim, {returns, completed(ids[1])})).size(), 2);
    const domain::JobDetail detail = value(s->jobs.job(ids[0]));
    QCOMPARE(detail.history.size(), 1);
    QCOMPARE(detail.history[0].result, text);
    QCOMPARE(detail.result(), text);
    QVERIFY(value(s->jobs.job(ids[1])).result().isEmpty());
    QVERIFY(value(s->jobs.job(ids[2])).result().isEmpty()); // still running

    // A job that is run again has no result until then, and keeps the old one in its history.
    StoreFixture::set(*s, ids[0], u"\"status\" = 'pending', \"attempts\" = 0"_s);
    const domain::JobDetail again = value(s->jobs.job(ids[0]));
    QVERIFY(again.result().isEmpty());
    QCOMPARE(again.history[0].result, text);
}

// Every reader sees it, on another connection too, until the job is settled.
void TestJobStore::showsHowFarJobsAre()
{
    QFETCH(StoreKind, kind);
    const db::DatabaseUrl url = m_fixture.freshDatabase(kind);
    const auto s = m_fixture.open(url);
    const auto other = m_fixture.open(url);
    const JobIds ids = StoreFixture::add(*s, 3);
    const store::Claim claim = value(s->leases.claim(u"engine"_s, {kType}, 2, 30s));
    const auto progressOf = [&](const JobId& id) {
        const auto page = value(other->jobs.page({}));
        for (const domain::Job& job : page.jobs) {
            if (job.id == id) {
                const domain::Progress whole = value(other->jobs.job(id)).job.progress;
                return whole == job.progress ? whole : domain::Progress{-1, u"they differ"_s};
            }
        }
        return domain::Progress{-1, u"not in the list"_s};
    };
    QVERIFY(progressOf(ids[0]).isEmpty());
    const domain::Progress half{0.5, u"reading “all” {lines} \\"_s},
        unknown{std::nullopt, u"waiting"_s};
    const auto note = [&](const QHash<JobId, domain::Progress>& jobs) {
        const auto noted = s->leases.noteProgress({{claim.token, jobs}});
        QVERIFY2(noted, noted ? "" : qPrintable(noted.error().detail));
    };
    note({{ids[0], half}, {ids[1], unknown}, {ids[2], half}});
    QCOMPARE(progressOf(ids[0]), half);
    QCOMPARE(progressOf(ids[1]), unknown);
    QVERIFY(progressOf(ids[2]).isEmpty()); // nobody runs it
    note({{ids[0], {1, {}}}});
    QCOMPARE(progressOf(ids[0]), (domain::Progress{1, {}}));
    QVERIFY(progressOf(ids[1]).isEmpty());
    note({{ids[0], half}, {ids[1], half}});

    // Heartbeats leave it, and a job that was handed back and taken again begins anew.
    QCOMPARE(value(s->leases.heartbeat(claim.held(), 30s)).size(), 2);
    QCOMPARE(progressOf(ids[0]), half);
    QCOMPARE(value(settle(*s, claim,
                          {settled(ids[0], JobStatus::Pending, u"released"_s, {}, 0ms, true)}))
                 .size(),
             1);
    QVERIFY(progressOf(ids[0]).isEmpty());
    const store::Claim next = value(s->leases.claim(u"engine"_s, {kType}, 1, 30s));
    QCOMPARE(next.jobs.front().id, ids[0]);
    QVERIFY(progressOf(ids[0]).isEmpty());
    QCOMPARE(progressOf(ids[1]), half);
    note({{ids[1], half}});
    QCOMPARE(value(settle(*s, claim, {completed(ids[1])})).size(), 1);
    QVERIFY(progressOf(ids[1]).isEmpty());
    note({{ids[1], half}}); // too late: the lease is gone
    QVERIFY(progressOf(ids[1]).isEmpty());
}

void TestJobStore::refusesAStaleResult()
{
    const auto s = store();
    const JobIds ids = StoreFixture::add(*s, 5);
    const store::Claim claim = value(s->leases.claim(u"engine"_s, {kType}, 3, 30s));
    const store::Claim other = value(s->leases.claim(u"other"_s, {kType}, 2, 30s));
    QVERIFY(value(settle(*s, {u"no-such-token"_s, claim.jobs}, {completed(ids[0])})).isEmpty());
    QVERIFY(value(settle(*s, other, {completed(ids[0])})).isEmpty());
    // Settled twice: there is nothing to write the second time.
    QCOMPARE(value(settle(*s, claim, {completed(ids[0])})).size(), 1);
    QVERIFY(value(settle(*s, claim, {settled(ids[0], JobStatus::Failed, u"failed"_s, u"x"_s)}))
                .isEmpty());
    QCOMPARE(StoreFixture::job(*s, ids[0]).status, JobStatus::Completed);
    // Cancelled while it was running.
    value(s->changes.change(JobAction::Cancel, {ids[1]}, note(u"cancel"_s)));
    // Cancelled, retried and taken by another engine while it was running.
    value(s->changes.change(JobAction::Cancel, {ids[2]}, note(u"cancel"_s)));
    value(s->changes.change(JobAction::Retry, {ids[2]}, note(u"retry"_s)));
    const store::Claim taken = value(s->leases.claim(u"other"_s, {kType}, 1, 30s));
    QCOMPARE(taken.jobs.size(), 1);
    QCOMPARE(taken.jobs[0].id, ids[2]);
    QVERIFY(value(settle(*s, claim, {completed(ids[1]), completed(ids[2])})).isEmpty());
    QCOMPARE(StoreFixture::job(*s, ids[1]).error, u"Cancelled by tester"_s);
    QCOMPARE(StoreFixture::job(*s, ids[1]).status, JobStatus::Failed);
    QCOMPARE(StoreFixture::job(*s, ids[2]).status, JobStatus::Processing);
    QCOMPARE(value(settle(*s, taken, {completed(ids[2])})).size(), 1);
    // Handed back and taken by another engine: the row looks as before, including its attempt, and
    // the lease is still held for another job.
    const store::Settlement back =
        settled(ids[3], JobStatus::Pending, u"released"_s, {}, 0ms, true);
    QCOMPARE(value(settle(*s, other, {back})).size(), 1);
    const store::Claim next = value(s->leases.claim(u"engine"_s, {kType}, 1, 30s));
    QCOMPARE(next.jobs[0].id, ids[3]);
    QCOMPARE(next.jobs[0].attempt, other.jobs[0].attempt);
    QVERIFY(value(settle(*s, other, {completed(ids[3])})).isEmpty());
    QCOMPARE(value(settle(*s, next, {completed(ids[3])})).size(), 1);
}

void TestJobStore::refusesAResultAfterTheLease()
{
    const auto s = store();
    const JobIds ids = StoreFixture::add(*s, 1);
    const store::Claim claim = value(s->leases.claim(u"engine"_s, {kType}, 1, 150ms));
    QCOMPARE(claim.jobs.size(), 1);
    QTest::qSleep(250);
    QVERIFY(value(s->leases.heartbeat(claim.held(), 30s)).isEmpty());
    QVERIFY(value(settle(*s, claim, {completed(ids[0])})).isEmpty());
    QCOMPARE(StoreFixture::job(*s, ids[0]).status, JobStatus::Processing);
    // The refused result leaves the lease to the rescue: the job is run again.
    QCOMPARE(value(s->leases.rescue()), ids);
    QCOMPARE(StoreFixture::job(*s, ids[0]).status, JobStatus::Pending);
}

void TestJobStore::tellsTheEngineThatAJobWasCancelled()
{
    const auto s = store();
    const JobIds ids = StoreFixture::add(*s, 3);
    const store::Claim claim = value(s->leases.claim(u"engine"_s, {kType}, 3, 30s));
    value(s->changes.change(JobAction::Cancel, {ids[1]}, note(u"cancel"_s)));
    const auto kept = value(s->leases.heartbeat(claim.held(), 30s));
    QCOMPARE(kept.size(), 3);
    for (const store::KeptJob& job : kept)
        QCOMPARE(job.cancelled, job.id == ids[1]);
    QCOMPARE(value(settle(*s, claim, {completed(ids[0]), completed(ids[1])})), JobIds{ids[0]});
    QCOMPARE(value(s->leases.heartbeat(claim.held(), 30s)).size(), 1);
}

void TestJobStore::rescuesLostJobs()
{
    const auto s = store();
    const JobIds ids = StoreFixture::add(*s, 4);
    StoreFixture::set(*s, ids[1], u"\"attempts\" = 2"_s);
    const store::Claim lost = value(s->leases.claim(u"gone"_s, {kType}, 3, 1500ms));
    QCOMPARE(lost.jobs.size(), 3);
    const store::Claim alive = value(s->leases.claim(u"alive"_s, {kType}, 1, 30s));
    value(s->changes.change(JobAction::Cancel, {ids[2]}, note(u"cancel"_s)));
    QVERIFY(value(s->leases.rescue()).isEmpty());
    QCOMPARE(value(s->jobs.snapshot()).stuck, 0);
    QTest::qSleep(1700);
    QCOMPARE(value(s->jobs.snapshot()).stuck, 2);
    const JobIds rescued = value(s->leases.rescue());
    QCOMPARE(QSet<JobId>(rescued.cbegin(), rescued.cend()), (QSet<JobId>{ids[0], ids[1]}));
    QVERIFY(value(s->leases.rescue()).isEmpty());
    QCOMPARE(StoreFixture::job(*s, ids[0]).status, JobStatus::Pending);
    QCOMPARE(StoreFixture::job(*s, ids[0]).error, u"worker lost (engine gone)"_s);
    QCOMPARE(StoreFixture::job(*s, ids[0]).attempts, std::optional(1));
    QCOMPARE(StoreFixture::job(*s, ids[1]).status, JobStatus::Failed);
    QCOMPARE(StoreFixture::job(*s, ids[2]).error, u"Cancelled by tester"_s);
    QCOMPARE(StoreFixture::job(*s, ids[3]).status, JobStatus::Processing);
    const domain::Attempt attempt = value(s->jobs.job(ids[0])).history[0];
    QCOMPARE(attempt.outcome, u"lost"_s);
    QVERIFY(attempt.startedAt.isValid() && attempt.startedAt <= attempt.endedAt);
    QVERIFY(value(settle(*s, lost, {completed(ids[0])})).isEmpty());
    const store::Claim again = value(s->leases.claim(u"next"_s, {kType}, 9, 30s));
    QCOMPARE(again.jobs.size(), 1);
    QCOMPARE(again.jobs[0].attempt, 2);
    QCOMPARE(value(settle(*s, alive, {completed(ids[3])})).size(), 1);
}

void TestJobStore::watchesRowsThatAnotherProcessorLeft()
{
    const auto s = store();
    const JobIds ids = StoreFixture::add(*s, 4);
    StoreFixture::set(*s, ids[0], u"\"status\" = 'processing', \"attempts\" = 1"_s);
    StoreFixture::set(*s, ids[1], u"\"status\" = 'processing', \"attempts\" = 3"_s);
    StoreFixture::set(*s, ids[2], u"\"status\" = 'processing', \"attempts\" = 1"_s);
    const store::Claim ours = value(s->leases.claim(u"e"_s, {kType}, 1, 30s)); // ids[3], leased
    QVERIFY(s->leases.watch());
    QVERIFY(value(s->jobs.job(ids[0])).aloneSince.isValid());
    QVERIFY(!value(s->jobs.job(ours.jobs[0].id)).aloneSince.isValid());
    QVERIFY(value(s->leases.freeOrphans(1h)).isEmpty()); // not for long enough
    QTest::qWait(20);
    // The other processor continues with one of them: its watch starts over.
    StoreFixture::set(*s, ids[2], u"\"attempts\" = 2"_s);
    const QDateTime first = value(s->jobs.job(ids[0])).aloneSince;
    QVERIFY(s->leases.watch());
    QCOMPARE(value(s->jobs.job(ids[0])).aloneSince, first);
    QVERIFY(value(s->jobs.job(ids[2])).aloneSince > first);
    // One of them ends: it is no longer watched.
    StoreFixture::set(*s, ids[2], u"\"status\" = 'completed'"_s);
    QVERIFY(s->leases.watch());
    QVERIFY(!value(s->jobs.job(ids[2])).aloneSince.isValid());
    const JobIds freed = value(s->leases.freeOrphans(1ms));
    QCOMPARE(QSet<JobId>(freed.cbegin(), freed.cend()), (QSet<JobId>{ids[0], ids[1]}));
    QCOMPARE(StoreFixture::job(*s, ids[0]).rawStatus, u"pending"_s);
    QCOMPARE(StoreFixture::job(*s, ids[1]).rawStatus, u"failed"_s); // its attempts are used up
    QVERIFY(StoreFixture::job(*s, ids[0]).error.contains(u"no lease"_s));
    QCOMPARE(StoreFixture::job(*s, ours.jobs[0].id).rawStatus, u"processing"_s);
}

void TestJobStore::listsWhatIsStuck()
{
    checkWhatIsStuck(store());
}

void TestJobStore::listsWhatIsStuckInASharedFile()
{
    checkWhatIsStuck(m_fixture.open(sharedFile()));
}

void TestJobStore::checkWhatIsStuck(const std::unique_ptr<JobStore>& s)
{
    const bool isOwn = s->shape().mode == domain::QueueMode::Own;
    const JobIds ids = StoreFixture::add(*s, 4);
    StoreFixture::set(*s, ids[0], u"\"status\" = 'processing', \"attempts\" = 1"_s);
    const store::Claim lost = value(s->leases.claim(u"gone"_s, {kType}, 1, 10ms));
    const store::Claim alive = value(s->leases.claim(u"alive"_s, {kType}, 1, 30s));
    QTest::qWait(20);
    const JobId alone = ids[0], ours = lost.jobs[0].id;
    const auto stuck = [&s] {
        const auto found = value(s->jobs.freeze(filter(u"is:stuck"_s))).ids();
        return QSet<JobId>(found.cbegin(), found.cend());
    };
    const auto check = [&](const QSet<JobId>& expected, int unwatched) {
        QCOMPARE(stuck(), expected);
        const auto snapshot = value(s->jobs.snapshot());
        QCOMPARE(snapshot.stuck, expected.size());
        QCOMPARE(snapshot.unwatched, unwatched);
        domain::PageRequest all;
        for (const domain::Job& job : value(s->jobs.page(all)).jobs)
            QCOMPARE(job.isStuck, expected.contains(job.id));
        for (const JobId& id : ids)
            QCOMPARE(value(s->jobs.job(id)).job.isStuck, expected.contains(id));
        QCOMPARE(value(s->jobs.freeze(filter(u"-is:stuck"_s))).count(), 4 - expected.size());
        QCOMPARE(value(s->jobs.count(filter(u"is:stuck"_s), 9)).count, expected.size());
    };
    // A job whose lease expired is stuck at once; one that never had a lease only if no other
    // processor works here.
    check(isOwn ? QSet<JobId>{alone, ours} : QSet<JobId>{ours}, isOwn ? 0 : 1);
    QVERIFY(s->leases.watch());
    check(isOwn ? QSet<JobId>{alone, ours} : QSet<JobId>{ours}, 0);
    const bool isSqlite = s->connection().dialect() == db::Dialect::Sqlite;
    StoreFixture::sql(*s, isSqlite
                              ? u"UPDATE queuedeck_watch SET first_seen = first_seen - 960000"_s
                              : u"UPDATE queuedeck.watch SET first_seen = first_seen - "
                                "interval '16 min'"_s);
    check({alone, ours}, 0);
    // A job that the other processor has taken up again in the meantime is no longer stuck.
    StoreFixture::set(*s, alone, u"\"attempts\" = 2"_s);
    check(isOwn ? QSet<JobId>{alone, ours} : QSet<JobId>{ours}, 0);
    QVERIFY(!value(s->jobs.job(alone)).aloneSince.isValid());
    StoreFixture::set(*s, ours, u"\"attempts\" = 2"_s);
    check(isOwn ? QSet<JobId>{alone, ours} : QSet<JobId>(), 0);
}

void TestJobStore::tellsEnginesThatThereIsWork()
{
    const db::DatabaseUrl url = m_fixture.freshDatabase(StoreKind::Postgres);
    const auto listener = m_fixture.open(url);
    QVERIFY(value(listener->leases.waitForJobs(0ms)));   // unknown what came before
    QVERIFY(!value(listener->leases.waitForJobs(50ms))); // no notification
    const auto s = m_fixture.open(url);
    StoreFixture::add(*s, 1);
    QVERIFY(value(listener->leases.waitForJobs(30s)));
    QVERIFY(!value(listener->leases.waitForJobs(50ms)));
    value(s->scans.add(card(), kTester));
    QVERIFY(value(listener->leases.waitForJobs(30s)));
    // After a lost connection, it listens again from the next call on, and counts as notified.
    StoreFixture::sql(*s, u"SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                          "WHERE pid <> pg_backend_pid() AND datname = current_database()"_s);
    const auto cut = listener->leases.waitForJobs(30s);
    QVERIFY(!cut || *cut);
    QVERIFY(cut || value(listener->leases.waitForJobs(30s)));
    // An interrupt ends the wait as well.
    std::thread stopper([&listener] {
        std::this_thread::sleep_for(100ms);
        listener->connection().interrupt();
    });
    QVERIFY(!value(listener->leases.waitForJobs(60s)));
    stopper.join();
    for (const StoreKind kind : {StoreKind::Sqlite, StoreKind::Pooled}) {
        const auto deaf = m_fixture.fresh(kind)->leases.waitForJobs(1ms);
        QVERIFY(!deaf);
        QCOMPARE(deaf.error().kind, ErrorKind::Unsupported);
    }
}

void TestJobStore::passesOverARowThatIsLocked()
{
    const db::DatabaseUrl url = m_fixture.freshDatabase(StoreKind::Postgres);
    const auto s = m_fixture.open(url);
    const JobIds ids = StoreFixture::add(*s, 3);
    const auto other = m_fixture.open(url);
    auto held = db::Transaction::begin(other->connection());
    QVERIFY(held);
    StoreFixture::sql(*other, u"SELECT 1 FROM \"Job\" WHERE \"id\" = :id FOR UPDATE"_s,
                      {{u"id"_s, ids[0].value}});
    s->connection().setDeadline(3s); // otherwise it would wait as long as the other session likes
    const auto claim = s->leases.claim(u"e"_s, {kType}, 2, 30s);
    QVERIFY2(claim, claim ? "" : qPrintable(claim.error().detail));
    QCOMPARE(claim->jobs.size(), 2);
    QCOMPARE(claim->jobs[0].id, ids[1]);
    QCOMPARE(claim->jobs[1].id, ids[2]);
}

void TestJobStore::rescuesNoRowThatAnotherHasTaken()
{
    const auto s = m_fixture.fresh(StoreKind::Postgres);
    const JobIds ids = StoreFixture::add(*s, 1);
    value(s->leases.claim(u"e"_s, {kType}, 1, 50ms));
    // The other processor runs it now: the values are the same, but the row is its own.
    StoreFixture::set(*s, ids[0], u"\"status\" = 'processing'"_s);
    QTest::qSleep(100);
    QVERIFY(value(s->leases.rescue()).isEmpty());
    QCOMPARE(StoreFixture::job(*s, ids[0]).status, JobStatus::Processing);
    QVERIFY(StoreFixture::job(*s, ids[0]).error.isNull());
}

// Two engines find a lost lease; the one that locked it is killed before it commits. The other must
// not drop a lease whose jobs it did not free.
void TestJobStore::leavesALeaseWhoseRescuerDies()
{
    const db::DatabaseUrl url = m_fixture.freshDatabase(StoreKind::Postgres);
    const auto s = m_fixture.open(url);
    const JobIds ids = StoreFixture::add(*s, 2);
    value(s->leases.claim(u"gone"_s, {kType}, 2, 50ms));
    QTest::qSleep(100);
    std::optional<db::Transaction> dying(value(db::Transaction::begin(s->connection())));
    StoreFixture::sql(*s, u"SELECT token FROM queuedeck.lease FOR UPDATE"_s);
    JobIds freed;
    std::thread other([&] { freed = value(m_fixture.open(url)->leases.rescue()); });
    QTest::qSleep(300);
    dying.reset();
    other.join();
    QVERIFY(freed.isEmpty());
    const JobIds later = value(s->leases.rescue());
    QCOMPARE(QSet<JobId>(later.cbegin(), later.cend()), (QSet<JobId>{ids[0], ids[1]}));
    QCOMPARE(StoreFixture::sql(*s, u"SELECT 1 FROM queuedeck.lease"_s).size(), 0);
}

void TestJobStore::looksAtRowsThatSomethingElseWrote_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<bool>("isAccepted");
    QTest::newRow("nothing") << u"nothing"_s << true;
    QTest::newRow("another connection") << u"other"_s << false;
    QTest::newRow("this connection") << u"this"_s << false;
    QTest::newRow("another row, by another connection") << u"elsewhere"_s << true;
    QTest::newRow("settled before") << u"settled"_s << false;
    QTest::newRow("settled before, undone since") << u"again"_s << false;
    QTest::newRow("moved by VACUUM") << u"vacuum"_s << true;
}

// On SQLite a claim that nothing else has touched is settled without a look at each row; whatever
// else has written, the rows are looked at.
void TestJobStore::looksAtRowsThatSomethingElseWrote()
{
    QFETCH(QString, what);
    QFETCH(bool, isAccepted);
    const db::DatabaseUrl url = m_fixture.freshDatabase(StoreKind::Sqlite);
    const auto s = m_fixture.open(url);
    StoreFixture::sql(*s, u"DELETE FROM \"Job\""_s);
    const JobIds gone = StoreFixture::add(*s, 3);
    const JobIds ids = StoreFixture::add(*s, 4);
    StoreFixture::sql(*s, u"DELETE FROM \"Job\" WHERE \"id\" = '%1'"_s.arg(gone[0].value));
    const auto first = value(s->leases.settleAndClaim({}, u"e"_s, {kType}, 6, 30s));
    QCOMPARE(first.claim.jobs.size(), 6);
    const store::ClaimedJob job = first.claim.jobs.last();
    store::Settlement done = completed(job.id);
    done.address = job.address;
    done.version = job.version;
    const QString taken = u"UPDATE \"Job\" SET \"status\" = 'pending' WHERE \"id\" = '%1'"_s;
    const auto settle = [&] {
        return value(s->leases.settleAndClaim({{first.claim.token, {done}}}, u"e"_s, {}, 6, 30s))
            .settled[0]
            .accepted;
    };
    if (what == "other"_L1)
        StoreFixture::sql(*m_fixture.open(url), taken.arg(job.id.value));
    else if (what == "this"_L1)
        StoreFixture::sql(*s, taken.arg(job.id.value));
    else if (what == "elsewhere"_L1)
        StoreFixture::sql(*m_fixture.open(url), taken.arg(ids[0].value));
    else if (what == "vacuum"_L1)
        StoreFixture::sql(*s, u"VACUUM"_s);
    else if (what == "settled"_L1 || what == "again"_L1)
        QCOMPARE(settle(), JobIds{job.id});
    if (what == "again"_L1)
        StoreFixture::set(*s, job.id, u"\"status\" = 'processing'"_s);
    QCOMPARE(settle(), isAccepted ? JobIds{job.id} : JobIds());
    if (isAccepted)
        QCOMPARE(StoreFixture::job(*s, job.id).status, JobStatus::Completed);
}

void TestJobStore::findsARowThatWasMoved_data()
{
    QTest::addColumn<StoreKind>("kind");
    QTest::newRow("SQLite") << StoreKind::Sqlite;
    QTest::newRow("PostgreSQL") << StoreKind::Postgres;
}

void TestJobStore::findsARowThatWasMoved()
{
    // VACUUM FULL rewrites the table, and SQLite's VACUUM may renumber it: the rows are the same,
    // at other addresses.
    QFETCH(StoreKind, kind);
    const bool isSqlite = kind == StoreKind::Sqlite;
    const auto s = m_fixture.fresh(kind);
    const JobIds ids = StoreFixture::add(*s, 200);
    value(s->changes.change(JobAction::Cancel, ids.mid(0, 100), note(u"cancel"_s)));
    value(s->changes.change(JobAction::Delete, ids.mid(0, 100), note(u"delete"_s)));
    const store::Claim claim = value(s->leases.claim(u"e"_s, {kType}, 50, 30s));
    const auto addressOf = [&](const JobId& id) {
        return StoreFixture::sql(*s,
                                 u"SELECT %1 FROM \"Job\" WHERE \"id\" = :id"_s.arg(
                                     isSqlite ? u"rowid"_s : u"ctid"_s),
                                 {{u"id"_s, id.value}})[0]
            .text(0);
    };
    QCOMPARE(addressOf(claim.jobs[0].id), claim.jobs[0].address);
    StoreFixture::sql(*s, isSqlite ? u"UPDATE \"Job\" SET rowid = rowid + 1000"_s
                                   : u"VACUUM FULL \"Job\""_s);
    QVERIFY(addressOf(claim.jobs[0].id) != claim.jobs[0].address);
    QVector<Settlement> results;
    for (const store::ClaimedJob& job : claim.jobs)
        results += completed(job.id);
    QCOMPARE(value(settle(*s, claim, results)).size(), 50);
    QCOMPARE(value(s->jobs.snapshot()).counts.completed, 50);
    QVERIFY(value(s->leases.heartbeat(claim.held(), 30s)).isEmpty()); // the lease is gone
}

void TestJobStore::aTableWithoutRowids()
{
    const auto url = m_fixture.freshDatabase(StoreKind::Sqlite);
    {
        const auto s = m_fixture.open(url);
        const QString made =
            StoreFixture::sql(*s, u"SELECT sql FROM sqlite_schema WHERE name = 'Job'"_s)[0].text(0);
        StoreFixture::sql(*s, u"DROP TABLE \"Job\""_s);
        StoreFixture::sql(*s, made + u" WITHOUT ROWID"_s);
    }
    const auto s = m_fixture.open(url);
    const JobIds ids = StoreFixture::add(*s, 2);
    const store::Claim claim = value(s->leases.claim(u"e"_s, {kType}, 5, 30s));
    QCOMPARE(claim.jobs.size(), 2);
    QCOMPARE(value(settle(*s, claim, {completed(ids[0]), completed(ids[1])})), ids);
    QCOMPARE(value(s->jobs.snapshot()).counts.completed, 2);
}

void TestJobStore::changesByTheRuleAndUndoes()
{
    const auto s = store();
    const JobIds ids = StoreFixture::add(*s, 5);
    StoreFixture::set(*s, ids[0],
                      u"\"status\" = 'failed', \"attempts\" = 3, \"error\" = 'it''s ü \\'"_s);
    StoreFixture::set(*s, ids[1], u"\"attempts\" = 7"_s);
    StoreFixture::set(
        *s, ids[2],
        u"\"status\" = 'completed', \"completedAt\" = '2026-01-02T03:04:05.678+00:00', \"error\" = ''"_s);
    StoreFixture::set(*s, ids[3], u"\"status\" = 'processing', \"attempts\" = 1"_s);
    struct Case
    {
        JobAction action;
        JobIds changed;
    };
    for (const Case& c :
         {Case{JobAction::Retry, {ids[0], ids[1]}},
          Case{JobAction::Cancel, {ids[1], ids[3], ids[4]}},
          Case{JobAction::Delete, {ids[0], ids[2]}}, Case{JobAction::RunNext, {ids[4]}}}) {
        const QString before = StoreFixture::jobs(*s);
        const auto done =
            value(s->changes.change(c.action, ids, note(domain::actionName(c.action))));
        QCOMPARE(done.changed, c.changed.size());
        QCOMPARE(done.matched, 5);
        QCOMPARE(done.skipped.size(), 5 - c.changed.size());
        for (const domain::Skipped& skipped : done.skipped)
            QVERIFY2(!c.changed.contains(JobId{skipped.id}), qPrintable(skipped.why.text()));
        const QString after = StoreFixture::jobs(*s);
        QCOMPARE(after == before, c.action == JobAction::RunNext);
        const auto journal = value(s->changes.journal(1));
        QCOMPARE(journal[0].id, done.journal);
        QCOMPARE(journal[0].changed, c.changed.size());
        QVERIFY(journal[0].canUndo);
        QVERIFY(qAbs(journal[0].at.secsTo(QDateTime::currentDateTimeUtc())) < 5);

        const auto undone = value(s->changes.undo({}));
        QVERIFY(!undone.journal.isEmpty() && undone.journal != done.journal);
        QCOMPARE(undone.changed, c.changed.size());
        QVERIFY(undone.skipped.isEmpty());
        QCOMPARE(StoreFixture::jobs(*s), before); // byte for byte
        QVERIFY(!value(s->jobs.job(ids[4])).expedited);
        const auto entries = value(s->changes.journal(2));
        QCOMPARE(entries[0].id, undone.journal);
        QCOMPARE(entries[0].undoes, done.journal);
        QCOMPARE(entries[1].id, done.journal);
        QVERIFY(entries[1].undoneAt.isValid());
        const auto twice = s->changes.undo(done.journal);
        QVERIFY(!twice);
        QCOMPARE(twice.error().kind, ErrorKind::Conflict);

        // What runs next is not known any more once it is taken back; everything else is redone.
        QCOMPARE(entries[0].canUndo, c.action != JobAction::RunNext);
        if (c.action == JobAction::RunNext)
            continue;
        const auto redone = value(s->changes.undo(undone.journal));
        QCOMPARE(redone.changed, c.changed.size());
        QCOMPARE(StoreFixture::jobs(*s), after);
        QCOMPARE(value(s->changes.undo({})).changed, c.changed.size()); // the redo is the newest
        QCOMPARE(StoreFixture::jobs(*s), before);
    }
}

void TestJobStore::namesWhatUndoMustLeave()
{
    const auto s = store();
    const JobIds ids = StoreFixture::add(*s, 3);
    for (const JobId& id : ids)
        StoreFixture::set(*s, id, u"\"status\" = 'failed', \"error\" = 'x'"_s);
    const auto done = value(s->changes.change(JobAction::Retry, ids, note(u"retry"_s)));
    QCOMPARE(done.changed, 3);
    StoreFixture::set(*s, ids[1], u"\"attempts\" = 1"_s); // another processor continues with it
    StoreFixture::sql(*s, u"DELETE FROM \"Job\" WHERE \"id\" = :id"_s, {{u"id"_s, ids[2].value}});
    const auto undone = value(s->changes.undo(done.journal));
    QCOMPARE(undone.changed, 1);
    QCOMPARE(undone.skipped.size(), 2);
    QSet<QString> left{undone.skipped[0].id, undone.skipped[1].id};
    QCOMPARE(left, (QSet<QString>{ids[1].value, ids[2].value}));
    QCOMPARE(StoreFixture::job(*s, ids[0]).error, u"x"_s);
    QCOMPARE(StoreFixture::job(*s, ids[1]).attempts, std::optional(1));
    QVERIFY(!s->jobs.job(ids[2]));
}

void TestJobStore::aDryRunChangesNothing()
{
    const auto s = store();
    const JobIds ids = StoreFixture::add(*s, 3);
    StoreFixture::set(*s, ids[0], u"\"status\" = 'failed'"_s);
    const QString before = StoreFixture::everything(*s);
    const auto done = domain::prediction(JobAction::Retry, value(s->jobs.freeze(ids)));
    QVERIFY(done.dryRun);
    QCOMPARE(done.changed, 1);
    QCOMPARE(done.skipped.size(), 2);
    QVERIFY(done.journal.isEmpty());
    QCOMPARE(StoreFixture::everything(*s), before);
}

void TestJobStore::cleansUp()
{
    const auto s = store();
    const JobIds ids = StoreFixture::add(*s, 6);
    for (int i = 0; i < 4; ++i) {
        StoreFixture::set(*s, ids[i],
                          i % 2 ? u"\"status\" = 'failed', \"error\" = 'äb'"_s
                                : u"\"status\" = 'completed'"_s);
        age(*s, ids[i], (40 - i) * 86400);
    }
    age(*s, ids[4], 90 * 86400); // old, but pending
    age(*s, ids[3], 86400);      // failed, but young
    const auto cleanUp = domain::CleanUp::olderThan(30, QDateTime::currentDateTimeUtc());
    const auto preview = value(s->jobs.previewCleanUp(cleanUp));
    QCOMPARE(sorted(preview.frozen.ids()), sorted({ids[0], ids[1], ids[2]}));
    QCOMPARE(preview.jobs(), 3);
    QVERIFY(preview.bytes() > 0);
    QCOMPARE(preview.samples.size(), 3);
    auto onlyFailed = cleanUp;
    onlyFailed.statuses = {JobStatus::Failed};
    QCOMPARE(value(s->jobs.previewCleanUp(onlyFailed)).frozen.ids(), JobIds{ids[1]});
    auto otherType = cleanUp;
    otherType.type = u"bulk_import"_s;
    QVERIFY(value(s->jobs.previewCleanUp(otherType)).frozen.isEmpty());
    const QString before = StoreFixture::jobs(*s);
    QCOMPARE(
        value(s->changes.change(JobAction::Delete, preview.frozen, note(u"cleanup"_s))).changed, 3);
    QCOMPARE(value(s->jobs.count({}, 10)).count, 3);
    QCOMPARE(value(s->changes.undo({})).changed, 3);
    QCOMPARE(StoreFixture::jobs(*s), before);
}

void TestJobStore::countsTheQueue()
{
    const auto s = store();
    const JobIds ids = StoreFixture::add(*s, 6);
    StoreFixture::add(*s, 1, u"bulk_import"_s);
    StoreFixture::set(*s, ids[0], u"\"attempts\" = 3"_s);
    StoreFixture::set(*s, ids[2], u"\"status\" = 'processing'"_s);
    StoreFixture::set(*s, ids[3], u"\"status\" = 'completed'"_s);
    StoreFixture::set(*s, ids[4], u"\"status\" = 'failed', \"error\" = 'e'"_s);
    StoreFixture::set(*s, ids[5], u"\"status\" = 'odd'"_s);
    const auto snapshot = value(s->jobs.snapshot());
    QCOMPARE(snapshot.counts, (domain::TypeCounts{3, 1, 1, 1, 1}));
    QCOMPARE(snapshot.byType[kType], (domain::TypeCounts{2, 1, 1, 1, 1}));
    QCOMPARE(snapshot.byType.size(), 2);
    QCOMPARE(snapshot.dead, 1);
    // Beside another processor, a row that it may still be running is not reported as stuck at
    // once.
    QCOMPARE(snapshot.stuck, s->shape().mode == domain::QueueMode::Own ? 1 : 0);
    QCOMPARE(snapshot.oldestPending, StoreFixture::job(*s, ids[1]).createdAt);
    QCOMPARE(snapshot.recentFailures.size(), 1);
    QCOMPARE(snapshot.recentFailures[0].id, ids[4]);
}

// Where another processor works, its results count as well.
void TestJobStore::countsWhatOthersHaveFinished()
{
    const auto s = store();
    const bool isOwn = s->shape().mode == domain::QueueMode::Own;
    const JobIds ids = StoreFixture::add(*s, 6);
    const auto at = [](int secondsAgo) {
        return u"'%1'"_s.arg(db::timeText(QDateTime::currentDateTimeUtc().addSecs(-secondsAgo)));
    };
    const auto finish = [&](int job, const QString& status, const QString& created,
                            const QString& completed) {
        StoreFixture::set(*s, ids[job],
                          u"\"status\" = '%1', \"createdAt\" = %2, \"completedAt\" = %3"_s.arg(
                              status, created, completed));
    };
    finish(0, u"completed"_s, at(90'000), at(600));
    finish(1, u"completed"_s, at(90'000), at(4000));
    finish(2, u"failed"_s, at(600), u"NULL"_s);
    finish(3, u"failed"_s, at(90'000), u"NULL"_s); // long ago, as far as we know
    const auto others = value(s->jobs.snapshot());
    QCOMPARE(others.completedLastHour, isOwn ? 0 : 1);
    QCOMPARE(others.failedLastHour, isOwn ? 0 : 1);
    // Ours are known from the history, however old they are.
    finish(4, u"pending"_s, at(90'000), u"NULL"_s);
    finish(5, u"pending"_s, at(90'000), u"NULL"_s);
    const store::Claim claim = value(s->leases.claim(u"e"_s, {kType}, 2, 30s));
    QCOMPARE(
        value(settle(*s, claim,
                     {completed(ids[4]), settled(ids[5], JobStatus::Failed, u"failed"_s, u"e"_s)}))
            .size(),
        2);
    const auto all = value(s->jobs.snapshot());
    QCOMPARE(all.completedLastHour, others.completedLastHour + 1);
    QCOMPARE(all.failedLastHour, others.failedLastHour + 1);
}

void TestJobStore::whatWaits()
{
    const auto s = store();
    const JobIds ids = StoreFixture::add(*s, 6);
    StoreFixture::set(*s, ids[0], u"\"attempts\" = 3"_s); // dead
    StoreFixture::set(*s, ids[1], u"\"status\" = 'processing'"_s);
    StoreFixture::set(*s, ids[2], u"\"status\" = 'completed'"_s);
    StoreFixture::set(*s, ids[5], u"\"attempts\" = 2"_s);
    age(*s, ids[5], 3600);
    const auto waiting = value(s->jobs.waiting(2));
    QCOMPARE(waiting.count, 3); // all of them, however few are listed
    QCOMPARE(waiting.oldest.size(), 2);
    QCOMPARE(waiting.oldest[0].id, ids[5]);
    QCOMPARE(waiting.oldest[0].attempts, std::optional(2));
    QVERIFY(waiting.oldest[1].id == ids[3] || waiting.oldest[1].id == ids[4]);
}

void TestJobStore::aScanFollowsItsJob()
{
    const auto s = store();
    const auto added = value(s->scans.add(card(), kTester));
    domain::Scan scan = value(s->scans.scan(added.scan));
    QCOMPARE(scan.status, u"processing"_s);
    QCOMPARE(scan.job, added.job);
    QCOMPARE(scan.jobStatus, u"pending"_s);
    QCOMPARE(value(s->scans.image(scan.imageUrl)), card().bytes);
    QCOMPARE(value(s->scans.sameImage(card().bytes))->scan, added.scan);
    QVERIFY(!value(s->scans.sameImage("other")));
    QCOMPARE(value(s->jobs.job(added.job)).scan, std::optional(added.scan));

    const QStringList types{u"image_extraction"_s};
    store::Claim claim = value(s->leases.claim(u"engine"_s, types, 1, 30s));
    QCOMPARE(claim.jobs.size(), 1);
    Settlement failed = settled(added.job, JobStatus::Failed, u"failed"_s, u"blurred"_s);
    failed.effects = {{domain::kScanEffect, added.scan.value}};
    QCOMPARE(value(settle(*s, claim, {failed})).size(), 1);
    scan = value(s->scans.scan(added.scan));
    QCOMPARE(scan.status, u"failed"_s);
    QCOMPARE(scan.errorMessage, u"blurred"_s);

    value(s->changes.change(JobAction::Retry, {added.job}, note(u"retry"_s)));
    scan = value(s->scans.scan(added.scan));
    QCOMPARE(scan.status, u"processing"_s);
    QVERIFY(scan.errorMessage.isNull());

    claim = value(s->leases.claim(u"engine"_s, types, 1, 30s));
    Settlement good = completed(added.job);
    const QJsonObject fields{{u"name"_s, u"Zoë \"Z\""_s}, {u"confidence"_s, 0.5}};
    good.effects = {{domain::kScanEffect, added.scan.value, fields}};
    QCOMPARE(value(settle(*s, claim, {good})).size(), 1);
    scan = value(s->scans.scan(added.scan));
    QCOMPARE(scan.status, u"completed"_s);
    QCOMPARE(scan.extractedData, fields);
    QVERIFY(qAbs(scan.completedAt.secsTo(QDateTime::currentDateTimeUtc())) < 5);

    store::ScanQuery query;
    query.text = u"zoë"_s;
    query.status = u"completed"_s;
    query.confidenceBelow = 0.6;
    QCOMPARE(value(s->scans.list(query)).size(), 1);
    query.confidenceBelow = 0.4;
    QVERIFY(value(s->scans.list(query)).isEmpty());
    QCOMPARE(value(s->jobs.snapshot()).scansByStatus[u"completed"_s], 1);

    // Another job of the same scan finishes late: what was read stays.
    const JobIds late = value(s->additions.enqueue(
        {domain::NewJob(types.front(), QJsonObject{{u"scanId"_s, added.scan.value},
                                                   {u"imageUrl"_s, scan.imageUrl},
                                                   {u"scanType"_s, u"business_card"_s}})},
        kTester));
    claim = value(s->leases.claim(u"engine"_s, types, 1, 30s));
    Settlement second = completed(late.front());
    second.effects = {{domain::kScanEffect, added.scan.value, QJsonObject{{u"name"_s, u"Late"_s}}}};
    QCOMPARE(value(settle(*s, claim, {second})).size(), 1);
    QCOMPARE(value(s->scans.scan(added.scan)).extractedData, fields);
}

void TestJobStore::noticesChangesOfOthers()
{
    QFETCH(StoreKind, kind);
    const db::DatabaseUrl url = m_fixture.freshDatabase(kind);
    const auto s = m_fixture.open(url);
    const auto other = m_fixture.open(url);
    qint64 last = value(s->jobs.changeMark());
    for (int i = 0; i < 20; ++i) {
        StoreFixture::add(*other, 1);
        const qint64 mark = value(s->jobs.changeMark());
        QVERIFY(mark != last);
        last = mark;
    }
}

void TestJobStore::everyWriteIsWholeOrNothing()
{
    const auto s = store();
    const JobIds ids = StoreFixture::add(*s, 12);
    const auto scan = value(s->scans.add(card(), kTester));
    const auto fail = [&](int from, int to) {
        for (int i = from; i < to; ++i)
            StoreFixture::set(*s, ids[i], u"\"status\" = 'failed', \"error\" = 'x'"_s);
    };
    auto& failing = test::FailingExecutor::before(s->connection());
    // Cuts the connection at the first, second … call until the action succeeds.
    const auto holds = [&](const char* name, const auto& action) {
        for (int n = 1; n < 50; ++n) {
            const QString before = StoreFixture::everything(*s);
            failing.failAtCall(n);
            const bool done = action();
            failing.failAtCall(0);
            const bool same = StoreFixture::everything(*s) == before;
            if (done && same)
                qWarning("%s did nothing", name);
            if (!done && !same)
                qWarning("%s was half done at call %d", name, n);
            if (done || !same)
                return done && !same;
        }
        return false;
    };
    const auto changes = [&](JobAction action, const JobIds& which) {
        return
            [&s, action, which] { return bool(s->changes.change(action, which, note(u"act"_s))); };
    };
    fail(0, 4);
    QVERIFY(holds("enqueue", [&] {
        return bool(s->additions.enqueue({{kType, {}}, {kType, {}}}, kTester));
    }));
    QVERIFY(holds("upload", [&] {
        domain::NewScan another = card();
        another.bytes += 'x';
        return bool(s->scans.add(another, kTester));
    }));
    QVERIFY(holds("retry", changes(JobAction::Retry, {ids[0], ids[1]})));
    QVERIFY(holds("undo", [&] { return bool(s->changes.undo({})); }));
    QVERIFY(holds("delete", changes(JobAction::Delete, {ids[2], ids[3]})));
    QVERIFY(holds("undo of delete", [&] { return bool(s->changes.undo({})); }));
    QVERIFY(holds("run next", changes(JobAction::RunNext, {ids[4], ids[5]})));
    store::Claim claim;
    QVERIFY(holds("claim", [&] {
        auto claimed = s->leases.claim(u"e"_s, {kType, u"image_extraction"_s}, 20, 30s);
        if (claimed)
            claim = *claimed;
        return bool(claimed);
    }));
    QVERIFY(claim.jobs.size() > 8);
    QVERIFY(holds("cancel", changes(JobAction::Cancel, {ids[6], ids[7]})));
    QVERIFY(holds("heartbeat", [&] { return bool(s->leases.heartbeat(claim.held(), 40s)); }));
    if (s->leases.hasOneWriter()) {
        const store::ClaimedJob job = claim.jobs.last();
        Settlement done = completed(job.id);
        done.version = job.version;
        done.address = job.address;
        StoreFixture::add(*s, 2);
        QVERIFY(holds("settle and claim", [&] {
            return bool(
                s->leases.settleAndClaim({{claim.token, {done}}}, u"e"_s, {kType}, 20, 30s));
        }));
    }
    QVERIFY(holds("settle", [&] {
        Settlement read = completed(scan.job);
        read.effects = {{domain::kScanEffect, scan.scan.value, {{u"name"_s, u"N"_s}}}};
        return bool(settle(*s, claim,
                           {read, settled(ids[8], JobStatus::Pending, u"retried"_s, u"x"_s, 5s)}));
    }));
    StoreFixture::sql(*s, s->connection().dialect() == db::Dialect::Sqlite
                              ? u"UPDATE queuedeck_claim SET expires_at = 1"_s
                              : u"UPDATE queuedeck.lease SET expires_at = '2020-01-01'"_s);
    QVERIFY(holds("rescue", [&] { return bool(s->leases.rescue()); }));
}

void TestJobStore::settlesAndClaimsInOneStep()
{
    const auto s = store();
    StoreFixture::add(*s, 3);
    const store::Claim first = value(s->leases.claim(u"e"_s, {kType}, 1, 30s));
    const store::Claim second = value(s->leases.claim(u"e"_s, {kType}, 1, 30s));
    const auto resultOf = [](const store::ClaimedJob& job) {
        Settlement result = completed(job.id);
        result.version = job.version;
        result.address = job.address;
        return result;
    };
    const std::vector<store::Results> results{{first.token, {resultOf(first.jobs[0])}},
                                              {second.token, {resultOf(second.jobs[0])}},
                                              {u"no-such-token"_s, {resultOf(first.jobs[0])}}};
    const auto turn = s->leases.settleAndClaim(results, u"e"_s, {kType}, 5, 30s);
    if (!s->leases.hasOneWriter()) {
        QCOMPARE(turn.error().kind, ErrorKind::Unsupported);
        return;
    }
    QVERIFY(turn);
    std::vector<JobIds> accepted;
    for (const store::Settled& some : turn->settled)
        accepted.push_back(some.accepted);
    QCOMPARE(accepted, (std::vector<JobIds>{{first.jobs[0].id}, {second.jobs[0].id}, {}}));
    QCOMPARE(turn->claim.jobs.size(), 1);
    QCOMPARE(StoreFixture::job(*s, first.jobs[0].id).status, JobStatus::Completed);
    QCOMPARE(StoreFixture::job(*s, turn->claim.jobs[0].id).status, JobStatus::Processing);
}

// Another program may have given a job any id; on SQLite, a batch lists them as JSON.
void TestJobStore::runsJobsWithAnyId()
{
    const auto s = m_fixture.fresh(StoreKind::Sqlite);
    const QStringList names{u"plain"_s,
                            u"it's \"quoted\""_s,
                            u"back\\slash\\u0041"_s,
                            u"two\nlines\t"_s,
                            u"Zoë \U0001F600"_s,
                            u"{\"a\":[1]}"_s,
                            u""_s};
    for (const QString& name : names) {
        const JobIds id = StoreFixture::add(*s, 1);
        QVERIFY(s->connection().run(u"UPDATE \"Job\" SET \"id\" = :new WHERE \"id\" = :old"_s,
                                    {{u"new"_s, name}, {u"old"_s, id[0].value}}));
    }
    const store::Claim claim = value(s->leases.claim(u"e"_s, {kType}, 20, 30s));
    QCOMPARE(claim.jobs.size(), names.size());
    QCOMPARE(value(s->leases.heartbeat(claim.held(), 30s)).size(), names.size());
    QVector<Settlement> results;
    for (const QString& name : names) {
        QCOMPARE(value(s->jobs.job({name})).history.size(), 1); // it is running
        results += completed({name});
    }
    QCOMPARE(value(settle(*s, claim, results)).size(), names.size());
    QVERIFY(value(s->leases.heartbeat(claim.held(), 30s)).isEmpty());
    const auto left = s->connection().run(
        u"SELECT (SELECT COUNT(*) FROM queuedeck_batch), (SELECT COUNT(*) FROM queuedeck_lost)"_s);
    QCOMPARE((*left)[0].integer(0), 0);
    QCOMPARE((*left)[0].integer(1), 0);
}

// A SQLite file whose table another program made.
db::DatabaseUrl TestJobStore::sharedFile()
{
    const auto url = m_fixture.freshDatabase(StoreKind::Sqlite);
    {
        const auto made = m_fixture.open(url);
        StoreFixture::sql(*made, u"ALTER TABLE \"Job\" RENAME TO old"_s);
        StoreFixture::sql(*made, u"CREATE TABLE \"Job\" AS SELECT * FROM old"_s);
        StoreFixture::sql(*made, u"DROP TABLE old"_s);
        StoreFixture::sql(*made, u"CREATE UNIQUE INDEX j1 ON \"Job\" (\"id\")"_s);
    }
    return url;
}

// Another program resets a running job to pending, and a second engine takes it: for both runs the
// row is processing in attempt 1.
void TestJobStore::aSharedFileKeepsRunsApart()
{
    const auto s = m_fixture.open(sharedFile());
    QCOMPARE(s->shape().mode, domain::QueueMode::Beside);
    const JobId id = StoreFixture::add(*s, 2).front();
    const store::Claim first = value(s->leases.claim(u"a"_s, {kType}, 1, 30s));
    StoreFixture::set(*s, id, u"\"status\" = 'pending', \"attempts\" = 0"_s);
    const store::Claim second = value(s->leases.claim(u"b"_s, {kType}, 2, 30s));
    QCOMPARE(second.jobs.front().id, id);
    QVERIFY(value(s->leases.heartbeat(first.held(), 30s)).isEmpty());
    QCOMPARE(value(s->leases.heartbeat(second.held(), 30s)).size(), 2);
    QVERIFY(value(settle(*s, first, {completed(id)})).isEmpty());
    QCOMPARE(StoreFixture::job(*s, id).status, JobStatus::Processing);
    QCOMPARE(value(settle(*s, second, {completed(id), completed(second.jobs[1].id)})).size(), 2);
    QCOMPARE(StoreFixture::job(*s, id).status, JobStatus::Completed);
    StoreFixture::sql(*s, u"UPDATE queuedeck_claim SET expires_at = 1"_s);
    QVERIFY(value(s->leases.rescue()).isEmpty());
    const auto left = s->connection().run(
        u"SELECT (SELECT COUNT(*) FROM queuedeck_batch), (SELECT COUNT(*) FROM queuedeck_lost)"_s);
    QCOMPARE((*left)[0].integer(0), 0);
    QCOMPARE((*left)[0].integer(1), 0);
}

// A batch whose jobs leave it one by one leaves nothing behind.
void TestJobStore::aBatchEndsWithItsLastJob()
{
    const auto s = m_fixture.fresh(StoreKind::Sqlite);
    const JobIds ids = StoreFixture::add(*s, 5);
    const store::Claim claim = value(s->leases.claim(u"e"_s, {kType}, 5, 30s));
    const auto batches = [&] {
        const auto rows = s->connection().run(u"SELECT (SELECT COUNT(*) FROM queuedeck_batch) + "
                                              u"(SELECT COUNT(*) FROM queuedeck_lost), "
                                              "(SELECT COUNT(*) FROM queuedeck_lease)"_s);
        return std::pair((*rows)[0].integer(0), (*rows)[0].integer(1));
    };
    QCOMPARE(batches(), std::pair(1LL, 5LL));
    QVERIFY(settle(*s, claim, {completed(ids[0])}));
    QCOMPARE(batches(), std::pair(1LL, 4LL));
    QVERIFY(settle(*s, claim, {completed(ids[0])})); // a second time: not counted again
    value(s->changes.change(JobAction::Cancel, {ids[1]}, note(u"cancel"_s)));
    QVERIFY(settle(*s, claim, {completed(ids[1])}));
    QVERIFY(settle(*s, claim, {completed(ids[1])}));
    StoreFixture::set(*s, ids[2], u"\"status\" = 'completed'"_s); // by another program
    QVERIFY(settle(*s, claim, {completed(ids[2])}));
    QVERIFY(settle(*s, claim, {completed(ids[2])}));
    const JobIds strange = StoreFixture::add(*s, 1);
    QVERIFY(settle(*s, claim, {completed(strange[0])})); // never belonged to this batch
    QCOMPARE(batches(), std::pair(3LL, 2LL));
    QCOMPARE(value(settle(*s, claim, {completed(ids[3]), completed(ids[4])})).size(), 2);
    QCOMPARE(batches(), std::pair(0LL, 0LL));
}

// An idle engine rescues and watches all the time: a write would wake every window.
void TestJobStore::nothingToRescueWritesNothing()
{
    const auto s = store();
    StoreFixture::add(*s, 2);
    const QString before = StoreFixture::everything(*s);
    QVERIFY(value(s->leases.rescue()).isEmpty());
    QVERIFY(s->leases.watch());
    QCOMPARE(StoreFixture::everything(*s), before);
}

void TestJobStore::countsTheLastHourAndForgetsTheRest()
{
    const auto s = m_fixture.fresh(StoreKind::Sqlite);
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    for (const qint64 minutes : {1, 50, 70, 60 * 25})
        QVERIFY(s->connection().run(u"INSERT INTO queuedeck_tally VALUES (:at, 'completed', 3)"_s,
                                    {{u"at"_s, now - minutes * 60'000}}));
    QCOMPARE(value(s->jobs.snapshot()).completedLastHour, 6);
    QVERIFY(s->leases.watch());
    QCOMPARE((*s->connection().run(u"SELECT COUNT(*) FROM queuedeck_tally"_s))[0].integer(0), 3);
}

void TestJobStore::takesAnErrorWithAnyCharacter()
{
    const auto s = store();
    const JobIds ids = StoreFixture::add(*s, 2);
    const store::Claim claim = value(s->leases.claim(u"e"_s, {kType}, 2, 30s));
    const QString literal = u"\\u0000 and \\\\u0000 \"'\n\t\U0001F600"_s;
    QString nul = u"a?b"_s;
    nul[1] = QChar(0);
    QCOMPARE(value(settle(*s, claim,
                          {settled(ids[0], JobStatus::Failed, u"failed"_s, literal),
                           settled(ids[1], JobStatus::Failed, u"failed"_s, nul)}))
                 .size(),
             2);
    QCOMPARE(StoreFixture::job(*s, ids[0]).error, literal);
    QCOMPARE(StoreFixture::job(*s, ids[1]).status, JobStatus::Failed);
}

void TestJobStore::importsWholeRows()
{
    const auto s = store();
    const QDateTime time(QDate(2026, 1, 2), QTime(3, 4, 5, 678), Qt::UTC);
    domain::JobDetail detail;
    detail.job.id.value = domain::newUuid(time.toMSecsSinceEpoch());
    detail.job.type = kType;
    detail.job.status = JobStatus::Failed;
    detail.job.rawStatus = u"failed"_s;
    detail.job.attempts = 2;
    detail.job.error = u"it's"_s;
    detail.job.createdAt = time;
    detail.payload = "{}";
    detail.history = {{2, u"e"_s, time, time.addSecs(1), u"failed"_s, u"it's"_s}};
    QVERIFY(s->additions.import({detail}));
    const domain::JobDetail read = value(s->jobs.job(detail.job.id));
    QCOMPARE(read.job, detail.job);
    QCOMPARE(read.history, detail.history);
}

void TestJobStore::opensOnlyWhatIsReady()
{
    const db::DatabaseUrl url = m_fixture.freshDatabase(StoreKind::Postgres);
    QVERIFY(JobStore::initialise(url));
    StoreFixture::sql(*m_fixture.open(url), u"DROP TABLE \"Job\""_s);
    const auto empty = JobStore::open(url, db::OpenMode::ReadWrite);
    QVERIFY(!empty);
    QCOMPARE(empty.error().kind, ErrorKind::NotFound);
    QVERIFY(
        value(m_fixture.fresh(StoreKind::Postgres)->serverVersion()).startsWith(u"PostgreSQL 1"_s));
}

void TestJobStore::printsWhatItWouldMake()
{
    // A user runs it by hand; the program then finds everything in place.
    const db::DatabaseUrl url = m_fixture.emptyDatabase();
    const QString problem = m_fixture.psql(url, JobStore::initialSql(url));
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    const base::Status again = JobStore::initialise(url);
    QVERIFY2(again, qPrintable(again ? QString() : QString(again.error().detail)));
    QCOMPARE(StoreFixture::add(*m_fixture.open(url), 1).size(), 1);
}

void TestJobStore::pagesThroughRowsWithoutATime()
{
    const auto s = m_fixture.fresh(StoreKind::Postgres);
    StoreFixture::sql(*s, u"ALTER TABLE \"Job\" ALTER \"createdAt\" DROP NOT NULL"_s);
    const JobIds ids = StoreFixture::add(*s, 6);
    for (int i = 0; i < 6; i += 2)
        StoreFixture::set(*s, ids[i],
                          i == 0 ? u"\"createdAt\" = 'infinity'"_s : u"\"createdAt\" = NULL"_s);
    domain::PageRequest request;
    request.limit = 1;
    JobIds seen;
    for (int i = 0; i < 6; ++i) {
        const auto page = value(s->jobs.page(request));
        QCOMPARE(page.jobs.size(), 1);
        seen += page.jobs[0].id;
        request.after = value(domain::Keyset::fromCursor(page.keys[0].toCursor()));
    }
    QCOMPARE(QSet<JobId>(seen.cbegin(), seen.cend()), QSet<JobId>(ids.cbegin(), ids.cend()));
    QVERIFY(value(s->jobs.page(request)).jobs.isEmpty());

    const auto asItIsNow = m_fixture.open(s->connection().url());
    request.after = {};
    request.upwards = true;
    for (int i = 5; i >= 0; --i) {
        const auto page = value(asItIsNow->jobs.page(request));
        QCOMPARE(page.jobs.size(), 1);
        QCOMPARE(page.jobs[0].id, seen[i]);
        request.after = page.keys[0];
    }
    QVERIFY(value(asItIsNow->jobs.page(request)).jobs.isEmpty());
}

void TestJobStore::servesTheDeployedShape()
{
    // Nullable columns, times with a zone and microseconds, payload as json.
    const auto s = m_fixture.fresh(StoreKind::Postgres);
    StoreFixture::sql(*s,
                      u"ALTER TABLE \"Job\" ALTER \"createdAt\" TYPE timestamptz(6), "
                      "ALTER \"completedAt\" TYPE timestamptz(6), ALTER \"payload\" TYPE json"_s);
    const JobIds ids = StoreFixture::add(*s, 3);
    StoreFixture::set(*s, ids[0],
                      u"\"createdAt\" = '2026-01-02 03:04:05.123456+07', "
                      "\"payload\" = '{\"b\":1,  \"a\" : 2, \"b\":1.0}'"_s);
    QCOMPARE(value(s->jobs.job(ids[0])).payload, QByteArray("{\"b\":1,  \"a\" : 2, \"b\":1.0}"));
    const store::Claim claim = value(s->leases.claim(u"e"_s, {kType}, 1, 30s));
    QCOMPARE(claim.jobs[0].id, ids[0]);
    QCOMPARE(value(settle(*s, claim, {completed(ids[0])})).size(), 1);
    QVERIFY(
        qAbs(StoreFixture::job(*s, ids[0]).completedAt.secsTo(QDateTime::currentDateTimeUtc())) <
        5);
    const QString before = StoreFixture::jobs(*s);
    QCOMPARE(value(s->changes.change(JobAction::Delete, ids, note(u"delete"_s))).changed, 1);
    QCOMPARE(value(s->changes.undo({})).changed, 1);
    QCOMPARE(StoreFixture::jobs(*s), before);
    // Every position in the list can be returned to, although the fraction is finer than ours.
    domain::PageRequest request;
    request.limit = 1;
    JobIds seen;
    for (int i = 0; i < 3; ++i) {
        const auto page = value(s->jobs.page(request));
        seen += page.jobs[0].id;
        request.after = page.keys[0];
    }
    QCOMPARE(seen, (JobIds{ids[2], ids[1], ids[0]}));
}

void TestJobStore::aForeignWriteBreaksTheGuard_data()
{
    QTest::addColumn<StoreKind>("kind");
    QTest::addColumn<QString>("write");
    // Rows of a file have no version: a write is noticed by its effect.
    QTest::newRow("SQLite") << StoreKind::Sqlite << u"\"attempts\" = 2"_s;
    QTest::newRow("PostgreSQL") << StoreKind::Postgres
                                << u"\"status\" = 'processing', \"attempts\" = 1"_s;
}

void TestJobStore::aForeignWriteBreaksTheGuard()
{
    // The web application takes one of our rows.
    QFETCH(StoreKind, kind);
    QFETCH(QString, write);
    const auto s = m_fixture.fresh(kind);
    const JobIds ids = StoreFixture::add(*s, 2);
    const store::Claim claim = value(s->leases.claim(u"e"_s, {kType}, 2, 30s));
    StoreFixture::set(*s, ids[0], write);
    const auto kept = value(s->leases.heartbeat(claim.held(), 30s));
    QCOMPARE(kept.size(), 1);
    QCOMPARE(kept[0].id, ids[1]);
    QCOMPARE(value(settle(*s, claim, {completed(ids[0]), completed(ids[1])})), JobIds{ids[1]});
}

QTEST_GUILESS_MAIN(TestJobStore)
#include "tst_jobstore.moc"
