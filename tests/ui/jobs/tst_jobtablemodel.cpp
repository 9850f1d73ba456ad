// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobtablemodel.h"
#include "ui/widgets/tabledelegate.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using domain::Job;
using ui::JobColumn;
using ui::JobTableModel;

namespace {

Job makeJob(int number)
{
    Job job;
    job.id = {u"%1-0000"_s.arg(number, 8, 10, QChar(u'0'))};
    job.type = u"bulk_import"_s;
    job.status = domain::JobStatus::Failed;
    job.rawStatus = u"failed"_s;
    job.attempts = 3;
    job.error = u"\n  first\tline\nsecond"_s;
    job.createdAt = QDateTime::currentDateTimeUtc().addSecs(-number);
    return job;
}

domain::JobPage makePage(int from, int count, bool isLast)
{
    domain::JobPage page;
    page.isLast = isLast;
    for (int i = from; i < from + count; ++i) {
        page.jobs.append(makeJob(i));
        page.keys.append({QString::number(i), page.jobs.back().id.value});
    }
    return page;
}

} // namespace

class TestJobTableModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void absentRowsAreAskedFor();
    void cellsSayWhatTheyHave();
    void changedCellsFlash();
    void selectionFollowsItsJob();
    void theListGrowsAndShrinks();
};

void TestJobTableModel::absentRowsAreAskedFor()
{
    JobTableModel model;
    const QAbstractItemModelTester tester(&model);
    model.startWith(makePage(0, 200, false), 1000);
    QSignalSpy wanted(&model, &JobTableModel::rowsWanted);
    QVERIFY(model.data(model.index(700, 0), ui::role::Absent).toBool());
    QVERIFY(!model.data(model.index(720, 1)).isValid());
    QVERIFY(wanted.isEmpty()); // emitted later, once
    QTRY_COMPARE(wanted.size(), 1);
    QVERIFY(wanted[0][0].toInt() <= 700);
    QVERIFY(wanted[0][1].toInt() >= 720);
    model.put(3, makePage(600, 200, false), {}, 1000);
    QVERIFY(!model.data(model.index(700, 0), ui::role::Absent).toBool());
    QCOMPARE(model.rowOf(makeJob(700).id), 700);
    QVERIFY(!model.job(500));
}

void TestJobTableModel::cellsSayWhatTheyHave()
{
    JobTableModel model;
    model.startWith(makePage(0, 3, true), 3);
    const auto text = [&](JobColumn column) {
        return model.data(model.index(0, int(column))).toString();
    };
    QCOMPARE(text(JobColumn::Status), u"Failed"_s);
    QCOMPARE(text(JobColumn::Id), u"0000…0-0000"_s);
    QCOMPARE(text(JobColumn::Tries), u"3 / 3"_s);
    QVERIFY(!text(JobColumn::Error).contains(u'\t'));
    QVERIFY(text(JobColumn::Error).contains("first"_L1));
    QVERIFY(model.data(model.index(0, int(JobColumn::Id)), ui::role::FixedFont).toBool());
    QVERIFY(model.data(model.index(0, int(JobColumn::Error)), ui::role::Muted).toBool());
}

void TestJobTableModel::changedCellsFlash()
{
    JobTableModel model;
    const QAbstractItemModelTester tester(&model);
    domain::JobPage page = makePage(0, 20, true);
    model.startWith(page, 20);
    const auto flashes = [&](int row, JobColumn column) {
        return model.data(model.index(row, int(column)), ui::role::Flash).toBool();
    };
    QVERIFY(!flashes(4, JobColumn::Tries));
    page.jobs[4].attempts = 1;
    model.put(0, page, {}, 20);
    QVERIFY(flashes(4, JobColumn::Tries));
    QVERIFY(!flashes(4, JobColumn::Type));
    QVERIFY(!flashes(5, JobColumn::Tries));
    QTRY_VERIFY_WITH_TIMEOUT(!flashes(4, JobColumn::Tries), 2500);
}

void TestJobTableModel::selectionFollowsItsJob()
{
    JobTableModel model;
    const QAbstractItemModelTester tester(&model);
    QTableView view;
    view.setSelectionBehavior(QTableView::SelectRows);
    view.setModel(&model);
    domain::JobPage page = makePage(0, 50, true);
    model.startWith(page, 50);
    view.selectRow(10);
    view.selectionModel()->select(model.index(20, 0),
                                  QItemSelectionModel::Select | QItemSelectionModel::Rows);
    page.jobs.remove(3, 2);
    page.keys.remove(3, 2);
    model.put(0, page, {}, 48);
    QCOMPARE(model.rowCount(), 48);
    QCOMPARE(view.currentIndex().row(), 8);
    QVERIFY(view.selectionModel()->isRowSelected(8));
    QVERIFY(view.selectionModel()->isRowSelected(18));
    QCOMPARE(view.selectionModel()->selectedRows().size(), 2);
    page.jobs.removeAt(8); // the job itself is removed
    page.keys.removeAt(8);
    model.put(0, page, {}, 47);
    QCOMPARE(view.selectionModel()->selectedRows().size(), 1);
    QVERIFY(view.selectionModel()->isRowSelected(17));
}

void TestJobTableModel::theListGrowsAndShrinks()
{
    JobTableModel model;
    const QAbstractItemModelTester tester(&model);
    model.showLoading(60);
    QVERIFY(!model.isLoaded());
    model.startWith(makePage(0, 200, false), 400);
    model.setRowCount(20'000);
    QCOMPARE(model.rowCount(), 20'000);
    model.setRowCount(150);
    QVERIFY(model.job(149));
    QVERIFY(!model.job(150));
    model.startWith({}, 0);
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(model.isLoaded());
}

QTEST_MAIN(TestJobTableModel)
#include "tst_jobtablemodel.moc"
