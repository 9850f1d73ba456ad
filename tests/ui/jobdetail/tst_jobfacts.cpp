// SPDX-License-Identifier: GPL-3.0-or-later
// What the detail says about waiting and running is known, and nothing more is said.
#include "ui/jobdetail/jobfacts.h"

#include <QLabel>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using domain::Attempt;
using domain::JobDetail;
using domain::JobStatus;

namespace {
const QDateTime kCreated(QDate(2026, 11, 23), QTime(14, 30), Qt::UTC);
const QDateTime kNow = kCreated.addSecs(600);

JobDetail jobWith(JobStatus status, const QVector<Attempt>& history)
{
    JobDetail detail;
    detail.job.status = status;
    detail.job.attempts = int(history.size());
    detail.job.createdAt = kCreated;
    detail.history = history;
    return detail;
}

Attempt attempt(const QString& outcome, int from, int to)
{
    Attempt made;
    made.outcome = outcome;
    if (from >= 0)
        made.startedAt = kCreated.addSecs(from);
    if (to >= 0)
        made.endedAt = kCreated.addSecs(to);
    return made;
}
} // namespace

class TestJobFacts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // The time of day, with the date if it is a different day.
    void tellsTheTimeOfDay_data()
    {
        QTest::addColumn<int>("daysLater");
        QTest::addColumn<QString>("created");
        QTest::newRow("today") << 0 << u"14:30:00, 10 min"_s;
        QTest::newRow("yesterday") << 1 << u"2026-11-23 14:30:00, 1 d"_s;
        QTest::newRow("days ago") << 5 << u"2026-11-23 14:30:00, 5 d"_s;
    }
    void tellsTheTimeOfDay()
    {
        QFETCH(const int, daysLater);
        QFETCH(const QString, created);
        ui::JobFacts facts;
        facts.setJob(jobWith(JobStatus::Pending, {}), kNow.addDays(daysLater), false);
        bool isSaid = false;
        for (const QLabel* label : facts.findChildren<QLabel*>())
            isSaid = isSaid || label->text().startsWith(created);
        QVERIFY2(isSaid, qPrintable(created));
    }

    void tellsTimes_data()
    {
        QTest::addColumn<JobDetail>("detail");
        QTest::addColumn<QString>("waited");
        QTest::addColumn<QString>("ran");
        QTest::newRow("waits") << jobWith(JobStatus::Pending, {}) << u"10 min so far"_s
                               << u"not yet"_s;
        QTest::newRow("ran elsewhere")
            << jobWith(JobStatus::Completed, {}) << u"not known"_s << u"not known"_s;
        QTest::newRow("ran once") << jobWith(JobStatus::Completed,
                                             {attempt(u"completed"_s, 30, 32)})
                                  << u"30.0 s"_s << u"2.0 s"_s;
        QTest::newRow("runs") << jobWith(JobStatus::Processing, {attempt(u"running"_s, 30, -1)})
                              << u"30.0 s"_s << u"9 min 30 s so far"_s;
        QTest::newRow("runs again")
            << jobWith(JobStatus::Processing,
                       {attempt(u"running"_s, 590, -1), attempt(u"retried"_s, 30, 32)})
            << u"30.0 s"_s << u"12.0 s so far"_s;
        JobDetail stuck = jobWith(JobStatus::Processing, {attempt(u"running"_s, 30, -1)});
        stuck.job.isStuck = true;
        QTest::newRow("stuck") << stuck << u"30.0 s"_s << u"not known"_s;
        QTest::newRow("lost, then completed")
            << jobWith(JobStatus::Completed,
                       {attempt(u"completed"_s, 100, 103), attempt(u"lost"_s, 30, 90)})
            << u"30.0 s"_s << u"3.0 s"_s;
        QTest::newRow("handed back unbegun")
            << jobWith(JobStatus::Pending, {attempt(u"released"_s, -1, 5)}) << u"not known"_s
            << u"not known"_s;
    }

    void tellsTimes()
    {
        QFETCH(const JobDetail, detail);
        QTEST(ui::waitedText(detail, kNow), "waited");
        QTEST(ui::ranText(detail, kNow), "ran");
    }

    void saysWhatIsOddAboutAJob()
    {
        ui::JobFacts facts;
        const auto* noteLabel = facts.findChild<QLabel*>(u"note"_s);
        JobDetail detail = jobWith(JobStatus::Completed, {attempt(u"completed"_s, 100, 103)});
        facts.setJob(detail, kNow, true);
        QVERIFY(noteLabel->isHidden());
        detail.job.error = u"Cancelled by admin"_s;
        facts.setJob(detail, kNow, true);
        QVERIFY(!noteLabel->isHidden());
        QVERIFY(noteLabel->text().contains(u"does not clear it"_s));
        facts.clear();
        QVERIFY(noteLabel->isHidden());
    }

    void saysWhyAJobIsStuck()
    {
        JobDetail detail = jobWith(JobStatus::Processing, {attempt(u"running"_s, 30, -1)});
        ui::JobFacts facts;
        const auto says = [&](const QString& text) {
            facts.setJob(detail, kNow, false);
            const auto labels = facts.findChildren<QLabel*>();
            return std::any_of(labels.begin(), labels.end(),
                               [&](const QLabel* label) { return label->text() == text; });
        };
        QVERIFY(!says(u"No live lease"_s));
        detail.job.isStuck = true;
        QVERIFY(says(u"No live lease"_s) && says(u"its engine is gone"_s));
        detail.aloneSince = kNow.addSecs(-1320); // another processor's
        QVERIFY(says(u"unchanged for 22 min"_s));
    }
};

QTEST_MAIN(TestJobFacts)
#include "tst_jobfacts.moc"
