// SPDX-License-Identifier: GPL-3.0-or-later
// The scheduler with a clock that is set by hand: what runs, what was missed, what was skipped,
// what is kept, and which of several open Queuedecks may run it.
#include "core/schedule/scheduler.h"
#include "core/schedule/schedulerecord.h"

#include <QFileInfo>
#include <QPromise>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace std::chrono_literals;
using base::ErrorKind;
using base::Result;
using schedule::CleanUpRound;
using schedule::LocalRound;
using schedule::RemoteRound;
using schedule::Schedule;
using schedule::ScheduleOutcome;
using schedule::Scheduler;
using schedule::ScheduleRecord;
using Kind = ScheduleOutcome::Kind;

namespace {
QDateTime utc(const QString& text)
{
    QDateTime time = QDateTime::fromString(text, u"yyyy-MM-dd HH:mm:ss"_s);
    time.setTimeSpec(Qt::UTC);
    return time;
}

class HandClock : public base::Clock
{
public:
    QDateTime now() const override { return time; }
    QDateTime time = utc(u"2026-11-23 10:01:00"_s);
};

// Runs on from a given time, like the computer's clock.
class ShiftedClock : public base::Clock
{
public:
    explicit ShiftedClock(const QDateTime& start)
        : m_start(start)
    {
        m_timer.start();
    }
    QDateTime now() const override { return m_start.addMSecs(m_timer.elapsed()); }

private:
    const QDateTime m_start;
    QElapsedTimer m_timer;
};

// Runs that end when the test says so.
class Runs
{
public:
    Scheduler::Runner runner()
    {
        return [this](const Schedule& schedule) {
            begun += schedule.id;
            QPromise<Result<QString>> promise;
            promise.start();
            const auto future = promise.future();
            if (isQuick) {
                promise.addResult(answer);
                promise.finish();
            } else {
                open.push_back(std::move(promise));
            }
            return future;
        };
    }
    void finishAll()
    {
        for (auto& promise : open) {
            promise.addResult(answer);
            promise.finish();
        }
        open.clear();
    }

    QStringList begun;
    bool isQuick = true;
    Result<QString> answer = u"Processed 3 jobs, 0 failed."_s;
    std::vector<QPromise<Result<QString>>> open;
};

Schedule every(const QString& cron)
{
    Schedule schedule;
    schedule.name = u"Night round"_s;
    schedule.cron = cron;
    schedule.zone = "UTC";
    return schedule;
}

QVector<Kind> kinds(const QVector<ScheduleOutcome>& outcomes)
{
    QVector<Kind> all;
    for (const ScheduleOutcome& outcome : outcomes)
        all += outcome.kind;
    return all;
}
} // namespace

