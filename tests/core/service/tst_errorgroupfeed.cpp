// SPDX-License-Identifier: GPL-3.0-or-later
// The error groups of a session: read newest first, kept up to date part by part, and exact when
// something is to be done with one.
#include "core/service/changefeed.h"
#include "core/service/errorgroupfeed.h"
#include "core/service/jobservice.h"
#include "tests/core/store/storefixture.h"
#include "tests/support/sessions.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QUrl>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::test;
using domain::ErrorGroups;
using domain::JobFilter;
using service::ErrorGroupFeed;
using tests::await;

namespace {
const QString kTimeout = u"timeout after # s"_s;
const QString kMissing = u"HTTP 404 for customer {id}"_s;

qint64 countOf(const ErrorGroups& groups, const QString& signature)
{
    const domain::ErrorGroup* group = groups.find(signature);
    return group ? group->count : 0;
}
} // namespace

class TestErrorGroupFeed : public QObject
{
    Q_OBJECT

    StoreFixture m_fixture;
    QTemporaryDir m_home;
    db::DatabaseUrl m_url;
    std::unique_ptr<store::JobStore> m_other; ///< another program

    static void databases()
    {
        QTest::addColumn<StoreKind>("kind");
        QTest::newRow("SQLite") << StoreKind::Sqlite;
        QTest::newRow("PostgreSQL") << StoreKind::Postgres;
        QTest::newRow("deployed") << StoreKind::Deployed;
    }

    std::shared_ptr<service::Session> open()
    {
        const auto encoded = [](const QString& text) {
            return QString::fromLatin1(QUrl::toPercentEncoding(text));
        };
        if (m_url.dialect == db::Dialect::Sqlite)
            return tests::openAt(m_url.path);
        return tests::openSession({u"postgresql://"_s + encoded(m_url.user) + u':' +
                                       encoded(m_url.password) + u'@' + m_url.host + u':' +
                                       QString::number(m_url.port) + u'/' + m_url.database,
                                   false, false});
    }
    void start(StoreKind kind)
    {
        m_url = m_fixture.freshDatabase(kind);
        m_other = m_fixture.open(m_url);
    }
    /// Half of them timed out, half found no customer, a second apart and in turn.
    void addFailed(int count)
    {
        StoreFixture::add(*m_other, count);
        const bool isSqlite = m_url.dialect == db::Dialect::Sqlite;
        m_other->connection().setDeadline(std::chrono::minutes(2));
        StoreFixture::sql(
            *m_other,
            isSqlite
                ? u"UPDATE \"Job\" SET \"status\" = 'failed', \"attempts\" = 3, "
                  "\"error\" = CASE rowid % 2 WHEN 0 THEN 'timeout after ' || rowid || ' s' "
                  "ELSE 'HTTP 404 for customer ' || \"id\" END, "
                  "\"createdAt\" = strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now', "
                  "'-' || (60 + rowid) || ' seconds') WHERE \"status\" = 'pending'"_s
                : u"WITH n AS (SELECT \"id\", row_number() OVER () AS n FROM \"Job\" "
                  "WHERE \"status\" = 'pending') UPDATE \"Job\" j SET \"status\" = 'failed', "
                  "\"attempts\" = 3, \"error\" = CASE n % 2 WHEN 0 THEN 'timeout after ' || n || "
                  "' s' ELSE 'HTTP 404 for customer ' || j.\"id\" END, "
                  "\"createdAt\" = now() - (60 + n) * interval '1 second' "
                  "FROM n WHERE n.\"id\" = j.\"id\""_s);
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QString problem = m_fixture.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        qputenv("QUEUEDECK_HOME", m_home.path().toUtf8());
    }
    void cleanup() { m_other.reset(); }

    void followsWhatChanges_data() { databases(); }
    void followsWhatChanges();
    void aGroupOfManyPartsIsRetried_data() { databases(); }
    void aGroupOfManyPartsIsRetried();
    void aFilterThatListsExactlyTheGroup_data() { databases(); }
    void aFilterThatListsExactlyTheGroup();
    void aGuestSeesThemToo();
    void stopAndGoOn();
    void aHundredThousand_data() { databases(); }
    void aHundredThousand();
};

