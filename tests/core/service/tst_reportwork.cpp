// SPDX-License-Identifier: GPL-3.0-or-later
// What a worker reads for a report: of the right days, stopped at once, and again after an outage.
#include "core/service/reportwork.h"
#include "tests/core/store/storefixture.h"

#include <QTest>

#include <thread>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::test;
using domain::ReportValue;

class TestReportWork : public QObject
{
    Q_OBJECT

    StoreFixture m_fixture;

    static std::shared_ptr<service::SessionThreads> threadsOn(const db::DatabaseUrl& url)
    {
        const auto s = value(store::JobStore::open(url, db::OpenMode::ReadWrite));
        return std::make_shared<service::SessionThreads>(url, db::OpenMode::ReadWrite, s->shape());
    }
    static domain::JobDetail job(const QString& type, const QDateTime& created)
    {
        domain::JobDetail detail;
        detail.job.id.value = domain::newUuid(created.toMSecsSinceEpoch());
        detail.job.type = type;
        detail.job.rawStatus = u"completed"_s;
        detail.job.attempts = 1;
        detail.job.createdAt = created;
        detail.payload = "{}";
        return detail;
    }
    static domain::ReportRequest request(const QString& period)
    {
        domain::ReportRequest request;
        request.period = period;
        return request;
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QString problem = m_fixture.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }

    // However late it runs, and again: the days before the job was created.
    void meansTheDaysOfItsJob_data()
    {
        QTest::addColumn<StoreKind>("kind");
        QTest::newRow("SQLite") << StoreKind::Sqlite;
        QTest::newRow("deployed") << StoreKind::Deployed;
    }
    void meansTheDaysOfItsJob()
    {
        QFETCH(StoreKind, kind);
        const db::DatabaseUrl url = m_fixture.freshDatabase(kind);
        const QDateTime asked(QDate(2026, 3, 4), QTime(12, 0), Qt::UTC);
        const domain::JobDetail report = job(domain::kReportType, asked);
        QVERIFY(m_fixture.open(url)->additions.import(
            {report, job(u"a"_s, asked.addDays(-1)), job(u"a"_s, asked.addDays(-1)),
             job(u"a"_s, asked.addDays(-2)), job(u"a"_s, asked)}));
        const auto source = service::reportSource(threadsOn(url));
        for (int attempt = 1; attempt <= 2; ++attempt) {
            const auto made = value(source(request(u"yesterday"_s), report.job.id, {}));
            QCOMPARE(made.days, u"Tuesday 3 March 2026, UTC"_s);
            QCOMPARE(made.title, u"Queue health, yesterday"_s);
            QCOMPARE(made.figures[0].value, ReportValue(qint64(2)));
            QCOMPARE(made.figures[0].note, u"+ 100.0 %, was 1"_s);
            QCOMPARE(made.place, url.name());
            QCOMPARE(made.job, report.job.id);
        }
        // A job that is gone, or whose id cannot be one, is taken for one of now.
        for (const char* const id : {"00000000-0000-0000-0000-000000000000", "nonsense"})
            QCOMPARE(value(source(request(u"yesterday"_s), {QString::fromUtf8(id)}, {}))
                         .figures[0]
                         .value,
                     ReportValue(qint64(0)));
    }

    void aStopEndsTheQuery()
    {
        const db::DatabaseUrl url = m_fixture.freshDatabase(StoreKind::Postgres);
        const auto locker = m_fixture.open(url);
        const auto source = service::reportSource(threadsOn(url));
        QVERIFY(source(request(u"today"_s), {u"x"_s}, {})); // it is connected
        StoreFixture::sql(*locker, u"BEGIN"_s);
        StoreFixture::sql(*locker, u"LOCK TABLE \"Job\" IN ACCESS EXCLUSIVE MODE"_s);
        std::stop_source stop;
        std::optional<base::Result<domain::ReportDocument>> ended;
        std::thread worker(
            [&] { ended = source(request(u"today"_s), {u"x"_s}, stop.get_token()); });
        const auto waiting = [&] {
            return StoreFixture::sql(*locker, u"SELECT 1 FROM pg_locks WHERE NOT granted"_s)
                       .size() > 0;
        };
        QTRY_VERIFY(waiting());
        stop.request_stop();
        worker.join();
        QVERIFY(!*ended);
        QCOMPARE(ended->error().kind, base::ErrorKind::Cancelled);
        StoreFixture::sql(*locker, u"ROLLBACK"_s);
        QVERIFY(source(request(u"today"_s), {u"x"_s}, {})); // and works again
    }

    void connectsAgain()
    {
        const db::DatabaseUrl url = m_fixture.freshDatabase(StoreKind::Postgres);
        const auto source = service::reportSource(threadsOn(url));
        QVERIFY(source(request(u"today"_s), {u"x"_s}, {}));
        StoreFixture::sql(*m_fixture.open(url),
                          u"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> "
                          "pg_backend_pid() AND datname = current_database()"_s);
        const auto lost = source(request(u"today"_s), {u"x"_s}, {});
        QVERIFY(lost || lost.error().kind == base::ErrorKind::Unreachable);
        QVERIFY(source(request(u"today"_s), {u"x"_s}, {}));
    }
};

QTEST_GUILESS_MAIN(TestReportWork)
#include "tst_reportwork.moc"
