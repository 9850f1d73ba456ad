// SPDX-License-Identifier: GPL-3.0-or-later
// Errors read part by part, on every database: each job once, however they are cut.
#include "core/store/errorreader.h"
#include "tests/core/store/storefixture.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::test;
using domain::ErrorTally;
using domain::JobFilter;
using store::ErrorReader;
using store::JobStore;

namespace {
JobFilter failed()
{
    return JobFilter::forStatus(u"failed"_s);
}

// Jobs that failed with three kinds of errors, hours apart or at the same moment.
domain::JobIds addFailed(JobStore& store, int count, bool atOnce = false)
{
    const domain::JobIds ids = StoreFixture::add(store, count);
    StoreFixture::sql(
        store,
        u"UPDATE \"Job\" SET \"status\" = 'failed', \"attempts\" = 3, \"error\" = CASE "
        "WHEN \"id\" > :third THEN 'timeout after ' || length(CAST(\"id\" AS text)) || ' s' "
        "WHEN \"id\" > :two THEN 'HTTP 404 for customer ' || \"id\" "
        "ELSE 'no field ''' || \"id\" || '''' END"_s,
        {{u"third"_s, ids[2 * count / 3].value}, {u"two"_s, ids[count / 3].value}});
    const QDateTime first(QDate(2026, 11, 20), QTime(8, 0), Qt::UTC);
    if (atOnce) {
        StoreFixture::sql(store,
                          u"UPDATE \"Job\" SET \"createdAt\" = '%1'"_s.arg(db::timeText(first)));
        return ids;
    }
    for (int i = 0; i < count; ++i)
        StoreFixture::set(store, ids[i],
                          u"\"createdAt\" = '%1'"_s.arg(db::timeText(first.addSecs(i * 1800))));
    return ids;
}

QString asText(const ErrorTally& tally)
{
    QStringList lines;
    for (const domain::ErrorGroup& group : tally.groups())
        lines += u"%1 %2 %3 %4 %5"_s.arg(group.signature)
                     .arg(group.count)
                     .arg(group.hours.size())
                     .arg(group.first.toString(Qt::ISODate), group.last.toString(Qt::ISODate));
    return lines.join(u'\n');
}

// In parts of so many rows; also counts the parts.
std::pair<ErrorTally, int> readAll(JobStore& store, const JobFilter& filter, int rows)
{
    ErrorReader reader(store, filter);
    ErrorTally sum;
    QString before;
    for (int parts = 1;; ++parts) {
        const auto slice = value(reader.next(before, rows));
        sum.add(*slice.tally);
        const auto again = value(reader.again(slice));
        if (asText(*again.tally) != asText(*slice.tally) || parts > 1000)
            qFatal("A part differs when it is read again.");
        if (slice.span.since.isEmpty())
            return {sum, parts};
        before = slice.span.since;
    }
}
} // namespace

class TestErrorReader : public QObject
{
    Q_OBJECT

    StoreFixture m_fixture;

    static void databases()
    {
        QTest::addColumn<StoreKind>("kind");
        QTest::newRow("SQLite") << StoreKind::Sqlite;
        QTest::newRow("PostgreSQL") << StoreKind::Postgres;
        QTest::newRow("behind PgBouncer") << StoreKind::Pooled;
        QTest::newRow("deployed") << StoreKind::Deployed;
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QString problem = m_fixture.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }
    void eachJobOnce_data() { databases(); }
    void eachJobOnce();
    void manyOfOneMoment_data() { databases(); }
    void manyOfOneMoment();
    void jobsWithoutTime_data();
    void jobsWithoutTime();
    void freezesExactlyTheGroup_data() { databases(); }
    void freezesExactlyTheGroup();
    void largeErrors_data() { databases(); }
    void largeErrors();
    void otherStatuses_data() { databases(); }
    void otherStatuses();
    void isStopped();
};

void TestErrorReader::eachJobOnce()
{
    QFETCH(StoreKind, kind);
    const auto store = m_fixture.fresh(kind);
    addFailed(*store, 45);
    const auto [whole, one] = readAll(*store, failed(), 1000);
    QCOMPARE(one, 1);
    QCOMPARE(whole.total(), 45);
    QCOMPARE(whole.groups().size(), 3U);
    for (const int rows : {1, 7, 44, 45}) {
        const auto [sum, parts] = readAll(*store, failed(), rows);
        QCOMPARE(asText(sum), asText(whole));
        QVERIFY(parts >= 45 / rows);
    }
    const auto [of, once] = readAll(*store, *JobFilter::parse(u"status:failed error:404"_s), 10);
    QCOMPARE(of.groups().size(), 1U);
    QVERIFY(once > 1);
}