class tst_Scheduler : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<HandClock> m_clock;
    std::unique_ptr<Runs> m_runs;
    std::unique_ptr<Scheduler> m_scheduler;

    QString file() const { return m_folder->filePath(u"deep/schedules/a.json"_s); }
    std::unique_ptr<Scheduler> make()
    {
        return std::make_unique<Scheduler>(file(), m_runs->runner(), *m_clock);
    }
    QString add(const Schedule& schedule)
    {
        const auto id = m_scheduler->save(schedule);
        if (!id)
            qFatal("%s", qPrintable(id.error().detail));
        return *id;
    }
    // Sets the clock, ticks, and lets finished runs be reported.
    void at(const QString& time)
    {
        m_clock->time = utc(u"2026-11-23 "_s + time);
        m_scheduler->tick();
        settle();
    }
    void settle()
    {
        m_scheduler->flush();
        QCoreApplication::processEvents();
        QCoreApplication::processEvents();
    }
    void reopen(const QString& time)
    {
        m_scheduler.reset();
        m_clock->time = utc(time);
        m_scheduler = make();
        m_scheduler->start();
        settle();
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_clock = std::make_unique<HandClock>();
        m_runs = std::make_unique<Runs>();
        m_scheduler = make();
    }
    void cleanup() { m_scheduler.reset(); }

    void runsAtItsTimes()
    {
        m_scheduler->start();
        QVERIFY(m_scheduler->isActive());
        const QString id = add(every(u"*/5 * * * *"_s));
        QCOMPARE(m_scheduler->nextRun(id), utc(u"2026-11-23 10:05:00"_s));
        at(u"10:04:59"_s);
        QCOMPARE(m_runs->begun.size(), 0);
        QSignalSpy ended(m_scheduler.get(), &Scheduler::runEnded);
        at(u"10:05:00"_s);
        QCOMPARE(m_runs->begun, QStringList{id});
        QCOMPARE(ended.size(), 1);
        at(u"10:05:30"_s);
        at(u"10:09:59"_s);
        QCOMPARE(m_runs->begun.size(), 1);
        at(u"10:10:40"_s); // a loaded computer is late
        QCOMPARE(m_runs->begun.size(), 2);
        const auto outcomes = m_scheduler->outcomes(id);
        QCOMPARE(kinds(outcomes), (QVector{Kind::Done, Kind::Done}));
        QCOMPARE(outcomes[0].time, utc(u"2026-11-23 10:10:40"_s));
        QCOMPARE(outcomes[1].time, utc(u"2026-11-23 10:05:00"_s));
        QCOMPARE(outcomes[0].sentence, u"Processed 3 jobs, 0 failed."_s);
        QVERIFY(outcomes[0].took >= 0ms);
        QCOMPARE(m_scheduler->whyIdle(), QString());
    }

    void nothingRunsUnlessStarted()
    {
        const QString id = add(every(u"*/5 * * * *"_s));
        at(u"10:05:00"_s);
        QVERIFY(!m_scheduler->isActive());
        QVERIFY(m_runs->begun.isEmpty());
        m_scheduler->start();
        settle();
        QCOMPARE(m_runs->begun, QStringList{id});
        m_scheduler->stop();
        at(u"10:10:00"_s);
        QCOMPARE(m_runs->begun.size(), 1);
    }

    void missedWhileClosedRunsOnce()
    {
        m_scheduler->start();
        const QString id = add(every(u"0 * * * *"_s));
        reopen(u"2026-11-26 08:30:00"_s);
        QCOMPARE(m_runs->begun, QStringList{id});
        const auto outcomes = m_scheduler->outcomes(id);
        QCOMPARE(kinds(outcomes), (QVector{Kind::Done, Kind::Missed}));
        QCOMPARE(outcomes[1].runs, 70); // 13 + 24 + 24 + 9 hours
        QCOMPARE(outcomes[1].time, utc(u"2026-11-23 11:00:00"_s));
        QCOMPARE(outcomes[1].sentence,
                 u"Missed 70 runs since 2026-11-23 11:00 UTC: Queuedeck was closed or the computer "
                 "slept. One run now makes up for them."_s);
        reopen(u"2026-11-26 08:59:00"_s); // made up for only once
        QCOMPARE(m_runs->begun.size(), 1);
        QCOMPARE(m_scheduler->outcomes(id), outcomes);
    }

    void missedWhileAsleepRunsOnce()
    {
        m_scheduler->start();
        const QString id = add(every(u"30 10 * * *"_s));
        at(u"10:29:00"_s);
        at(u"12:00:00"_s);
        QCOMPARE(m_runs->begun.size(), 1);
        QCOMPARE(kinds(m_scheduler->outcomes(id)), (QVector{Kind::Done, Kind::Missed}));
        QCOMPARE(m_scheduler->outcomes(id)[1].sentence,
                 u"Missed the run of 2026-11-23 10:30 UTC: Queuedeck was closed or the computer "
                 "slept. One run now makes up for it."_s);
    }

    void wokenAtARunMissesOnlyTheOthers()
    {
        m_scheduler->start();
        const QString id = add(every(u"*/10 * * * *"_s));
        at(u"10:40:20"_s);
        QCOMPARE(m_runs->begun.size(), 1);
        QCOMPARE(kinds(m_scheduler->outcomes(id)), (QVector{Kind::Done, Kind::Missed}));
        QCOMPARE(m_scheduler->outcomes(id)[1].runs, 3);
    }

    void yearsOfMinutesAreCountedQuickly()
    {
        m_scheduler->start();
        const QString id = add(every(u"* * * * *"_s));
        reopen(u"2031-01-01 00:00:30"_s);
        QCOMPARE(m_runs->begun.size(), 1);
        QVERIFY(m_scheduler->outcomes(id)[1].sentence.startsWith(u"Missed at least"_s));
    }

    void aRunStillGoingIsNotDoubled()
    {
        m_scheduler->start();
        const QString id = add(every(u"*/5 * * * *"_s));
        m_runs->isQuick = false;
        at(u"10:05:00"_s);
        QVERIFY(m_scheduler->isRunning(id));
        at(u"10:10:00"_s);
        at(u"10:15:00"_s);
        QCOMPARE(m_runs->begun.size(), 1);
        QCOMPARE(kinds(m_scheduler->outcomes(id)), QVector{Kind::Skipped});
        QCOMPARE(m_scheduler->outcomes(id)[0].runs, 2);
        QCOMPARE(m_scheduler->outcomes(id)[0].sentence,
                 u"Skipped 2 runs since 2026-11-23 10:10 UTC: the previous run was still going."_s);
        const auto again = m_scheduler->runNow(id);
        QVERIFY(!again && again.error().kind == ErrorKind::Conflict);
        m_runs->finishAll();
        settle();
        QVERIFY(!m_scheduler->isRunning(id));
        at(u"10:20:00"_s);
        QCOMPARE(m_runs->begun.size(), 2);
        m_runs->finishAll();
        settle();
        QCOMPARE(kinds(m_scheduler->outcomes(id)),
                 (QVector{Kind::Done, Kind::Done, Kind::Skipped}));
    }

    void schedulesDoNotWaitForEachOther()
    {
        m_scheduler->start();
        m_runs->isQuick = false;
        const QString first = add(every(u"*/5 * * * *"_s));
        const QString second = add(every(u"*/10 * * * *"_s));
        at(u"10:05:00"_s);
        at(u"10:10:00"_s);
        QCOMPARE(m_runs->begun, (QStringList{first, second}));
        m_runs->finishAll();
        settle();
    }

    void aFailureIsKept()
    {
        m_scheduler->start();
        const QString id = add(every(u"*/5 * * * *"_s));
        m_runs->answer = base::fail(ErrorKind::Denied, u"The endpoint refused the key (401)."_s);
        at(u"10:05:00"_s);
        reopen(u"2026-11-23 10:06:00"_s);
        const ScheduleOutcome outcome = m_scheduler->outcomes(id).value(0);
        QVERIFY(outcome.kind == Kind::Failed);
        QVERIFY(outcome.error == ErrorKind::Denied);
        QCOMPARE(outcome.sentence, u"The endpoint refused the key (401)."_s);
        QCOMPARE(outcome.time, utc(u"2026-11-23 10:05:00"_s));
    }

    void aClockSetBackSilencesNothing()
    {
        m_scheduler->start();
        add(every(u"*/5 * * * *"_s));
        at(u"23:05:00"_s); // wrong, then corrected
        QCOMPARE(m_runs->begun.size(), 1);
        at(u"10:06:00"_s);
        at(u"10:10:00"_s);
        QCOMPARE(m_runs->begun.size(), 2);
        at(u"10:09:30"_s); // half a minute is a normal clock adjustment
        at(u"10:10:05"_s);
        QCOMPARE(m_runs->begun.size(), 2);
        at(u"10:15:00"_s);
        QCOMPARE(m_runs->begun.size(), 3);
    }

    void whatWasOffWasNotMissed()
    {
        m_scheduler->start();
        const QString id = add(every(u"*/5 * * * *"_s));
        QVERIFY(m_scheduler->setEnabled(id, false));
        QVERIFY(!m_scheduler->nextRun(id).isValid());
        at(u"10:30:00"_s);
        QVERIFY(m_runs->begun.isEmpty());
        m_clock->time = utc(u"2026-11-23 11:02:00"_s);
        QVERIFY(m_scheduler->setEnabled(id, true));
        at(u"11:02:30"_s);
        QVERIFY(m_runs->begun.isEmpty());
        at(u"11:05:00"_s);
        QCOMPARE(kinds(m_scheduler->outcomes(id)), QVector{Kind::Done});
    }

    void aNewTimeHoldsFromNowOn()
    {
        m_scheduler->start();
        Schedule schedule = every(u"0 23 * * *"_s);
        schedule.id = add(schedule);
        schedule.cron = u"2 10 * * *"_s;
        m_clock->time = utc(u"2026-11-23 10:03:00"_s);
        QCOMPARE(add(schedule), schedule.id);
        at(u"10:04:00"_s);
        QVERIFY(m_runs->begun.isEmpty());
        QCOMPARE(m_scheduler->nextRun(schedule.id), utc(u"2026-11-24 10:02:00"_s));
        QCOMPARE(m_scheduler->all().size(), 1);
    }

    void onlySoManyOutcomesAreKept()
    {
        m_scheduler->start();
        const QString id = add(every(u"* * * * *"_s));
        for (int i = 0; i < ScheduleRecord::kOutcomesKept + 5; ++i) {
            m_clock->time = m_clock->time.addSecs(60);
            m_scheduler->tick();
            settle();
        }
        QCOMPARE(m_scheduler->outcomes(id).size(), ScheduleRecord::kOutcomesKept);
        QCOMPARE(m_scheduler->outcomes(id)[0].time, m_clock->time);
    }

    void allOfItIsKeptInAFileOfOnesOwn()
    {
        Schedule local = every(u"@daily"_s);
        local.zone = "Europe/Berlin";
        local.work = LocalRound{25, {u"image_extraction"_s}};
        Schedule remote = every(u"*/5 * * * MON-FRI"_s);
        remote.work = RemoteRound{u"https://app.example"_s, 50, true};
        remote.enabled = false;
        Schedule cleanUp = every(u"0 3 * * 0"_s);
        cleanUp.zone.clear();
        cleanUp.name = u"Aufräumen \"alles\""_s;
        cleanUp.work = CleanUpRound{7, {domain::JobStatus::Completed}};
        Schedule report =
            schedule::weeklyReport({domain::ReportKind::Enrichment, domain::ReportFormat::Xlsx});
        for (Schedule* schedule : {&local, &remote, &cleanUp, &report})
            schedule->id = add(*schedule);
        m_scheduler.reset();
        const auto permissions = QFileInfo(file()).permissions();
        QVERIFY(!(permissions &
                  (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther)));
        QCOMPARE(make()->all(), (QVector<Schedule>{local, remote, cleanUp, report}));
        QVERIFY(local.id != remote.id);
    }

    void whatCannotBeIsRefused()
    {
        const auto refused = [this](const Schedule& schedule, const QString& part) {
            const auto saved = m_scheduler->save(schedule);
            return !saved && saved.error().detail.contains(part) &&
                   saved.error().detail.endsWith(u'.') && !QFile::exists(file());
        };
        Schedule schedule = every(u"0 0 31 2 *"_s);
        QVERIFY(refused(schedule, u"would never run"_s));
        schedule = every(u"@daily"_s);
        schedule.zone = "Mars/Olympus";
        QVERIFY(refused(schedule, u"Mars/Olympus"_s));
        schedule = every(u"@daily"_s);
        schedule.name = u" "_s;
        QVERIFY(refused(schedule, u"name"_s));
        schedule = every(u"@daily"_s);
        schedule.work = LocalRound{0};
        QVERIFY(refused(schedule, u"number of jobs"_s));
        schedule.work = RemoteRound{u"https://app.example"_s, 1001};
        QVERIFY(refused(schedule, u"1 to 1,000"_s));
        schedule.work = RemoteRound{u"https://u:canary@app.example"_s};
        QVERIFY(refused(schedule, u"password"_s));
        schedule.work = RemoteRound{u"https://app.example/api?key=canary"_s};
        QVERIFY(refused(schedule, u"question mark"_s));
        schedule.work = RemoteRound{u"http://app.example"_s};
        QVERIFY(refused(schedule, u"https"_s));
        schedule.work = CleanUpRound{0};
        QVERIFY(refused(schedule, u"The age for a clean-up"_s));
        schedule.work = CleanUpRound{30, {}};
        QVERIFY(refused(schedule, u"completed, failed"_s));
        schedule.work = CleanUpRound{30, {domain::JobStatus::Pending}};
        QVERIFY(refused(schedule, u"Only completed and failed"_s));
        schedule = every(u"@daily"_s);
        schedule.id = u"gone"_s;
        const auto gone = m_scheduler->save(schedule);
        QVERIFY(!gone && gone.error().kind == ErrorKind::NotFound);
    }

    void onlyOneQueuedeckRunsThem()
    {
        m_scheduler->start();
        const QString id = add(every(u"*/5 * * * *"_s));
        settle();
        const auto other = make();
        other->start();
        QVERIFY(!other->isActive());
        QVERIFY2(other->whyIdle().contains(u"Another Queuedeck"_s), qPrintable(other->whyIdle()));
        QCOMPARE(other->all().size(), 1); // listed, not run
        QVERIFY(!other->setEnabled(id, false));
        QVERIFY(!other->runNow(id));
        const auto saved = other->save(every(u"@daily"_s));
        QVERIFY(!saved && saved.error().kind == ErrorKind::Conflict);
        m_clock->time = utc(u"2026-11-23 10:05:00"_s);
        other->tick();
        QVERIFY(m_runs->begun.isEmpty());

        add(every(u"0 5 * * *"_s));
        m_scheduler.reset(); // it closes; the other one takes over, including the changes
        other->tick();
        QVERIFY(other->isActive());
        QCOMPARE(other->whyIdle(), QString());
        QCOMPARE(other->all().size(), 2);
        QCOMPARE(m_runs->begun, QStringList{id});
    }

    void aFileThatIsNotUnderstoodIsLeftAlone_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("cut off") << QByteArray(R"({"version":1,"schedules":[)");
        QTest::newRow("of later") << QByteArray(R"({"version":2,"schedules":[]})");
        QTest::newRow("other work")
            << QByteArray(R"({"version":1,"schedules":[{"id":"1","name":"x","cron":"@daily",)"
                          R"("work":{"kind":"tea"}}]})");
        QTest::newRow("wrong cron")
            << QByteArray(R"({"version":1,"schedules":[{"id":"1","name":"x","cron":"61 * * * *",)"
                          R"("work":{"kind":"local","maxJobs":1}}]})");
    }
    void aFileThatIsNotUnderstoodIsLeftAlone()
    {
        QFETCH(QByteArray, content);
        m_scheduler.reset();
        QVERIFY(QDir().mkpath(QFileInfo(file()).path()));
        QFile written(file());
        QVERIFY(written.open(QIODevice::WriteOnly));
        written.write(content);
        written.close();
        m_scheduler = make();
        m_scheduler->start();
        QVERIFY(!m_scheduler->isActive());
        QVERIFY2(m_scheduler->whyIdle().contains(file()), qPrintable(m_scheduler->whyIdle()));
        QVERIFY(!m_scheduler->save(every(u"@daily"_s)));
        m_scheduler->flush();
        QVERIFY(written.open(QIODevice::ReadOnly));
        QCOMPARE(written.readAll(), content);
        QVERIFY(written.remove()); // repaired
        m_scheduler->tick();
        QVERIFY(m_scheduler->isActive());
        QCOMPARE(m_scheduler->whyIdle(), QString());
        QVERIFY(m_scheduler->save(every(u"@daily"_s)).has_value());
    }

    void removedWhileItRuns()
    {
        m_scheduler->start();
        const QString id = add(every(u"*/5 * * * *"_s));
        m_runs->isQuick = false;
        QVERIFY(m_scheduler->runNow(id));
        QVERIFY(m_scheduler->isRunning(id));
        QVERIFY(m_scheduler->remove(id));
        QVERIFY(!m_scheduler->remove(id));
        m_runs->finishAll();
        settle();
        QVERIFY(m_scheduler->all().isEmpty());
        QVERIFY(m_scheduler->outcomes(id).isEmpty());
        m_runs->isQuick = true;
        const QString second = add(every(u"*/5 * * * *"_s));
        QVERIFY(m_scheduler->runNow(second)); // regardless of its time
        settle();
        QCOMPARE(kinds(m_scheduler->outcomes(second)), QVector{Kind::Done});
    }

    // The only case without a clock set by hand: the timer itself fires at the minute.
    void theTimerWakes()
    {
        const ShiftedClock clock(utc(u"2026-11-23 10:04:59"_s));
        m_scheduler.reset();
        Scheduler scheduler(file(), m_runs->runner(), clock);
        QSignalSpy ended(&scheduler, &Scheduler::runEnded);
        scheduler.start();
        QVERIFY(scheduler.save(every(u"5 10 * * *"_s)).has_value());
        QVERIFY(ended.isEmpty());
        QVERIFY(ended.wait(60'000));
        QVERIFY(clock.now() >= utc(u"2026-11-23 10:05:00"_s));
    }
};

QTEST_GUILESS_MAIN(tst_Scheduler)
#include "tst_scheduler.moc"
