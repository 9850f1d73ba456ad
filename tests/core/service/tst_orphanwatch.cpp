// SPDX-License-Identifier: GPL-3.0-or-later
// A session beside another processor watches the jobs it left, and only there.
#include "core/service/changefeed.h"
#include "core/service/jobservice.h"
#include "core/service/orphanwatch.h"
#include "tests/support/sessions.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using tests::await;

class TestOrphanWatch : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    QString path() const { return m_folder->filePath(u"jobs.db"_s); }

    // As another program works on the file.
    void sql(const QString& text)
    {
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"other"_s);
            database.setDatabaseName(path());
            QVERIFY(database.open());
            QSqlQuery query(database);
            QVERIFY2(query.exec(text), qPrintable(query.lastError().text()));
        }
        QSqlDatabase::removeDatabase(u"other"_s);
    }

    void makeTableOfSomebodyElse()
    {
        sql(u"CREATE TABLE \"Job\" (\"id\" TEXT PRIMARY KEY, \"type\" TEXT NOT NULL, "
            "\"payload\" TEXT NOT NULL, \"status\" TEXT NOT NULL, \"attempts\" INTEGER NOT NULL, "
            "\"error\" TEXT, \"createdAt\" TEXT NOT NULL, \"completedAt\" TEXT)"_s);
        addOrphan();
    }

    void addOrphan()
    {
        sql(u"INSERT INTO \"Job\" VALUES ('left', 'noop', '{}', 'processing', 1, NULL, "
            "'2026-01-01T00:00:00.000+00:00', NULL)"_s);
    }

    static qint64 unwatched(service::Session& session)
    {
        return await(session.jobs().snapshot()).unwatched;
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void cleanup() { m_folder.reset(); }

    void watchesBesideAnotherProcessor()
    {
        makeTableOfSomebodyElse();
        const auto session = tests::openAt(path());
        QCOMPARE(session->info().mode, u"beside"_s);
        QVERIFY(session->info().isWatching);
        QCOMPARE(unwatched(*session), 1);
        session->changes().setPaused(true);
        session->watch().look();
        session->changes().setPaused(false);
        QCOMPARE(unwatched(*session), 1); // paused means paused
        session->watch().look();
        QTRY_COMPARE(unwatched(*session), 0);
    }

    void looksOnlyWhereItMayNotWrite()
    {
        makeTableOfSomebodyElse();
        tests::openAt(path()).reset(); // makes our tables
        const auto session = await(service::Session::open({u"sqlite:"_s + path(), false, true}));
        QVERIFY(!session->info().isWatching);
        session->watch().look();
        QCOMPARE(unwatched(*session), 1);
    }

    void nobodyElseWorksOnOurOwn()
    {
        const auto session = tests::openAt(path());
        QVERIFY(!session->info().isWatching);
        addOrphan();
        QCOMPARE(unwatched(*session), 0);
        QCOMPARE(await(session->jobs().snapshot()).stuck, 1);
    }
};

QTEST_GUILESS_MAIN(TestOrphanWatch)
#include "tst_orphanwatch.moc"
