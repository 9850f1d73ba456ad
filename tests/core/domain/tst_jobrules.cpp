// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/jobfilter.h"
#include "core/domain/jobrules.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck::domain;

class TestJobRules : public QObject
{
    Q_OBJECT

    static QString text(const std::optional<SkipReason>& reason)
    {
        return reason ? reason->text() : QString();
    }

private Q_SLOTS:
    // Every state against every action; an empty reason means allowed.
    void table_data()
    {
        QTest::addColumn<JobStatus>("status");
        QTest::addColumn<int>("attempts"); // -1 is NULL
        QTest::addColumn<QString>("retry");
        QTest::addColumn<QString>("cancel");
        QTest::addColumn<QString>("remove");
        QTest::addColumn<QString>("runNext");
        QTest::addColumn<QString>("repair");
        QTest::addColumn<QString>("keep"); // retry with the tries kept
        const QString ok, pending = u"already pending"_s, running = u"already running"_s,
                          completed = u"already completed"_s, failed = u"already failed"_s,
                          unknown = u"unknown status"_s;
        QTest::newRow("fresh") << JobStatus::Pending << 0 << pending << ok << pending << ok
                               << pending << pending;
        QTest::newRow("last try") << JobStatus::Pending << 2 << pending << ok << pending << ok
                                  << pending << pending;
        QTest::newRow("dead") << JobStatus::Pending << 3 << ok << ok << pending
                              << u"no attempts left"_s << pending << u"no attempts left"_s;
        QTest::newRow("NULL tries")
            << JobStatus::Pending << -1 << ok << ok << pending << u"unknown number of attempts"_s
            << pending << u"unknown number of attempts"_s;
        QTest::newRow("running") << JobStatus::Processing << 3 << running << ok << running
                                 << running << running << running;
        QTest::newRow("completed") << JobStatus::Completed << 1 << completed << completed << ok
                                   << completed << completed << completed;
        QTest::newRow("failed") << JobStatus::Failed << 3 << ok << failed << ok << failed << failed
                                << u"no attempts left"_s;
        QTest::newRow("failed, tries left")
            << JobStatus::Failed << 2 << ok << failed << ok << failed << failed << ok;
        QTest::newRow("failed, NULL tries") << JobStatus::Failed << -1 << ok << failed << ok
                                            << failed << failed << u"unknown number of attempts"_s;
        QTest::newRow("unknown") << JobStatus::Unknown << 0 << unknown << unknown << unknown
                                 << unknown << ok << unknown;
    }
    void table()
    {
        QFETCH(JobStatus, status);
        QFETCH(int, attempts);
        Job job;
        job.status = status;
        if (attempts >= 0)
            job.attempts = attempts;
        QTEST(text(refusal(JobAction::Retry, job)), "retry");
        QTEST(text(refusal(JobAction::Cancel, job)), "cancel");
        QTEST(text(refusal(JobAction::Delete, job)), "remove");
        QTEST(text(refusal(JobAction::RunNext, job)), "runNext");
        QTEST(text(refusal(JobAction::Repair, job)), "repair");
        QTEST(text(refusal(JobAction::RetryKeepingTries, job)), "keep");
        for (const auto action : {JobAction::Retry, JobAction::RetryKeepingTries, JobAction::Cancel,
                                  JobAction::Delete, JobAction::RunNext, JobAction::Repair})
            QCOMPARE(isAllowed(action, job), !refusal(action, job));
        for (const auto action : {JobAction::Retry, JobAction::RetryKeepingTries, JobAction::Cancel,
                                  JobAction::Delete, JobAction::RunNext, JobAction::Repair})
            QVERIFY(JobFilter::parse(allowedFilter(action)));
        QCOMPARE(isDead(job),
                 status == JobStatus::Pending && (attempts < 0 || attempts >= kMaxAttempts));
    }

    void theLimitMayBeAnother()
    {
        Job job;
        job.status = JobStatus::Pending;
        job.attempts = 3;
        QVERIFY(isDead(job));
        QVERIFY(!isDead(job, 5));
        QVERIFY(isAllowed(JobAction::RunNext, job, 5));
    }
};

QTEST_APPLESS_MAIN(TestJobRules)
#include "tst_jobrules.moc"