void TestErrorReader::manyOfOneMoment()
{
    QFETCH(StoreKind, kind);
    const auto store = m_fixture.fresh(kind);
    addFailed(*store, 4500, true);
    const auto [sum, parts] = readAll(*store, failed(), 100);
    QCOMPARE(sum.total(), 4500);
    QCOMPARE(sum.groups().size(), 3U);
    QVERIFY(parts <= 2);
}

void TestErrorReader::jobsWithoutTime_data()
{
    QTest::addColumn<StoreKind>("kind");
    QTest::newRow("deployed") << StoreKind::Deployed;
}

void TestErrorReader::jobsWithoutTime()
{
    QFETCH(StoreKind, kind);
    const auto store = m_fixture.fresh(kind);
    const domain::JobIds ids = addFailed(*store, 20);
    for (int i = 0; i < 20; i += 4)
        StoreFixture::set(*store, ids[i], u"\"createdAt\" = NULL, \"error\" = NULL"_s);
    for (const int rows : {1, 3, 100}) {
        const auto [sum, parts] = readAll(*store, failed(), rows);
        QCOMPARE(sum.total(), 20);
        const domain::ErrorGroup* none = sum.group(QString());
        QVERIFY(none);
        QCOMPARE(none->count, 5);
        QVERIFY(!none->first.isValid());
    }
}

void TestErrorReader::freezesExactlyTheGroup()
{
    QFETCH(StoreKind, kind);
    const auto store = m_fixture.fresh(kind);
    const domain::JobIds ids = addFailed(*store, 45);
    StoreFixture::set(*store, ids[20], u"\"attempts\" = 1"_s);
    ErrorReader reader(*store, failed());
    const auto frozen = value(reader.freeze(u"HTTP 404 for customer {id}"_s));
    QSet<QString> found;
    for (const domain::JobId& id : frozen.ids())
        found += id.value;
    QSet<QString> expected;
    for (const domain::JobId& id : ids) {
        if (StoreFixture::job(*store, id).error.startsWith("HTTP 404"_L1))
            expected += id.value;
    }
    QVERIFY(expected.size() > 10);
    QCOMPARE(found, expected);
    QCOMPARE(frozen.count(), qint64(expected.size()));
    QCOMPARE(domain::prediction(domain::JobAction::Retry, frozen).changed, frozen.count());
    QVERIFY(value(reader.freeze(u"no such error"_s)).isEmpty());
}

void TestErrorReader::largeErrors()
{
    QFETCH(StoreKind, kind);
    const auto store = m_fixture.fresh(kind);
    const domain::JobIds ids = addFailed(*store, 6);
    for (int i = 0; i < 6; ++i)
        StoreFixture::sql(*store, u"UPDATE \"Job\" SET \"error\" = :error WHERE \"id\" = :id"_s,
                          {{u"id"_s, ids[i].value},
                           {u"error"_s, u"Too long: "_s + QString(1'000'000 + i, u'é')}});
    const auto [sum, parts] = readAll(*store, failed(), 4);
    QCOMPARE(sum.groups().size(), 1U);
    QCOMPARE(sum.groups().front().count, 6);
    const QString whole = StoreFixture::job(*store, ids[3]).error;
    QCOMPARE(whole.size(), 1'000'013);
    QCOMPARE(domain::signatureOf(whole).text, sum.groups().front().signature);
}

void TestErrorReader::otherStatuses()
{
    QFETCH(StoreKind, kind);
    const auto store = m_fixture.fresh(kind);
    const domain::JobIds ids = StoreFixture::add(*store, 5);
    StoreFixture::set(*store, ids[1], u"\"error\" = 'tried once, 7 s'"_s);
    const auto [sum, parts] = readAll(*store, JobFilter::forStatus(u"pending"_s), 2);
    QCOMPARE(sum.total(), 1); // the others have none
    QVERIFY(sum.group(u"tried once, # s"_s));
}

void TestErrorReader::isStopped()
{
    const auto store = m_fixture.fresh(StoreKind::Sqlite);
    addFailed(*store, 10);
    std::stop_source stop;
    stop.request_stop();
    ErrorReader reader(*store, failed(), stop.get_token());
    const auto slice = reader.next({}, 5);
    QVERIFY(!slice);
    QCOMPARE(slice.error().kind, base::ErrorKind::Cancelled);
    QVERIFY(!reader.freeze(u"x"_s));
}

QTEST_GUILESS_MAIN(TestErrorReader)
#include "tst_errorreader.moc"