void TestErrorGroupFeed::followsWhatChanges()
{
    QFETCH(StoreKind, kind);
    start(kind);
    addFailed(40);
    const auto session = open();
    session->changes().setInterval(std::chrono::milliseconds(50));
    ErrorGroupFeed feed(session->errorGroups(), session->changes());
    QVERIFY(!feed.hasAnswer());
    feed.setActive(true);
    QTRY_VERIFY_WITH_TIMEOUT(feed.current().isWhole, 60'000);
    QCOMPARE(feed.current().total, 40);
    QCOMPARE(countOf(feed.current(), kTimeout), 20);

    StoreFixture::add(*m_other, 1);
    StoreFixture::sql(*m_other, u"UPDATE \"Job\" SET \"status\" = 'failed', \"error\" = 'new 1' "
                                "WHERE \"status\" = 'pending'"_s);
    QTRY_COMPARE_WITH_TIMEOUT(countOf(feed.current(), u"new #"_s), 1, 60'000);
    QCOMPARE(feed.current().total, 41);

    StoreFixture::sql(*m_other, u"UPDATE \"Job\" SET \"status\" = 'completed' "
                                "WHERE \"error\" LIKE 'timeout%'"_s);
    QTRY_COMPARE_WITH_TIMEOUT(feed.current().total, 21, 60'000);
    QCOMPARE(countOf(feed.current(), kTimeout), 0);

    feed.setFilter(*JobFilter::parse(u"status:failed error:new"_s));
    QTRY_VERIFY_WITH_TIMEOUT(feed.hasAnswer() && feed.current().isWhole, 60'000);
    QCOMPARE(feed.current().total, 1);
}

void TestErrorGroupFeed::aGroupOfManyPartsIsRetried()
{
    QFETCH(StoreKind, kind);
    start(kind);
    addFailed(25'000);
    const auto session = open();
    session->changes().setInterval(std::chrono::milliseconds(200));
    ErrorGroupFeed feed(session->errorGroups(), session->changes());
    QSignalSpy read(&feed, &ErrorGroupFeed::read);
    feed.setActive(true);
    QTRY_VERIFY_WITH_TIMEOUT(feed.current().isWhole, 120'000);
    QVERIFY(read.size() >= 3); // the newest were there first
    QCOMPARE(feed.current().total, 25'000);
    QCOMPARE(countOf(feed.current(), kMissing), 12'500);

    const auto frozen = await(session->errorGroups().freeze(feed.filter(), kMissing));
    QCOMPARE(frozen.count(), 12'500);
    const service::Selection selection{frozen, u"error: "_s + kMissing};
    const auto change = session->jobs().change(domain::JobAction::Retry, selection);
    QTRY_VERIFY_WITH_TIMEOUT(change.isFinished(), 240'000);
    QCOMPARE(await(change).changed, 12'500);
    QTRY_COMPARE_WITH_TIMEOUT(feed.current().total, 12'500, 120'000);
    QCOMPARE(countOf(feed.current(), kMissing), 0);
    QCOMPARE(countOf(feed.current(), kTimeout), 12'500);
}

void TestErrorGroupFeed::aFilterThatListsExactlyTheGroup()
{
    QFETCH(StoreKind, kind);
    start(kind);
    addFailed(200);
    StoreFixture::sql(*m_other, u"UPDATE \"Job\" SET \"error\" = \"error\" || ' (attempt 3 of 3)' "
                                "WHERE \"error\" LIKE 'timeout%5 s'"_s);
    const domain::JobIds odd = StoreFixture::add(*m_other, 1);
    StoreFixture::set(*m_other, odd[0],
                      u"\"status\" = 'failed', \"error\" = "
                      "'HTTP  404 for   customer 3fa85f64-5717-4562-b3fc-"
                      "2c963f66afa6'"_s);
    const auto session = open();
    service::ErrorGroupService& service = session->errorGroups();
    const JobFilter failed = service.failedJobs();
    const ErrorGroups groups = await(service.all(failed));
    QVERIFY(groups.isWhole);
    QCOMPARE(groups.total, 201);
    for (const domain::ErrorGroup& group : groups.groups) {
        const auto jobs = await(service.jobsOf(failed, group, groups.groups));
        QCOMPARE(jobs.count, group.count);
        const auto matching = await(session->jobs().freeze(jobs.filter));
        QCOMPARE(matching.count(), jobs.count + jobs.others);
        if (group.signature.startsWith(kTimeout)) // told apart by its words
            QCOMPARE(jobs.others, 0);
        const auto exact = await(service.freeze(failed, group.signature));
        for (const domain::JobId& id : exact.ids())
            QVERIFY(matching.contains(id));
    }
    // One of its jobs is written with other blanks: no words find it, but few are named.
    StoreFixture::sql(*m_other, u"UPDATE \"Job\" SET \"status\" = 'completed' WHERE \"error\" LIKE "
                                "'HTTP 404%' AND \"error\" NOT LIKE '%7'"_s);
    const ErrorGroups few = await(service.all(failed));
    const domain::ErrorGroup* missing = few.find(kMissing);
    QVERIFY(missing && missing->count > 1 && missing->count < 60);
    const auto named = await(service.jobsOf(failed, *missing, few.groups));
    QVERIFY2(named.filter.text().startsWith(u"id="_s), qPrintable(named.filter.text()));
    QCOMPARE(named.others, 0);
    QCOMPARE(await(session->jobs().freeze(named.filter)).count(), missing->count);
}

void TestErrorGroupFeed::aGuestSeesThemToo()
{
    start(StoreKind::Deployed);
    addFailed(30);
    m_other.reset();
    QCOMPARE(StoreFixture::psql(m_url, u"DROP SCHEMA queuedeck CASCADE"_s), QString());
    const auto session = open();
    QCOMPARE(session->info().mode, domain::QueueMode::Guest);
    const ErrorGroups groups =
        await(session->errorGroups().all(service::ErrorGroupService::failedJobs()));
    QCOMPARE(groups.total, 30);
    QCOMPARE(groups.groups.size(), 2U);
    QCOMPARE(
        await(session->errorGroups().freeze(service::ErrorGroupService::failedJobs(), kMissing))
            .count(),
        15);
}

void TestErrorGroupFeed::stopAndGoOn()
{
    start(StoreKind::Sqlite);
    addFailed(60'000);
    const auto session = open();
    ErrorGroupFeed feed(session->errorGroups(), session->changes());
    connect(&feed, &ErrorGroupFeed::read, this, [&feed] {
        if (!feed.current().isWhole && feed.current().total == 10'000)
            feed.stop();
    });
    feed.setActive(true);
    QTRY_VERIFY_WITH_TIMEOUT(feed.isStopped(), 60'000);
    QCOMPARE(feed.current().total, 10'000);
    QVERIFY(feed.current().readTo.isValid());
    QVERIFY(!feed.isReading());
    feed.goOn();
    QTRY_VERIFY_WITH_TIMEOUT(feed.current().isWhole, 120'000);
    QCOMPARE(feed.current().total, 60'000);
    QVERIFY(!feed.current().readTo.isValid());
}

void TestErrorGroupFeed::aHundredThousand()
{
    QFETCH(StoreKind, kind);
    start(kind);
    addFailed(100'000);
    const auto session = open();
    QElapsedTimer clock;
    clock.start();
    qint64 newest = -1;
    const auto reading = session->errorGroups().all(service::ErrorGroupService::failedJobs(), {},
                                                    [&](const ErrorGroups& groups) {
                                                        if (newest < 0 && groups.total == 10'000)
                                                            newest = clock.elapsed();
                                                    });
    QTRY_VERIFY_WITH_TIMEOUT(reading.isFinished(), 240'000);
    const ErrorGroups groups = await(reading);
    qInfo("the newest 10,000 after %lld ms, all 100,000 after %lld ms", newest, clock.elapsed());
    QVERIFY(newest >= 0);
    QCOMPARE(groups.total, 100'000);
    QCOMPARE(groups.groups.size(), 2U);
    QCOMPARE(countOf(groups, kTimeout), 50'000);
}

QTEST_GUILESS_MAIN(TestErrorGroupFeed)
#include "tst_errorgroupfeed.moc"
