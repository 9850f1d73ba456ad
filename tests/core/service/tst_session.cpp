// SPDX-License-Identifier: GPL-3.0-or-later
// Everything a user can request, over a real SQLite file.
#include "core/remote/remoteservice.h"
#include "core/schedule/scheduler.h"
#include "core/service/changefeed.h"
#include "core/service/engineservice.h"
#include "core/service/home.h"
#include "core/service/jobservice.h"
#include "core/service/orphanwatch.h"
#include "core/service/runninghere.h"
#include "core/service/sampledata.h"
#include "core/service/scanservice.h"
#include "core/service/sessionthreads.h"
#include "core/service/snapshotfeed.h"
#include "tests/support/ownhandlers.h"
#include "tests/support/sessions.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QThread>

#include <atomic>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using base::ErrorKind;
using service::Session;
using tests::await;
using tests::openAt;
using tests::waitFor;

class TestSession : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    QString path() const { return m_folder->filePath(u"jobs.db"_s); }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void anExplicitAddressIsNeverCreated()
    {
        const auto opened = waitFor(Session::open({u"sqlite:"_s + path(), false, false}));
        QVERIFY(!opened);
        QCOMPARE(opened.error().kind, ErrorKind::NotFound);
        QVERIFY(!QFile::exists(path()));
    }

    void aDatabaseHasOneKeyHoweverItIsWritten()
    {
        const auto one = openAt(path());
        const auto other = openAt(m_folder->filePath(u"other.db"_s));
        const auto same = tests::openSession({u"file:"_s + path(), false, true});
        QCOMPARE(one->info().key.size(), 16);
        QCOMPARE(same->info().key, one->info().key);
        QVERIFY(other->info().key != one->info().key);
    }

    // What was found is a value: it can make several sessions, each on the thread that creates it.
    void aSessionLivesWhereItIsMade()
    {
        openAt(path());
        const auto opened = await(Session::open({u"sqlite:"_s + path(), false, false}));
        const auto homes = [](Session& session) -> QSet<QThread*> {
            return {session.engine().thread(),    session.changes().thread(),
                    session.snapshots().thread(), session.watch().thread(),
                    session.remote().thread(),    session.schedules().thread()};
        };
        Session here(opened);
        QCOMPARE(homes(here), QSet<QThread*>{QThread::currentThread()});
        QSet<QThread*> found;
        const std::unique_ptr<QThread> elsewhere(QThread::create([&] {
            Session there(opened);
            found = homes(there);
        }));
        elsewhere->start();
        QVERIFY(elsewhere->wait(60'000));
        QCOMPARE(found, QSet<QThread*>{elsewhere.get()});
        QSignalSpy changed(&here.changes(), &service::ChangeFeed::changed);
        QVERIFY(changed.wait()); // it polled by itself
    }

    void aReadOnlySessionLooksAndChangesNothing()
    {
        await(openAt(path())->jobs().enqueue(u"report_generation"_s, "{}", 3));
        const auto session = tests::openSession({u"sqlite:"_s + path(), false, true});
        QVERIFY(session->info().readOnly);
        QCOMPARE(await(session->jobs().count({})).count, 3);
        const auto refused = waitFor(session->jobs().enqueue(u"report_generation"_s, "{}"));
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::Denied); // by the database itself
    }

    // This wakes the engine; nothing was retried.
    void anEnqueueIsNoRetry()
    {
        openAt(path());
        const auto url = db::DatabaseUrl::sqliteFile(path());
        const auto shape = (*store::JobStore::open(url, db::OpenMode::ReadWrite))->shape();
        std::atomic<int> changes = 0, additions = 0;
        service::JobService jobs(
            std::make_shared<service::SessionThreads>(url, db::OpenMode::ReadWrite, shape),
            std::make_shared<service::RunningHere>(),
            [&](domain::JobAction, const domain::JobIds&) { ++changes; }, [&] { ++additions; });
        const domain::JobIds ids = await(jobs.enqueue(u"report_generation"_s, "{}", 2));
        QCOMPARE(int(additions), 1);
        QCOMPARE(int(changes), 0);
        await(jobs.change(domain::JobAction::Cancel, {ids, u"2 selected jobs"_s}));
        QCOMPARE(int(additions), 1);
        QCOMPARE(int(changes), 1);
    }

    void stopAllEndsEveryRunAndThoseToCome()
    {
        qputenv("QUEUEDECK_HOME", QFile::encodeName(m_folder->path()));
        const auto session = openAt(path());
        service::EngineService& engine = session->engine();
        QVERIFY(engine.isQuiet());
        QSignalSpy quiet(&engine, &service::EngineService::quiet);
        engine.start();
        const auto round = engine.process({.untilEmpty = false});
        QVERIFY(!engine.isQuiet());
        engine.stopAll();
        await(round);
        QTRY_VERIFY(engine.isQuiet());
        QTRY_VERIFY(!quiet.isEmpty());
        await(session->jobs().enqueue(u"report_generation"_s, "{}", 1));
        await(engine.process({.untilEmpty = false})); // ends at once, although it was meant to stay
        QTRY_VERIFY(engine.isQuiet());
    }

    void anOwnHandlerIsFoundWhenARoundStarts()
    {
        qputenv("QUEUEDECK_HOME", QFile::encodeName(m_folder->path()));
        const auto session = openAt(path());
        service::EngineService& engine = session->engine();
        QVERIFY(!engine.handledTypes().contains(u"shop_export"_s));
        QVERIFY(engine.handlerProblems().isEmpty());
        const QString folder = service::handlersFolder();
        const auto write = [&folder](const QString& name, const QByteArray& text) {
            return tests::writeHandler(folder, name, text);
        };
        QVERIFY(write(u"shop_export.json"_s, "{\"command\":[\"/bin/true\"]}"));
        QVERIFY(write(u"image_extraction.json"_s, "{\"command\":[\"/bin/true\"]}"));
        await(session->jobs().enqueue(u"shop_export"_s, "{}", 2));
        QSignalSpy changed(&engine, &service::EngineService::handlersChanged);
        service::EngineSettings settings;
        settings.untilEmpty = true;
        QCOMPARE(await(engine.process(settings)).processed, 2);
        QTRY_COMPARE(changed.size(), 1);
        QVERIFY(engine.handledTypes().contains(u"shop_export"_s));
        QCOMPARE(engine.handlerProblems().size(), 1);
        QCOMPARE(engine.handlerProblems()[0].type, u"image_extraction"_s);
        await(engine.process(settings)); // no change
        QVERIFY(QFile::remove(folder + u"/shop_export.json"_s));
        await(engine.process(settings));
        QTRY_COMPARE(changed.size(), 2);
        QVERIFY(!engine.handledTypes().contains(u"shop_export"_s));
        qunsetenv("QUEUEDECK_HOME");
    }

    void aBadPayloadAddsNothing()
    {
        const auto session = openAt(path());
        const auto refused = waitFor(session->jobs().enqueue(u"customer_enrichment"_s, "{}", 5));
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::Invalid);
        QCOMPARE(await(session->jobs().count({})).count, 0);
        QVERIFY(await(session->jobs().journal()).isEmpty());
    }

    void theFeedTellsOfOthersAndIsSilentWhenPaused()
    {
        const auto session = openAt(path());
        const auto other = openAt(path());
        session->changes().setInterval(std::chrono::milliseconds(50));
        QSignalSpy changed(&session->changes(), &service::ChangeFeed::changed);
        QSignalSpy confirmed(&session->changes(), &service::ChangeFeed::confirmed);
        QTRY_VERIFY(confirmed.size() >= 2);
        changed.clear();
        await(other->jobs().enqueue(u"report_generation"_s, "{}"));
        QTRY_VERIFY(!changed.isEmpty());
        session->changes().setPaused(true);
        QTest::qWait(150); // the probe that was already running
        changed.clear();
        confirmed.clear();
        await(other->jobs().enqueue(u"report_generation"_s, "{}"));
        QTest::qWait(300);
        QCOMPARE(changed.size() + confirmed.size(), 0);
        session->changes().setPaused(false);
        QTRY_VERIFY(!changed.isEmpty());
    }

    // An expired lease is no change in the database.
    void theFeedTellsByTheClockWhereNobodyWrites()
    {
        const auto session = openAt(path());
        QSignalSpy changed(&session->changes(), &service::ChangeFeed::changed);
        QTRY_VERIFY(!changed.isEmpty());
        changed.clear();
        QTRY_VERIFY_WITH_TIMEOUT(!changed.isEmpty(), 20'000);
    }

    void sampleDataIsAddedOnceAndIsInThePast()
    {
        const auto session = openAt(path());
        QCOMPARE(await(service::addSampleData(*session)), 200);
        QCOMPARE(await(service::addSampleData(*session)), 0);
        const auto snapshot = await(session->jobs().snapshot());
        QCOMPARE(snapshot.counts.total(), 200);
        QVERIFY(snapshot.dead > 0);
        QCOMPARE(snapshot.scansByStatus.value(u"processing"_s), 12);
        domain::PageRequest all;
        all.limit = 200;
        const QDateTime now = QDateTime::currentDateTimeUtc();
        for (const domain::Job& job : await(session->jobs().page(all)).jobs) {
            QVERIFY(job.createdAt <= now);
            QVERIFY(!job.completedAt.isValid() || job.completedAt <= now);
            for (const domain::Attempt& attempt : await(session->jobs().job(job.id)).history)
                QVERIFY2(attempt.endedAt <= now, qPrintable(job.id.value));
        }
    }

    void aRoundReadsAnUploadedCard()
    {
        const auto session = openAt(path());
        const QString card = QStringLiteral(QUEUEDECK_SOURCE_DIR "/resources/samples/card-01.png");
        const auto looked = await(session->scans().inspect(card));
        QCOMPARE(looked.size, QSize(1050, 600));
        QVERIFY(looked.duplicateOf.isEmpty());
        const auto added = await(session->scans().upload(card, domain::ScanType::BusinessCard));
        QCOMPARE(await(session->scans().inspect(card)).duplicateOf, u"card-01.png"_s);
        service::EngineSettings round;
        round.untilEmpty = true;
        const auto report = await(session->engine().process(round));
        QCOMPARE(report.processed, 1);
        const auto scan = await(session->scans().scan(added.scan));
        QCOMPARE(scan.status, u"completed"_s);
        QCOMPARE(scan.job, added.job);
        QCOMPARE(scan.title(), u"Eleanor Whitfield"_s);
    }

    void anEngineThatStaysTakesNewJobsAndStops()
    {
        const auto session = openAt(path());
        QSignalSpy stopped(&session->engine(), &service::EngineService::stopped);
        session->engine().start();
        QVERIFY(session->engine().isRunning());
        // Runs here, and fails for good: its picture is missing.
        await(session->jobs().enqueue(
            u"image_extraction"_s,
            R"({"scanId":"01a20984-0000-7000-8000-000000000001","scanType":"business_card",)"
            R"("imageUrl":"queuedeck-image:gone"})",
            20));
        QTRY_COMPARE(await(session->jobs().snapshot()).counts.failed, 20);
        session->engine().stop();
        QTRY_COMPARE(stopped.size(), 1);
        QVERIFY(!session->engine().isRunning());
        QCOMPARE(await(session->jobs().snapshot()).counts.processing, 0);
    }

    void passwordsAreMasked()
    {
        const QString shown = service::maskedAddress(u"postgresql://u:s3cret@host:6543/db"_s);
        QVERIFY(!shown.contains(u"s3cret"_s));
        QVERIFY(shown.contains(u"host:6543/db"_s));
    }
};

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
