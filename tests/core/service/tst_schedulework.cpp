// SPDX-License-Identifier: GPL-3.0-or-later
// Scheduled runs over a real session: jobs are run here, an endpoint is called, old jobs are
// cleaned up.
#include "core/schedule/scheduler.h"
#include "core/service/jobservice.h"
#include "core/service/localhandlers.h"
#include "core/service/reportservice.h"
#include "tests/support/foreignfile.h"
#include "tests/support/ownhandlers.h"
#include "tests/support/sessions.h"
#include "tests/support/webserver.h"

#include <QDirIterator>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using schedule::CleanUpRound;
using schedule::LocalRound;
using schedule::RemoteRound;
using schedule::Schedule;
using schedule::ScheduleOutcome;
using schedule::Scheduler;
using test::WebRequest;
using test::WebServer;
using tests::await;
using tests::openAt;

namespace {
const QByteArray kKey = "canary-8c2f1d6b07";
}

class tst_ScheduleWork : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<service::Session> m_session;

    Scheduler& schedules() { return m_session->schedules(); }
    auto counts() { return await(m_session->jobs().snapshot()).counts; }
    void enqueue(int count) { await(m_session->jobs().enqueue(u"label_printing"_s, "{}", count)); }
    void handle(const QString& type)
    {
        QVERIFY(tests::writeHandler(service::handlersFolder(), type + u".json"_s,
                                    R"({"command":["/bin/true"]})"));
    }
    // Makes all jobs this many days older.
    void age(int days)
    {
        const QDateTime then = QDateTime::currentDateTimeUtc().addDays(-days);
        tests::runForeign(
            m_folder->filePath(u"jobs.db"_s),
            u"UPDATE \"Job\" SET \"createdAt\" = '%1'"_s.arg(then.toString(Qt::ISODateWithMs)));
    }
    ScheduleOutcome run(const schedule::ScheduledWork& work)
    {
        Schedule schedule;
        schedule.name = u"round"_s;
        schedule.cron = u"@yearly"_s;
        schedule.work = work;
        const auto id = schedules().save(schedule);
        QSignalSpy ended(&schedules(), &Scheduler::runEnded);
        if (!id || !schedules().runNow(*id) || (ended.isEmpty() && !ended.wait(60'000)))
            qFatal("The schedule did not run.");
        return schedules().outcomes(*id).value(0);
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere");
        qputenv("JOB_PROCESSOR_API_KEY", kKey);
    }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        qputenv("QUEUEDECK_HOME", m_folder->filePath(u"home"_s).toLocal8Bit());
        m_session = openAt(m_folder->filePath(u"jobs.db"_s));
    }
    void cleanup() { m_session.reset(); }

    void jobsAreRunHere()
    {
        handle(u"label_printing"_s);
        enqueue(5);
        const ScheduleOutcome outcome = run(LocalRound{3, {u"label_printing"_s}});
        QCOMPARE(outcome.sentence, u"Processed 3 jobs, 0 failed."_s);
        QVERIFY(outcome.kind == ScheduleOutcome::Kind::Done);
        QCOMPARE(counts().pending, 2);
        QCOMPARE(counts().completed, 3);
        QCOMPARE(run(LocalRound{3, {u"image_extraction"_s}}).sentence,
                 u"Processed 0 jobs, 0 failed."_s);
        const ScheduleOutcome unknown = run(LocalRound{3, {u"shop_export"_s}});
        QVERIFY(unknown.error == base::ErrorKind::Unsupported);
        QCOMPARE(unknown.sentence, u"shop_export has no handler here. Its jobs stay pending."_s);
        QCOMPARE(counts().pending, 2);
    }

    void anEndpointIsCalled()
    {
        enqueue(1);
        WebServer server(WebServer::always(WebServer::processed(4)));
        const ScheduleOutcome outcome = run(RemoteRound{server.url({}), 4});
        QVERIFY2(outcome.kind == ScheduleOutcome::Kind::Done, qPrintable(outcome.sentence));
        QVERIFY(!outcome.sentence.isEmpty());
        QCOMPARE(server.requests().size(), 1);
        QCOMPARE(server.requests()[0].target, QByteArray("/api/jobs/process?maxJobs=4"));
        QCOMPARE(server.requests()[0].header("x-api-key"), kKey);

        WebServer refusing(WebServer::always(
            WebServer::counted(401, "application/json", R"({"error":"Unauthorized"})")));
        const ScheduleOutcome refused = run(RemoteRound{refusing.url({}), 4});
        QVERIFY(refused.kind == ScheduleOutcome::Kind::Failed);
        QVERIFY(refused.error == base::ErrorKind::Denied);
        QCOMPARE(refused.sentence, u"The endpoint refused the key (401). Nothing was processed."_s);

        schedules().flush(); // the key is not in what was written
        QDirIterator files(m_folder->filePath(u"home"_s), QDir::Files,
                           QDirIterator::Subdirectories);
        int read = 0;
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY(!file.readAll().contains(kKey));
            ++read;
        }
        QVERIFY(read > 0);
    }

    void oldJobsGo()
    {
        handle(u"label_printing"_s);
        enqueue(3);
        QCOMPARE(run(LocalRound{2}).sentence, u"Processed 2 jobs, 0 failed."_s);
        QVERIFY(run(CleanUpRound{1}).sentence.startsWith(u"Nothing is older than"_s));
        age(40);
        QVERIFY(run(CleanUpRound{30, {domain::JobStatus::Failed}})
                    .sentence.startsWith(u"Nothing is older than"_s));
        QCOMPARE(run(CleanUpRound{30}).sentence, u"2 jobs deleted."_s);
        QCOMPARE(counts().completed, 0);
        QCOMPARE(counts().pending, 1); // however old
        QCOMPARE(await(m_session->jobs().undo()).changed, 2);
    }

    void aReportIsMadeHereAndAtOnce()
    {
        const schedule::ReportRound round{domain::ReportKind::Spend, domain::ReportFormat::Csv};
        const ScheduleOutcome outcome = run(round);
        QVERIFY2(outcome.kind == ScheduleOutcome::Kind::Done, qPrintable(outcome.sentence));
        QCOMPARE(counts().completed, 1);
        const auto made = await(m_session->reports().list());
        QCOMPARE(made.size(), 1);
        QVERIFY(made[0].kind == domain::ReportKind::Spend);
        QVERIFY(outcome.sentence.contains(made[0].job.value));
        // Monday morning, of the week before.
        const Schedule weekly = schedule::weeklyReport(round);
        QVERIFY(weekly.check());
        const QDateTime next =
            domain::Cron::parse(weekly.cron)
                ->next(QDateTime(QDate(2026, 11, 29), QTime(12, 0), Qt::UTC), QTimeZone::utc());
        QCOMPARE(next, QDateTime(QDate(2026, 11, 30), QTime(7, 0), Qt::UTC));
    }

    void theFileIsThatOfTheDatabase()
    {
        Schedule schedule;
        schedule.name = u"here"_s;
        schedule.cron = u"@daily"_s;
        QVERIFY(schedules().save(schedule).has_value());
        m_session.reset();
        m_session = openAt(m_folder->filePath(u"other.db"_s));
        QVERIFY(schedules().all().isEmpty());
        m_session.reset();
        m_session = openAt(m_folder->filePath(u"jobs.db"_s));
        QCOMPARE(schedules().all().size(), 1);
        QVERIFY(!schedules().isActive()); // only once it is told to start
    }

    void closedDuringARun()
    {
        handle(u"label_printing"_s);
        enqueue(200);
        Schedule schedule;
        schedule.name = u"long"_s;
        schedule.cron = u"@daily"_s;
        schedule.work = LocalRound{200};
        const auto id = schedules().save(schedule);
        QVERIFY(id.has_value());
        QVERIFY(schedules().runNow(*id));
        m_session.reset(); // stops in an orderly way, or the test hangs
        m_session = openAt(m_folder->filePath(u"jobs.db"_s));
        QCOMPARE(counts().pending + counts().completed, 200);
        QVERIFY(!schedules().isRunning(*id));
    }
};

QTEST_GUILESS_MAIN(tst_ScheduleWork)
#include "tst_schedulework.moc"
