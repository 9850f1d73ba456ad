// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobrows.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using domain::Job;
using domain::Keyset;
using ui::JobColumn;
using ui::JobRows;

namespace {

constexpr int kPage = JobRows::kPageSize;

Job makeJob(int number, const QString& error = {})
{
    Job job;
    job.id = {u"id-%1"_s.arg(number, 7, 10, QChar(u'0'))};
    job.type = u"image_extraction"_s;
    job.status = domain::JobStatus::Failed;
    job.rawStatus = u"failed"_s;
    job.attempts = 3;
    job.error = error;
    return job;
}

Keyset keyOf(const Job& job)
{
    return {job.id.value, job.id.value};
}

QVector<Keyset> keysOf(const QVector<Job>& jobs)
{
    QVector<Keyset> keys;
    for (const Job& job : jobs)
        keys.append(keyOf(job));
    return keys;
}

/// Answers as a database that keeps `all` in this order would.
QVector<Job> answer(const QVector<Job>& all, const JobRows::Place& place)
{
    qsizetype from = 0;
    if (!place.after.isTop()) {
        while (from < all.size() && all[from].id.value <= place.after.id)
            ++from;
    }
    return all.mid(from + place.skip, kPage);
}

} // namespace

class TestJobRows : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksForTheNextPageByKeyset();
    void tellsWhatChanged();
    void aMovedEndMakesLaterPagesStale();
    void letsGoOfThePageUsedLongestAgo();
    void agreesWithAPlainList();
};

void TestJobRows::asksForTheNextPageByKeyset()
{
    QVector<Job> all;
    for (int i = 0; i < 1000; ++i)
        all.append(makeJob(i));
    JobRows rows;
    rows.setRowCount(1000);
    QCOMPARE(rows.placeOf(3), (JobRows::Place{{}, 600}));
    rows.replacePage(0, all.mid(0, kPage), keysOf(all.mid(0, kPage)));
    QCOMPARE(rows.placeOf(1), (JobRows::Place{keyOf(all[199]), 0}));
    QCOMPARE(rows.placeOf(4), (JobRows::Place{keyOf(all[199]), 600}));
    rows.replacePage(3, all.mid(600, kPage), keysOf(all.mid(600, kPage)));
    QCOMPARE(rows.placeOf(4), (JobRows::Place{keyOf(all[799]), 0}));
    QCOMPARE(rows.rowOf(all[650].id), 650);
    QCOMPARE(rows.rowOf(all[300].id), -1);
    QVERIFY(!rows.job(300));
    QCOMPARE(rows.job(600)->id, all[600].id);
}

void TestJobRows::tellsWhatChanged()
{
    JobRows rows;
    rows.setRowCount(3);
    QVector<Job> jobs{makeJob(1), makeJob(2), makeJob(3)};
    rows.replacePage(0, jobs, keysOf(jobs));
    QVERIFY(rows.replacePage(0, jobs, keysOf(jobs)).isEmpty());
    jobs[1].status = domain::JobStatus::Pending;
    jobs[1].attempts = 0;
    const auto changes = rows.replacePage(0, jobs, keysOf(jobs));
    QCOMPARE(changes,
             (QVector<JobRows::Change>{{1, JobColumn::Status, true}, {1, JobColumn::Tries, true}}));
    jobs.removeFirst(); // rows that only move do not count as changed
    for (const JobRows::Change& change : rows.replacePage(0, jobs, keysOf(jobs)))
        QVERIFY(!change.isSameJob);
}

void TestJobRows::aMovedEndMakesLaterPagesStale()
{
    QVector<Job> all;
    for (int i = 0; i < 1000; ++i)
        all.append(makeJob(i));
    JobRows rows;
    rows.setRowCount(1000);
    for (int page = 0; page < 5; ++page)
        rows.replacePage(page, all.mid(page * kPage, kPage), keysOf(all.mid(page * kPage, kPage)));
    QVERIFY(!rows.isStale(4));
    all.removeAt(10);
    rows.replacePage(0, all.mid(0, kPage), keysOf(all.mid(0, kPage)));
    QVERIFY(!rows.isStale(0));
    QVERIFY(rows.isStale(1) && rows.isStale(4));
    QCOMPARE(rows.placeOf(4), (JobRows::Place{keyOf(all[199]), 600}));
    QCOMPARE(rows.rowOf(all[199].id), 199); // also in page 1 until that is read again
}

void TestJobRows::letsGoOfThePageUsedLongestAgo()
{
    JobRows rows;
    rows.setRowCount(100 * kPage);
    for (int page = 0; page <= JobRows::kMaxPages; ++page) {
        QVector<Job> jobs;
        for (int i = 0; i < kPage; ++i)
            jobs.append(makeJob(page * kPage + i));
        if (page == JobRows::kMaxPages)
            QVERIFY(rows.job(0)); // used again: page 1 is now the oldest
        rows.replacePage(page, jobs, keysOf(jobs));
    }
    QVERIFY(rows.hasPage(0));
    QVERIFY(!rows.hasPage(1));
    QCOMPARE(rows.rowOf(makeJob(kPage).id), -1);
    QCOMPARE(rows.placeOf(2).skip, 0); // its end is known nevertheless
}

void TestJobRows::agreesWithAPlainList()
{
    QRandomGenerator random(7);
    QVector<Job> all;
    for (int i = 0; i < 5000; ++i)
        all.append(makeJob(i * 10));
    JobRows rows;
    rows.setRowCount(int(all.size()));
    for (int step = 0; step < 1000; ++step) {
        const int what = int(random.bounded(10));
        if (what == 0 && all.size() > 1000) {
            all.removeAt(random.bounded(all.size()));
            rows.markAllStale();
            rows.setRowCount(int(all.size()));
        } else if (what == 1) {
            const auto at = random.bounded(all.size() - 1);
            const int number = all[at].id.value.mid(3).toInt() + 1;
            if (all[at + 1].id != makeJob(number).id)
                all.insert(at + 1, makeJob(number));
            rows.markAllStale();
            rows.setRowCount(int(all.size()));
        } else if (what == 2) {
            all[random.bounded(all.size())].error = QString::number(step);
            rows.markAllStale();
        }
        // Reads again what a refresh reads: from the top, as far as necessary to be certain.
        const int page = int(random.bounded((rows.rowCount() + kPage - 1) / kPage));
        for (int p = 0; p <= page; ++p) {
            if (rows.isStale(p) && (p == page || rows.hasPage(p) || step % 3 == 0)) {
                const QVector<Job> jobs = answer(all, rows.placeOf(p));
                rows.replacePage(p, jobs, keysOf(jobs));
            }
        }
        QCOMPARE(rows.rowCount(), int(all.size()));
        for (int i = 0; i < 20; ++i) {
            const int row = int(random.bounded(rows.rowCount()));
            if (row / kPage > page || rows.isStale(row / kPage))
                continue;
            const Job* job = rows.job(row);
            QVERIFY(job);
            const bool hasAll = rows.placeOf(row / kPage).skip == 0;
            if (hasAll && row / kPage == 0)
                QCOMPARE(*job, all[row]);
            QVERIFY(all.contains(*job));
            const int found = rows.rowOf(job->id);
            QVERIFY(found >= 0);
            QCOMPARE(rows.job(found)->id, job->id);
        }
    }
}

QTEST_GUILESS_MAIN(TestJobRows)
#include "tst_jobrows.moc"
