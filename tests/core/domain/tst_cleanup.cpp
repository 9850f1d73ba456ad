// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/cleanup.h"

#include <QTest>

using namespace queuedeck::domain;

class TestCleanUp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void olderThanCountsDaysInUtc()
    {
        const QDateTime now(QDate(2026, 3, 30), QTime(1, 30),
                            Qt::UTC); // around a clock change
        const CleanUp request = CleanUp::olderThan(30, now);
        QCOMPARE(request.before, QDateTime(QDate(2026, 2, 28), QTime(1, 30), Qt::UTC));
        QCOMPARE(request.before.timeSpec(), Qt::UTC);
        QVERIFY(request.type.isEmpty());
    }

    void onlyFinishedJobsAreOffered()
    {
        QCOMPARE(CleanUp().statuses, (QVector<JobStatus>{JobStatus::Completed, JobStatus::Failed}));
    }

    void thePreviewAddsUp()
    {
        CleanUpPreview preview;
        QCOMPARE(preview.jobs(), 0);
        preview.lines = {{JobStatus::Completed, QStringLiteral("a"), 3'000'000'000, 10},
                         {JobStatus::Failed, QStringLiteral("b"), 2, 5}};
        QCOMPARE(preview.jobs(), 3'000'000'002);
        QCOMPARE(preview.bytes(), 15);
    }
};

QTEST_APPLESS_MAIN(TestCleanUp)
#include "tst_cleanup.moc"
