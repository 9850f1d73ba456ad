// SPDX-License-Identifier: GPL-3.0-or-later
// A session beside another processor watches for jobs it left behind, and only there.
#include "core/service/changefeed.h"
#include "core/service/jobservice.h"
#include "core/service/orphanwatch.h"
#include "tests/support/foreignfile.h"
#include "tests/support/sessions.h"

#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using tests::await;

class TestOrphanWatch : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    QString path() const { return m_folder->filePath(u"jobs.db"_s); }

    static qint64 unwatched(service::Session& session)
    {
        return await(session.jobs().snapshot()).unwatched;
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void cleanup() { m_folder.reset(); }

    void watchesBesideAnotherProcessor()
    {
        tests::makeForeignFile(path());
        tests::addForeignRun(path());
        const auto session = tests::openAt(path());
        QCOMPARE(session->info().mode, domain::QueueMode::Beside);
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
        tests::makeForeignFile(path());
        tests::addForeignRun(path());
        tests::openAt(path()).reset(); // makes our tables
        const auto session = tests::openSession({u"sqlite:"_s + path(), false, true});
        QVERIFY(!session->info().isWatching);
        session->watch().look();
        QCOMPARE(unwatched(*session), 1);
    }

    void nobodyElseWorksOnOurOwn()
    {
        const auto session = tests::openAt(path());
        QVERIFY(!session->info().isWatching);
        tests::addForeignRun(path());
        QCOMPARE(unwatched(*session), 0);
        QCOMPARE(await(session->jobs().snapshot()).stuck, 1);
    }
};

QTEST_GUILESS_MAIN(TestOrphanWatch)
#include "tst_orphanwatch.moc"
