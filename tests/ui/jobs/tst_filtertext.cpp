// SPDX-License-Identifier: GPL-3.0-or-later
// A filter composed with mouse and keys reads as if a user had typed it, and parses.
#include "core/domain/jobfilter.h"
#include "ui/jobs/cellfilter.h"
#include "ui/jobs/filtertext.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using domain::Job;
using domain::JobStatus;
using ui::JobColumn;

namespace {
Job failedJob()
{
    Job job;
    job.id = {u"0190-1"_s};
    job.type = u"image_extraction"_s;
    job.status = JobStatus::Failed;
    job.rawStatus = u"failed"_s;
    job.attempts = 3;
    job.createdAt = QDateTime(QDate(2026, 3, 1), QTime(23, 30), Qt::UTC);
    job.error = u"no \"card\" found\nsecond line"_s;
    return job;
}
} // namespace

class TestFilterText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesATermsPlace_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("term");
        QTest::addColumn<QString>("expected");
        QTest::newRow("empty") << u""_s << u"status:failed"_s << u"status:failed"_s;
        QTest::newRow("added") << u"age<2d"_s << u"status:failed"_s << u"age<2d status:failed"_s;
        QTest::newRow("replaced") << u"status:failed error:\"a  b\""_s << u"status:pending"_s
                                  << u"status:pending error:\"a  b\""_s;
        QTest::newRow("removed") << u"status:failed error:\"a  b\""_s << u""_s
                                 << u"error:\"a  b\""_s;
        QTest::newRow("derived") << u"type:x is:dead age<2d"_s << u"status:failed"_s
                                 << u"type:x status:failed age<2d"_s;
        QTest::newRow("negated stays")
            << u"-status:failed"_s << u"status:pending"_s << u"-status:failed status:pending"_s;
        QTest::newRow("or is kept together") << u"status:failed or type:x"_s << u"status:pending"_s
                                             << u"(status:failed or type:x) status:pending"_s;
        QTest::newRow("broken") << u"error:\"abc"_s << u"status:failed"_s << u"status:failed"_s;
    }

    void takesATermsPlace()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, term);
        QFETCH(const QString, expected);
        const QString result = ui::withTerm(text, {u"status"_s, u"is"_s}, term);
        QCOMPARE(result, expected);
        QVERIFY(domain::JobFilter::parse(result));
    }

    void quotesWhatMustBe()
    {
        QCOMPARE(ui::filterTerm(u"error"_s, u"a \"b\""_s), u"error:\"a \\\"b\\\"\""_s);
    }

    void findsTheValueOfTheOnlyTerm()
    {
        QCOMPARE(ui::termValue(u"age<2d status:failed"_s, {u"status"_s}), u"failed"_s);
        QVERIFY(ui::termValue(u"status:failed,pending"_s, {u"status"_s}).isEmpty());
    }

    void aCellBecomesACondition_data()
    {
        QTest::addColumn<int>("column");
        QTest::addColumn<QString>("with");
        QTest::addColumn<QString>("without");
        const auto row = [](const char* name, JobColumn column, const QString& with,
                            const QString& without) {
            QTest::newRow(name) << int(column) << with << without;
        };
        row("status takes the place of another", JobColumn::Status, u"status:failed age<2d"_s,
            u"status:pending age<2d -status:failed"_s);
        row("type", JobColumn::Type, u"status:pending age<2d type:image_extraction"_s,
            u"status:pending age<2d -type:image_extraction"_s);
        row("id", JobColumn::Id, u"status:pending age<2d id:0190-1"_s,
            u"status:pending age<2d -id:0190-1"_s);
        row("tries", JobColumn::Tries, u"status:pending age<2d attempts=3"_s,
            u"status:pending age<2d -attempts=3"_s);
        row("the day in UTC", JobColumn::Created, u"status:pending age<2d created:2026-03-01"_s,
            u"status:pending age<2d -created:2026-03-01"_s);
        row("not finished: nothing", JobColumn::Finished, u"status:pending age<2d"_s,
            u"status:pending age<2d"_s);
        row("an error's first line", JobColumn::Error,
            u"status:pending age<2d error:\"no \\\"card\\\" found\""_s,
            u"status:pending age<2d -error:\"no \\\"card\\\" found\""_s);
    }

    // The same cell again, now with the other key: one condition, never a condition and its
    // opposite.
    void aCellIsNeverAskedForAndLeftOutAtOnce()
    {
        for (int column = 0; column < int(JobColumn::Count); ++column) {
            for (const QString& before :
                 {QString(), u"age<2d"_s, u"error:\"a  b\" age<2d"_s, u"(type:x age<1d)"_s}) {
                const auto press = [&](const QString& text, bool without) {
                    return ui::filteredByCell(text, failedJob(), JobColumn(column), without);
                };
                const QString with = press(before, false);
                const QString without = press(before, true);
                QCOMPARE(press(with, true), without);
                QCOMPARE(press(without, false), with);
                QCOMPARE(press(with, false), with);
                QCOMPARE(press(without, true), without);
                QVERIFY(with.contains(before) && without.contains(before));
            }
        }
    }

    void aDerivedStatusIsMeantAsItIsShown()
    {
        Job job = failedJob();
        const auto filtered = [&job] {
            return ui::filteredByCell(u"status:failed"_s, job, JobColumn::Status, false);
        };
        job.status = JobStatus::Processing;
        job.isStuck = true;
        QCOMPARE(filtered(), u"is:stuck"_s);
        job.status = JobStatus::Pending; // with all attempts used up
        QCOMPARE(filtered(), u"is:dead"_s);
        job.status = JobStatus::Unknown;
        job.isStuck = false;
        QCOMPARE(filtered(), u"is:unknown"_s);
    }

    void aCellBecomesACondition()
    {
        QFETCH(const int, column);
        QFETCH(const QString, with);
        QFETCH(const QString, without);
        const QString text = u"status:pending age<2d"_s;
        QCOMPARE(ui::filteredByCell(text, failedJob(), JobColumn(column), false), with);
        QCOMPARE(ui::filteredByCell(text, failedJob(), JobColumn(column), true), without);
        QVERIFY(domain::JobFilter::parse(with));
        QVERIFY(domain::JobFilter::parse(without));
    }
};

QTEST_GUILESS_MAIN(TestFilterText)
#include "tst_filtertext.moc"
