// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/jobstatus.h"
#include "core/domain/snapshot.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck::domain;

class TestJobStatus : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFourReadBack()
    {
        for (const JobStatus status : kKnownStatuses)
            QCOMPARE(statusFromText(statusText(status)), status);
        QCOMPARE(statusText(JobStatus::Unknown), QString());
    }

    void anythingElseIsUnknown()
    {
        for (const QString& text :
             {QString(), u""_s, u"Pending"_s, u"failed "_s, u"retrying"_s, u"unknown"_s})
            QCOMPARE(statusFromText(text), JobStatus::Unknown);
    }

    void everyStatusIsCountedOnce()
    {
        TypeCounts counts;
        qint64 n = 1;
        for (const JobStatus status : kKnownStatuses)
            counts.of(status) = n *= 10;
        counts.of(JobStatus::Unknown) = 1;
        QCOMPARE(counts.total(), 11'111);
        QCOMPARE(counts.other, 1);
        QCOMPARE(std::as_const(counts).of(JobStatus::Failed), 10'000);
    }
};

QTEST_APPLESS_MAIN(TestJobStatus)
#include "tst_jobstatus.moc"
