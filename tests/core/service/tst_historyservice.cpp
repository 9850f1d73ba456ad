// SPDX-License-Identifier: GPL-3.0-or-later
// The history of a session: of our own queue by roll-up, of a guest's by what changes.
#include "core/service/changefeed.h"
#include "core/service/historyservice.h"
#include "core/service/jobservice.h"
#include "core/service/snapshotfeed.h"
#include "tests/core/store/storefixture.h"
#include "tests/support/sessions.h"

#include <QSignalSpy>
#include <QUrl>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::test;
using domain::HistoryPeriod;
using tests::await;

class TestHistoryService : public QObject
{
    Q_OBJECT

    StoreFixture m_fixture;
    QTemporaryDir m_home;
    db::DatabaseUrl m_url;

    std::shared_ptr<service::Session> open() const
    {
        const auto encoded = [](const QString& text) {
            return QString::fromLatin1(QUrl::toPercentEncoding(text));
        };
        return tests::openSession({u"postgresql://"_s + encoded(m_url.user) + u':' +
                                       encoded(m_url.password) + u'@' + m_url.host + u':' +
                                       QString::number(m_url.port) + u'/' + m_url.database,
                                   false, false});
    }
    void run(const QString& sql)
    {
        const QString problem = StoreFixture::psql(m_url, sql);
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }
    static void look(service::Session& session)
    {
        QSignalSpy read(&session.snapshots(), &service::SnapshotFeed::read);
        session.changes().poke();
        QTRY_VERIFY(!read.isEmpty());
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QString problem = m_fixture.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        qputenv("QUEUEDECK_HOME", m_home.path().toUtf8());
    }

    void aGuestsHistoryIsInferredAndSurvives()
    {
        m_url = m_fixture.freshDatabase(StoreKind::Deployed);
        run(u"DROP SCHEMA queuedeck CASCADE"_s);
        auto session = open();
        QCOMPARE(session->info().mode, domain::QueueMode::Guest);
        look(*session);
        run(u"INSERT INTO \"Job\" (\"type\", \"payload\") "
            "SELECT 'shop_export', '{}' FROM generate_series(1, 9)"_s);
        look(*session);
        run(u"UPDATE \"Job\" SET \"status\" = 'completed', \"completedAt\" = now() "
            "WHERE \"id\" IN (SELECT \"id\" FROM \"Job\" LIMIT 5)"_s);
        look(*session);
        run(u"UPDATE \"Job\" SET \"status\" = 'failed' WHERE \"status\" = 'pending'"_s);
        look(*session);
        const auto check = [](service::Session& seen) {
            const domain::History history = await(seen.history().read(HistoryPeriod::Hour));
            qint64 came = 0;
            for (const domain::HistoryBucket& bucket : history.buckets)
                came += bucket.enqueued.value_or(0);
            return history.all.completed == 5 && history.all.failed == 4 && came == 9 &&
                   history.byType.contains(u"shop_export"_s);
        };
        QTRY_VERIFY(check(*session));
        session.reset();
        session = open();
        QVERIFY(check(*session));
        look(*session); // the first look says nothing
        QVERIFY(check(*session));
        const QString sql = u"SELECT COUNT(*) FROM pg_namespace WHERE nspname LIKE 'queuedeck%'"_s;
        QCOMPARE(StoreFixture::sql(*m_fixture.open(m_url), sql)[0].integer(0), 0);
    }

    void pausedMeansNoRecording()
    {
        m_url = m_fixture.freshDatabase(StoreKind::Postgres);
        const auto session = open();
        session->changes().setPaused(true);
        session->history().record();
        const auto seen = [&] {
            const domain::History history = await(session->history().read(HistoryPeriod::Hour));
            return history.buckets.last().running.has_value() ||
                   history.buckets[history.buckets.size() - 2].running.has_value();
        };
        QVERIFY(!seen());
        session->changes().setPaused(false);
        session->history().record();
        QTRY_VERIFY(seen());
    }
};

QTEST_GUILESS_MAIN(TestHistoryService)
#include "tst_historyservice.moc"
