// SPDX-License-Identifier: GPL-3.0-or-later
// What the rules of a connection promise is kept by the database, on every kind and through a
// pooler that keeps no settings; and what a user may not do is known before it is tried.
#include "core/service/engineservice.h"
#include "core/service/jobservice.h"
#include "core/store/jobstore.h"
#include "tests/support/pgbouncer.h"
#include "tests/support/sessions.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QUrl>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using base::ErrorKind;
using domain::Safety;
using service::Session;
using tests::await;
using tests::waitFor;

class TestSafety : public QObject
{
    Q_OBJECT

    test::PgCluster m_cluster;
    test::PgBouncer m_pooler;
    QTemporaryDir m_folder;

    static QString address(const db::DatabaseUrl& url)
    {
        const auto encoded = [](const QString& text) {
            return QString::fromLatin1(QUrl::toPercentEncoding(text));
        };
        return u"postgresql://%1:%2@%3:%4/%5"_s.arg(encoded(url.user), encoded(url.password),
                                                    url.host, QString::number(url.port),
                                                    url.database);
    }
    // Directly, bypassing everything under test.
    static QString ask(const db::DatabaseUrl& url, const QString& sql)
    {
        const auto connection = db::Connection::open(url, db::OpenMode::ReadWrite);
        const auto rows = connection ? (*connection)->run(sql) : connection.error();
        if (!rows)
            qFatal("%s: %s", qPrintable(sql), qPrintable(rows.error().detail));
        return rows->isEmpty() ? QString() : (*rows)[0].text(0);
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_cluster.start(), qPrintable(m_cluster.error()));
        QVERIFY2(m_pooler.start(m_cluster, {u"transaction"_s, {}, 2}),
                 qPrintable(m_pooler.error()));
    }

    void readOnlyIsKeptByTheDatabase_data()
    {
        QTest::addColumn<QString>("road");
        for (const char* road : {"file", "server", "pooler"})
            QTest::newRow(road) << QString::fromLatin1(road);
    }
    void readOnlyIsKeptByTheDatabase()
    {
        QFETCH(QString, road);
        const db::DatabaseUrl url =
            road == "file"_L1 ? db::DatabaseUrl::sqliteFile(m_folder.filePath(u"jobs.db"_s))
                              : m_cluster.freshDatabase();
        QVERIFY(store::JobStore::initialise(url));
        const QString at = road == "file"_L1     ? u"sqlite:"_s + url.path
                           : road == "pooler"_L1 ? address(m_pooler.through(url))
                                                 : address(url);
        domain::JobIds ids;
        {
            const auto writing = tests::openSession({at, false, false});
            ids = await(writing->jobs().enqueue(tests::kReport, tests::kReportPayload, 3));
        }
        const QString everything =
            road == "file"_L1
                ? u"SELECT group_concat(id || status || attempts) FROM (SELECT * FROM \"Job\" ORDER BY id)"_s
                : u"SELECT string_agg(j::text || xmin, ',' ORDER BY id) FROM \"Job\" j"_s;
        const QString before = ask(url, everything);

        Session::Options options;
        options.address = at;
        options.rules = {u"leora-replica"_s, domain::Environment::Production, Safety::ReadOnly};
        const auto session = tests::openSession(options);
        QVERIFY(session->info().readOnly);
        QCOMPARE(session->info().name, u"leora-replica"_s);
        QCOMPARE(await(session->jobs().count({})).count, 3); // reading works
        // Each on the connection of the program itself, past everything the window disables.
        const auto isRefused = [](const auto& result) {
            return !result && result.error().kind == ErrorKind::Denied;
        };
        QVERIFY(isRefused(waitFor(session->jobs().enqueue(tests::kReport, tests::kReportPayload))));
        for (const auto action : {domain::JobAction::Cancel, domain::JobAction::Delete})
            QVERIFY(isRefused(waitFor(session->jobs().change(action, {ids, u"3 jobs"_s}))));
        QCOMPARE(ask(url, everything), before);

        // No engine starts, in whatever way it is asked to.
        QVERIFY(isRefused(waitFor(session->engine().process({.maxJobs = 1}))));
        QVERIFY(isRefused(waitFor(session->engine().step({}))));
        QSignalSpy failed(&session->engine(), &service::EngineService::failed);
        session->engine().start();
        QVERIFY(failed.count() > 0 || failed.wait());
        QCOMPARE(failed[0][0].value<base::Error>().kind, ErrorKind::Denied);
        QTRY_VERIFY(!session->engine().isRunning());
        QCOMPARE(ask(url, everything), before);
    }

    void rightsAreKnownBeforeTheyAreNeeded()
    {
        const db::DatabaseUrl url = m_cluster.freshDatabase();
        QVERIFY(store::JobStore::initialise(url));
        (void)ask(url, u"DROP ROLE IF EXISTS clerk"_s);
        (void)ask(url, u"CREATE ROLE clerk LOGIN PASSWORD 'clerk'"_s);
        (void)ask(url, u"GRANT SELECT, UPDATE ON \"Job\" TO clerk"_s);
        db::DatabaseUrl clerk = url;
        clerk.user = clerk.password = u"clerk"_s;
        const auto session = tests::openSession({address(clerk), false, false});
        const service::SessionInfo& info = session->info();
        QCOMPARE(info.user, u"clerk"_s);
        QVERIFY(info.changesOff.isEmpty());
        QVERIFY2(info.deleteOff.contains("may not delete"_L1), qPrintable(info.deleteOff));
        QVERIFY2(info.enqueueOff.contains("may not add"_L1), qPrintable(info.enqueueOff));
        const auto owner = tests::openSession({address(url), false, false});
        QVERIFY(owner->info().deleteOff.isEmpty() && owner->info().enqueueOff.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestSafety)
#include "tst_safety.moc"
