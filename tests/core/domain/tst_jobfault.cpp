// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/jobfault.h"
#include "core/domain/jobfilter.h"

#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck::domain;

Q_DECLARE_METATYPE(std::optional<JobFault>)

class TestJobFault : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFaultHasItsWordsAndAFilter()
    {
        QSet<QString> causes, filters;
        for (int i = 0; i <= int(JobFault::StaleError); ++i) {
            causes += causeOf(JobFault(i));
            const QString filter = filterOf(JobFault(i));
            QVERIFY2(JobFilter::parse(filter), qPrintable(filter));
            filters += filter;
        }
        QCOMPARE(causes.size(), qsizetype(JobFault::StaleError) + 1);
        QCOMPARE(filters.size(), qsizetype(JobFault::StaleError) + 1);
    }

    void ofOneJob_data()
    {
        QTest::addColumn<QString>("status");
        QTest::addColumn<int>("attempts"); // -1 is NULL
        QTest::addColumn<QString>("error");
        QTest::addColumn<bool>("isShared");
        QTest::addColumn<std::optional<JobFault>>("found");
        const std::optional<JobFault> none;
        const auto some = [](JobFault fault) { return std::optional(fault); };
        QTest::newRow("fresh") << u"pending"_s << 0 << QString() << true << none;
        QTest::newRow("dead") << u"pending"_s << 3 << QString() << true
                              << some(JobFault::DeadPending);
        QTest::newRow("NULL attempts")
            << u"pending"_s << -1 << QString() << false << some(JobFault::DeadPending);
        QTest::newRow("odd") << u"PENDING"_s << 0 << QString() << false
                             << some(JobFault::OddStatus);
        QTest::newRow("four runs")
            << u"completed"_s << 4 << QString() << true << some(JobFault::OverlappingRuns);
        QTest::newRow("failed at once")
            << u"failed"_s << 1 << u"boom"_s << true << some(JobFault::NoRetry);
        QTest::newRow("failed at once here") << u"failed"_s << 1 << u"boom"_s << false << none;
        QTest::newRow("failed for good") << u"failed"_s << 3 << u"boom"_s << true << none;
        QTest::newRow("error that stayed")
            << u"completed"_s << 2 << u"boom"_s << true << some(JobFault::StaleError);
        QTest::newRow("completed") << u"completed"_s << 2 << QString() << true << none;
    }
    void ofOneJob()
    {
        QFETCH(QString, status);
        QFETCH(int, attempts);
        QFETCH(QString, error);
        QFETCH(bool, isShared);
        Job job;
        job.rawStatus = status;
        job.status = statusFromText(status);
        job.error = error;
        if (attempts >= 0)
            job.attempts = attempts;
        QTEST(faultOf(job, isShared), "found");
    }
};

QTEST_APPLESS_MAIN(TestJobFault)
#include "tst_jobfault.moc"
