// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/finding.h"
#include "core/domain/jobfilter.h"

#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck::domain;

Q_DECLARE_METATYPE(std::optional<FindingKind>)

class TestFinding : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // A kind's position in the table is its number: each one has its words, and a filter that
    // parses.
    void everyKindHasItsWords()
    {
        QSet<QString> ids, causes;
        for (const FindingKind kind : kFindingKinds) {
            QVERIFY(!findingId(kind).isEmpty() && !findingRemedy(kind).isEmpty());
            ids += findingId(kind);
            causes += findingCause(kind);
            const auto filter = JobFilter::parse(findingFilter(kind));
            QVERIFY2(filter, qPrintable(findingFilter(kind)));
        }
        QCOMPARE(ids.size(), qsizetype(kFindingKinds.size()));
        QCOMPARE(causes.size(), qsizetype(kFindingKinds.size()));
        QCOMPARE(findingId(FindingKind::DeadPending), u"dead-pending"_s);
        QCOMPARE(findingId(FindingKind::StaleError), u"stale-error"_s);
    }

    void evidenceIsCounted()
    {
        Finding finding{.kind = FindingKind::StaleError, .count = 1};
        QCOMPARE(findingEvidence(finding), u"1 completed job carries an error."_s);
        finding.count = 1'200;
        QCOMPARE(findingEvidence(finding), u"1,200 completed jobs carry an error."_s);
        finding.isExact = false;
        QCOMPARE(findingEvidence(finding), u"At least 1,200 completed jobs carry an error."_s);
        finding.wasCut = true;
        QCOMPARE(findingEvidence(finding), u"stale-error: took too long to check, not known."_s);
    }

    void ofOneJob_data()
    {
        QTest::addColumn<QString>("status");
        QTest::addColumn<int>("attempts"); // -1 is NULL
        QTest::addColumn<QString>("error");
        QTest::addColumn<bool>("isShared");
        QTest::addColumn<std::optional<FindingKind>>("found");
        const std::optional<FindingKind> none;
        const auto some = [](FindingKind kind) { return std::optional(kind); };
        QTest::newRow("fresh") << u"pending"_s << 0 << QString() << true << none;
        QTest::newRow("dead") << u"pending"_s << 3 << QString() << true
                              << some(FindingKind::DeadPending);
        QTest::newRow("NULL attempts")
            << u"pending"_s << -1 << QString() << false << some(FindingKind::DeadPending);
        QTest::newRow("odd") << u"PENDING"_s << 0 << QString() << false
                             << some(FindingKind::OddStatus);
        QTest::newRow("four runs")
            << u"completed"_s << 4 << QString() << true << some(FindingKind::OverlappingRuns);
        QTest::newRow("failed at once")
            << u"failed"_s << 1 << u"boom"_s << true << some(FindingKind::NoRetry);
        QTest::newRow("failed at once here") << u"failed"_s << 1 << u"boom"_s << false << none;
        QTest::newRow("failed for good") << u"failed"_s << 3 << u"boom"_s << true << none;
        QTest::newRow("error that stayed")
            << u"completed"_s << 2 << u"boom"_s << true << some(FindingKind::StaleError);
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
        QTEST(findingOf(job, isShared), "found");
    }
};

QTEST_APPLESS_MAIN(TestFinding)
#include "tst_finding.moc"
