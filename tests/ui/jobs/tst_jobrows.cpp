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
    const auto above = [&](const QString& id) { // how many rows come before this id
        return std::lower_bound(
                   all.begin(), all.end(), id,
                   [](const Job& job, const QString& wanted) { return job.id.value < wanted; }) -
               all.begin();
    };
    if (place.upwards) {
        const qsizetype end =
            (place.after.isTop() ? all.size() : above(place.after.id)) - place.skip;
        const qsizetype begin = qMax<qsizetype>(0, end - place.limit);
        return all.mid(begin, qMax<qsizetype>(0, end - begin));
    }
    qsizetype from = place.after.isTop() ? 0 : above(place.after.id);
    if (!place.after.isTop() && from < all.size() && all[from].id.value == place.after.id)
        ++from;
    if (!place.from.isTop())
        from = qMax<qsizetype>(from, above(place.from.id));
    if (place.createdBy.isValid()) {
        while (from < all.size() && all[from].createdAt > place.createdBy)
            ++from;
    }
    return all.mid(from + place.skip, place.limit);
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
    void readsTheEndFromTheEnd();
    void findsAFarPageByItsTime();
    void joinsWhatItReadsNextToAFarPage();
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

namespace {

// A list too long to be skipped through, its rows a second apart.
QVector<Job> longList(int count)
{
    const QDateTime top(QDate(2026, 11, 1), QTime(0, 0), Qt::UTC);
    QVector<Job> all;
    for (int i = 0; i < count; ++i) {
        Job job = makeJob(i);
        job.id = {u"job%1"_s.arg(i, 8, 10, QChar(u'0'))};
        job.createdAt = top.addSecs(-i);
        all.append(job);
    }
    return all;
}

// Reads what is missing of these rows, as the loader does. How many rows were skipped on the way.
qint64 readRows(JobRows& rows, const QVector<Job>& all, int first, int last)
{
    qint64 skipped = 0;
    for (int page = first / kPage; page <= last / kPage;) {
        if (rows.hasPage(page) && !rows.isStale(page)) {
            ++page;
            continue;
        }
        const int read = rows.firstToRead(page);
        const JobRows::Place place = rows.placeOf(read);
        skipped += place.skip;
        const QVector<Job> jobs = answer(all, place);
        rows.replacePage(read, jobs, keysOf(jobs), place);
    }
    return skipped;
}

bool areNeighbours(const JobRows& rows, const QVector<Job>& all, int first, int last)
{
    const Job* job = rows.job(first);
    qsizetype at = job ? all.indexOf(*job) : -1;
    for (int row = first; row <= last; ++row, ++at) {
        if (!rows.job(row) || at < 0 || at >= all.size() || *rows.job(row) != all[at])
            return false;
    }
    return true;
}

} // namespace

void TestJobRows::readsTheEndFromTheEnd()
{
    const QVector<Job> all = longList(100'050);
    JobRows rows;
    rows.setRowCount(int(all.size()), true);
    readRows(rows, all, 0, 40);
    QCOMPARE(readRows(rows, all, 100'010, 100'049), 0);
    QCOMPARE(*rows.job(100'049), all.last());
    QVERIFY(areNeighbours(rows, all, 100'010, 100'049));
    QVERIFY(readRows(rows, all, 99'300, 100'049) < 1000); // page up, again and again
    QVERIFY(areNeighbours(rows, all, 99'300, 100'049));
    QCOMPARE(*rows.job(99'300), all[99'300]);
}

void TestJobRows::findsAFarPageByItsTime()
{
    const QVector<Job> all = longList(100'000);
    JobRows rows;
    rows.setRowCount(int(all.size()), true);
    readRows(rows, all, 0, 40);
    QCOMPARE(readRows(rows, all, 50'000, 50'040), 0);
    const qsizetype at = all.indexOf(*rows.job(50'000));
    QVERIFY2(qAbs(at - 50'000) < 300, qPrintable(QString::number(at)));

    // Read again after a change, it begins with the same row.
    const Job before = *rows.job(50'000);
    rows.markAllStale();
    QCOMPARE(readRows(rows, all, 50'000, 50'040), 0);
    QCOMPARE(*rows.job(50'000), before);
}

void TestJobRows::joinsWhatItReadsNextToAFarPage()
{
    QRandomGenerator random(11);
    const QVector<Job> all = longList(60'000);
    for (int round = 0; round < 20; ++round) {
        JobRows rows;
        rows.setRowCount(int(all.size()) + int(random.bounded(40)) - 20, true); // counted earlier
        readRows(rows, all, 0, 40);
        int row = int(random.bounded(60'000 - 1000));
        for (int step = 0; step < 40; ++step) {
            row = step % 10 == 9 ? int(random.bounded(60'000 - 1000))
                                 : qBound(0, row + int(random.bounded(900)) - 450, 59'000);
            QVERIFY(readRows(rows, all, row, row + 40) <= 3 * JobRows::kFarRows);
            QVERIFY2(areNeighbours(rows, all, row, row + 40),
                     qPrintable(u"round %1, step %2, row %3"_s.arg(round).arg(step).arg(row)));
            if (random.bounded(5) == 0)
                rows.markAllStale();
        }
    }
}

QTEST_GUILESS_MAIN(TestJobRows)
#include "tst_jobrows.moc"
