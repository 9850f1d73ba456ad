// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/changefeed.h"
#include "core/service/jobservice.h"
#include "core/service/sampledata.h"
#include "core/service/session.h"
#include "core/service/snapshotfeed.h"
#include "tests/support/sessions.h"
#include "ui/actions/actionset.h"
#include "ui/jobs/jobpageloader.h"
#include "ui/jobs/jobspage.h"
#include "ui/jobs/jobtablemodel.h"
#include "ui/jobs/querybar.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/label.h"
#include "ui/widgets/sidebarmodel.h"
#include "ui/widgets/strip.h"
#include "ui/widgets/tabledelegate.h"

#include <QLabel>
#include <QMenu>
#include <QPointer>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSplitter>
#include <QTemporaryDir>
#include <QTest>

#include <ctime>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::ui;
using tests::await;
using tests::kReport;
using tests::kReportPayload;
using tests::openAt;

class TestJobsPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void anEmptyQueueSaysSo();
    void theTextIsTheFilter();
    void facetsComposeTheText();
    void countsAreOfTheFilterOrNotShown();
    void theNextRowIsCurrentAfterAnAction();
    void whatOthersTakeAwaySelectsNothing();
    void aMistakeKeepsTheList();
    void aMistakeQuotesNoNumber();
    void theContextMenuHoldsTheActions();
    void keysFilterByTheCell();
    void foreignChangesLeaveTheViewAlone();
    void newRowsEnterAtTheTop();
    void twentyThousandRowsWithoutAGap();
    void theEndAndTheMiddleAreReadFromThere();
    void whatTakesTooLongIsNotAskedAgain();
    void aSearchGoesOnWhenToldTo();
    void theDetailTurnsWithTheWidth();
    void pausedSaysSince();

private:
    void show();
    int rows() const { return m_table->model()->rowCount(); }
    JobTableModel* model() const { return static_cast<JobTableModel*>(m_table->model()); }
    QModelIndex facet(const QString& key) const;
    qint64 matches() const
    {
        return m_page->scope().matches.value_or(domain::MatchCount{-1, false}).count;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
    std::shared_ptr<service::Session> m_session;
    std::unique_ptr<ActionSet> m_actions;
    std::unique_ptr<JobsPage> m_page;
    DataTable* m_table = nullptr;
    QueryBar* m_query = nullptr;
};

void TestJobsPage::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(u"queue.db"_s);
    m_session = openAt(m_path);
    m_session->changes().setInterval(std::chrono::milliseconds(300));
    m_actions = std::make_unique<ActionSet>();
}

void TestJobsPage::cleanup()
{
    m_page.reset();
    m_actions.reset();
    m_session.reset();
    m_folder.reset();
}

void TestJobsPage::show()
{
    m_page = std::make_unique<JobsPage>(*m_session, *m_actions);
    m_page->resize(1300, 760);
    m_page->show();
    m_page->setShown(true);
    QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
    m_table = m_page->findChild<DataTable*>(u"jobs"_s);
    m_query = m_page->findChild<QueryBar*>();
    QTRY_VERIFY(model()->isLoaded());
    QTRY_VERIFY(m_session->snapshots().current().takenAt.isValid());
}

QModelIndex TestJobsPage::facet(const QString& key) const
{
    SidebarModel* facets = m_page->sidebar();
    for (int row = 0; row < facets->rowCount(); ++row) {
        if (facets->items()[row].key == key)
            return facets->index(row);
    }
    return {};
}

void TestJobsPage::anEmptyQueueSaysSo()
{
    show();
    auto* empty = m_page->findChild<QWidget*>(u"empty"_s);
    QTRY_VERIFY(empty->isVisible());
    await(m_session->jobs().enqueue(kReport, kReportPayload));
    QTRY_VERIFY_WITH_TIMEOUT(!empty->isVisible() && rows() == 1, 3000);
    m_query->setText(u"status:failed"_s);
    QTRY_VERIFY(empty->isVisible());
    QCOMPARE(m_page->statusTexts().front(), u"0 match"_s);
    QTest::mouseClick(empty->findChild<QPushButton*>(u"clearFilter"_s), Qt::LeftButton);
    QTRY_VERIFY(!empty->isVisible());
    QVERIFY(m_query->text().isEmpty());
}

void TestJobsPage::theTextIsTheFilter()
{
    await(service::addSampleData(*m_session));
    show();
    QTRY_VERIFY(rows() >= 200);
    QSignalSpy filters(m_query, &QueryBar::filterChanged);
    m_actions->action(ActionId::Find)->trigger();
    QVERIFY(m_query->edit()->hasFocus());
    QTest::keyClicks(m_query->edit(), u"status:failed"_s);
    QVERIFY(filters.isEmpty()); // not with every keystroke
    QTRY_COMPARE(filters.size(), 1);
    const auto failed = m_session->snapshots().current().counts.failed;
    QVERIFY(failed > 0);
    QTRY_COMPARE(qint64(rows()), failed);
    QTRY_COMPARE(matches(), failed);
    for (int row = 0; row < rows(); ++row)
        QCOMPARE(model()->job(row)->status, domain::JobStatus::Failed);
    QTest::keyClick(m_query->edit(), Qt::Key_Return);
    QVERIFY(m_table->hasFocus());
}

void TestJobsPage::facetsComposeTheText()
{
    await(service::addSampleData(*m_session));
    show();
    SidebarModel* facets = m_page->sidebar();
    QTRY_VERIFY(facet(u"status/failed"_s).isValid());
    m_query->setText(u"age<90d"_s);
    Q_EMIT facets->activated(u"status/failed"_s);
    QCOMPARE(m_query->text(), u"age<90d status:failed"_s);
    QVERIFY(facets->data(facet(u"status/failed"_s), SidebarModel::ChosenRole).toBool());
    Q_EMIT facets->activated(u"status/completed"_s);
    QCOMPARE(m_query->text(), u"age<90d status:completed"_s);
    const QString type = m_session->snapshots().current().byType.firstKey();
    Q_EMIT facets->activated(u"type/"_s + type);
    QVERIFY(m_query->text().contains(type));
    QVERIFY(!m_query->hasError());
    Q_EMIT facets->activated(u"status/completed"_s);
    QVERIFY(!m_query->text().contains("status"_L1));
    QVERIFY(m_query->text().startsWith("age<90d"_L1));
}

void TestJobsPage::countsAreOfTheFilterOrNotShown()
{
    await(service::addSampleData(*m_session));
    show();
    QTRY_VERIFY(rows() >= 200);
    const auto count = [this](const QString& key) {
        return facet(key).data(SidebarModel::CountRole).toString();
    };
    const auto matching = [this](const QString& text) {
        m_page->setFilterText(text);
        QTest::qWait(50);
        [&] { QTRY_VERIFY(m_page->scope().matches); }();
        return QString::number(matches());
    };
    const QString type = u"image_extraction"_s;
    for (const QString& status : {u"pending"_s, u"completed"_s, u"failed"_s}) {
        const QString all = matching(u"status:"_s + status);
        QCOMPARE(count(u"status/"_s + status), all);
        const QString ofType = matching(u"type:%1 status:%2"_s.arg(type, status));
        QCOMPARE(count(u"status/"_s + status), ofType);
        if (facet(u"type/"_s + type).isValid())
            QCOMPARE(count(u"type/"_s + type), ofType);
        for (const QString& rest :
             {u"age<2d"_s, u"error:x"_s, u"card"_s, u"(type:a or type:b)"_s}) {
            matching(rest + u" status:"_s + status);
            QCOMPARE(count(u"status/"_s + status), QString());
        }
    }
}

void TestJobsPage::theNextRowIsCurrentAfterAnAction()
{
    await(service::addSampleData(*m_session));
    show();
    m_page->setFilterText(u"status:failed"_s);
    QTRY_VERIFY(rows() > 6 && rows() < 200);
    connect(m_actions->action(ActionId::Retry), &QAction::triggered, m_page.get(), [this] {
        domain::JobIds ids;
        for (const domain::Job& job : m_page->scope().jobs)
            ids += job.id;
        await(m_session->jobs().change(domain::JobAction::Retry, {ids, u"test"_s}));
        m_session->changes().poke();
    });
    const auto idAt = [this](int row) { return model()->job(row)->id; };
    for (const int chosen : {2, 0, 1}) {
        const int before = rows();
        const domain::JobId next = idAt(chosen + 1);
        m_table->selectRow(chosen);
        m_table->setFocus();
        m_actions->action(ActionId::Retry)->trigger();
        QTRY_COMPARE(rows(), before - 1);
        QTRY_COMPARE(m_page->currentJob(), next);
        QCOMPARE(m_page->scope().rows, 1);
        QCOMPARE(idAt(m_table->currentIndex().row()), next);
    }
    // The last one is removed: the one before it is selected.
    const int before = rows();
    m_table->selectRow(before - 1);
    m_actions->action(ActionId::Retry)->trigger();
    QTRY_COMPARE(rows(), before - 1);
    QTRY_COMPARE(m_table->currentIndex().row(), before - 2);
}

// The next key must not act on a job that the user did not choose.
void TestJobsPage::whatOthersTakeAwaySelectsNothing()
{
    await(service::addSampleData(*m_session));
    show();
    m_page->setFilterText(u"status:failed"_s);
    QTRY_VERIFY(rows() > 6 && rows() < 200);
    const int before = rows();
    m_table->selectRow(2);
    const domain::JobId gone = model()->job(2)->id;
    const domain::JobId next = model()->job(3)->id;
    const auto other = openAt(m_path);
    await(other->jobs().change(domain::JobAction::Retry, {{gone}, u"test"_s}));
    QTRY_COMPARE(rows(), before - 1);
    QTRY_COMPARE(m_page->currentJob(), next);
    QCOMPARE(m_page->scope().rows, 0);
}

void TestJobsPage::aMistakeKeepsTheList()
{
    await(service::addSampleData(*m_session));
    show();
    QTRY_VERIFY(rows() >= 200);
    const int before = rows();
    auto* mistake = m_query->findChild<QLabel*>(u"mistake"_s);
    m_query->setText(u"attempts>=three"_s);
    QVERIFY(mistake->isVisible());
    QVERIFY(!mistake->text().isEmpty());
    QCOMPARE(rows(), before);
    m_query->setText({});
    QVERIFY(!mistake->isVisible());
}

void TestJobsPage::aMistakeQuotesNoNumber()
{
    await(m_session->jobs().enqueue(kReport, kReportPayload, 7));
    show();
    QTRY_COMPARE(rows(), 7);
    QSignalSpy valid(m_query, &QueryBar::validChanged);
    const auto quotes = [&] {
        for (QWidget* widget : m_page->findChildren<QWidget*>()) {
            const QVariant text = widget->property("text");
            if (widget->isVisible() && text.toString().contains(u"7"_s) &&
                text.toString().contains(u"match"_s))
                return true;
        }
        return false;
    };
    QTRY_VERIFY(quotes());
    for (const auto& text : {u"status:"_s, u"(a"_s, u"attempts>=x"_s, u"\"a"_s}) {
        m_page->setFilterText(text);
        QCOMPARE(valid.size(), 1);
        QCOMPARE(valid.takeFirst()[0].toBool(), false);
        QVERIFY(!quotes());
        QVERIFY(!m_page->statusTexts().join(u' ').contains(u"match"_s));
        m_actions->action(ActionId::SelectAll)->trigger();
        QVERIFY(!m_table->selectionModel()->hasSelection());
        m_page->setFilterText({});
        QCOMPARE(valid.takeFirst()[0].toBool(), true);
        QTRY_VERIFY(quotes());
    }
}

void TestJobsPage::theContextMenuHoldsTheActions()
{
    await(m_session->jobs().enqueue(kReport, kReportPayload, 2));
    show();
    QTRY_COMPARE(rows(), 2);
    m_table->selectRow(0);
    const QPoint at = m_table->visualRect(m_table->model()->index(0, 1)).center();
    Q_EMIT m_table->customContextMenuRequested(at);
    auto* menu = m_table->findChild<QMenu*>(u"context"_s);
    QVERIFY(menu && menu->isVisible());
    for (const ActionId id :
         {ActionId::Retry, ActionId::RunNext, ActionId::Cancel, ActionId::Delete, ActionId::Repair,
          ActionId::CopyId, ActionId::FilterCell, ActionId::FilterWithoutCell, ActionId::RetryAll})
        QVERIFY(menu->actions().contains(m_actions->action(id)));
    const QPointer<QMenu> gone(menu);
    menu->close();
    QTRY_VERIFY(!gone);
}

void TestJobsPage::keysFilterByTheCell()
{
    await(service::addSampleData(*m_session));
    show();
    QTRY_VERIFY(rows() >= 200);
    m_table->setFocus();
    m_table->setCurrentIndex(model()->index(0, int(JobColumn::Type)));
    const QString type = model()->job(0)->type;
    m_actions->action(ActionId::FilterCell)->trigger();
    QCOMPARE(m_query->text(), u"type:"_s + type);
    QTRY_VERIFY(matches() < 200);
    m_query->setText({});
    QTRY_VERIFY(rows() >= 200);
    m_table->setCurrentIndex(model()->index(0, int(JobColumn::Type)));
    m_actions->action(ActionId::FilterWithoutCell)->trigger();
    QCOMPARE(m_query->text(), u"-type:"_s + type);
}

void TestJobsPage::foreignChangesLeaveTheViewAlone()
{
    await(m_session->jobs().enqueue(kReport, kReportPayload, 1000));
    show();
    QTRY_COMPARE(rows(), 1000);
    m_table->verticalScrollBar()->setValue(m_table->verticalScrollBar()->maximum() / 2);
    const int scrolled = m_table->verticalScrollBar()->value();
    const int row = scrolled / m_table->rowHeight(0) + 3;
    QTRY_VERIFY(model()->job(row));
    m_table->selectRow(row);
    const domain::JobId selected = model()->job(row)->id;
    const domain::JobId other = model()->job(row + 1)->id;
    QCOMPARE(m_page->currentJob(), selected);

    const auto stranger = openAt(m_path);
    await(stranger->jobs().change(domain::JobAction::Cancel, {{other}, u"test"_s}));
    await(stranger->jobs().enqueue(kReport, kReportPayload, 12));
    const int otherRow = row + 1;
    QTRY_VERIFY_WITH_TIMEOUT(model()->job(otherRow) && model()->job(otherRow)->id == other &&
                                 model()->job(otherRow)->status != domain::JobStatus::Pending,
                             2000);
    QVERIFY(model()->data(model()->index(otherRow, 0), ui::role::Flash).toBool());
    auto* pill = m_page->findChild<QPushButton*>(u"newer"_s);
    QTRY_COMPARE_WITH_TIMEOUT(pill->text(), u"12 new"_s, 2000);
    QVERIFY(pill->isVisible());
    QCOMPARE(m_table->verticalScrollBar()->value(), scrolled);
    QCOMPARE(m_page->currentJob(), selected);
    QCOMPARE(m_page->scope().jobs.size(), 1);
    QCOMPARE(m_page->scope().jobs.front().id, selected);
    QCOMPARE(rows(), 1000);
    QTRY_COMPARE(matches(), 1012);

    QTest::mouseClick(pill, Qt::LeftButton);
    QTRY_COMPARE(rows(), 1012);
    QVERIFY(!pill->isVisible());
    QCOMPARE(m_table->verticalScrollBar()->value(), 0);
}

void TestJobsPage::newRowsEnterAtTheTop()
{
    await(m_session->jobs().enqueue(kReport, kReportPayload, 300));
    show();
    QTRY_COMPARE(rows(), 300);
    const auto stranger = openAt(m_path);
    const auto added = await(stranger->jobs().enqueue(kReport, kReportPayload, 3));
    QTRY_COMPARE_WITH_TIMEOUT(rows(), 303, 2000);
    QVERIFY(added.contains(model()->job(0)->id));
    m_table->selectRow(5);
    const domain::JobId selected = model()->job(5)->id;
    await(stranger->jobs().enqueue(kReport, kReportPayload, 2));
    auto* pill = m_page->findChild<QPushButton*>(u"newer"_s);
    QTRY_VERIFY_WITH_TIMEOUT(pill->isVisible(), 2000);
    QCOMPARE(pill->text(), u"2 new"_s);
    QCOMPARE(model()->job(5)->id, selected);
}

void TestJobsPage::twentyThousandRowsWithoutAGap()
{
    await(m_session->jobs().enqueue(kReport, kReportPayload, 20'000));
    show();
    QTRY_COMPARE_WITH_TIMEOUT(rows(), 20'000, 5000);
    QScrollBar* bar = m_table->verticalScrollBar();
    // In processor time of this thread, which does not depend on what else the machine does.
    const auto processorMs = [] {
        timespec time{};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return qint64(time.tv_sec) * 1000 + time.tv_nsec / 1'000'000;
    };
    qint64 longest = 0;
    const auto scrollTo = [&](int value) {
        const qint64 begun = processorMs();
        bar->setValue(value);
        QCoreApplication::processEvents();
        longest = qMax(longest, processorMs() - begun);
        QTest::qWait(2);
    };
    constexpr int kSteps = 150;
    for (int step = 0; step <= kSteps; ++step)
        scrollTo(int(qint64(bar->maximum()) * step / kSteps));
    QTRY_VERIFY(model()->job(19'999));
    for (int step = kSteps; step >= 0; --step)
        scrollTo(int(qint64(bar->maximum()) * step / kSteps));
    QTRY_VERIFY(model()->job(0));
    QVERIFY(longest < 100);
    QSet<QString> ids; // neither lost nor duplicated
    for (int top = 0; top < 20'000; top += 200) {
        bar->setValue(top * m_table->rowHeight(0));
        QTRY_VERIFY(model()->job(top) && model()->job(qMin(top + 20, 19'999)));
        for (int row = top; row < top + 200; ++row) {
            if (const domain::Job* job = model()->job(row)) {
                QVERIFY2(!ids.contains(job->id.value), "a row stands twice");
                ids.insert(job->id.value);
            }
        }
    }
    QCOMPARE(ids.size(), 20'000);
}

void TestJobsPage::theEndAndTheMiddleAreReadFromThere()
{
    await(m_session->jobs().enqueue(kReport, kReportPayload, 20'000));
    domain::PageRequest whole;
    whole.limit = 20'000;
    domain::JobIds list;
    for (const domain::Job& job : await(m_session->jobs().page(whole)).jobs)
        list += job.id;
    show();
    QTRY_COMPARE_WITH_TIMEOUT(rows(), 20'000, 5000);
    QScrollBar* bar = m_table->verticalScrollBar();
    const auto isFrom = [&](int row, qsizetype place) { // the rows in view are those of the list
        for (int i = 0; i < 10; ++i) {
            if (!model()->job(row + i) || model()->job(row + i)->id != list.value(place + i))
                return false;
        }
        return true;
    };
    bar->setValue(bar->maximum());
    QTRY_VERIFY(isFrom(19'990, 19'990));
    bar->setValue(bar->maximum() / 2);
    QTRY_VERIFY(model()->job(10'000));
    const qsizetype place = list.indexOf(model()->job(10'000)->id);
    QVERIFY(place >= 0);
    QTRY_VERIFY(isFrom(10'000, place));
    bar->setValue(bar->maximum());
    QTRY_VERIFY(isFrom(19'990, 19'990));
    bar->setValue(0);
    QTRY_VERIFY(isFrom(0, 0));
}

void TestJobsPage::whatTakesTooLongIsNotAskedAgain()
{
    await(m_session->jobs().enqueue(kReport, kReportPayload, 20'000));
    show();
    QTRY_COMPARE_WITH_TIMEOUT(rows(), 20'000, 5000);
    auto* loader = m_page->findChild<JobPageLoader*>();
    QVERIFY(loader);
    const QSignalSpy failures(loader, &JobPageLoader::failed);
    const QSignalSpy pages(loader, &JobPageLoader::listRead);
    m_session->jobs().setReadDeadline(std::chrono::milliseconds(1));
    m_query->setText(u"error:\"no such text\" payload.a:1"_s);
    QTRY_COMPARE(failures.size(), 1);
    const auto writer = openAt(m_path);
    for (int i = 0; i < 4; ++i) { // the list is told of each change
        await(writer->jobs().enqueue(kReport, kReportPayload, 1));
        QTest::qWait(400);
    }
    QCOMPARE(failures.size(), 1);
    m_session->jobs().setReadDeadline(std::chrono::seconds(10));
    const qsizetype before = pages.size();
    loader->readAgain();
    QTRY_COMPARE(pages.size(), before + 1);
    QCOMPARE(failures.size(), 1);
}

void TestJobsPage::aSearchGoesOnWhenToldTo()
{
    const auto enqueue = [&](const QByteArray& payload, int count) {
        await(m_session->jobs().enqueue(kReport, payload, count));
    };
    const QByteArray needle = R"({"report":"scans"})";
    enqueue(needle, 130);
    enqueue(kReportPayload, 900);
    enqueue(needle, 120);
    enqueue(kReportPayload, 900);
    enqueue(needle, 3);
    show();
    auto* loader = m_page->findChild<JobPageLoader*>();
    loader->setSearchBudget({std::chrono::milliseconds(-1), 500},
                            std::chrono::milliseconds(-1)); // one step at a time
    auto* strip = m_page->findChild<Strip*>(u"strip"_s);
    QVERIFY(strip);
    m_query->setText(u"payload.report:scans"_s);
    QTRY_COMPARE(rows(), 3);
    QTRY_VERIFY(strip->isVisible());
    QVERIFY2(strip->text().contains(u"Searched back to"_s), qPrintable(strip->text()));
    QCOMPARE(matches(), 4); // three, or more
    int presses = 0;
    while (loader->searchedTo().isValid()) {
        const QDateTime before = loader->searchedTo();
        loader->searchOn();
        QTRY_VERIFY(loader->searchedTo() != before);
        QVERIFY(++presses < 10);
    }
    QTRY_COMPARE(rows(), 253);
    QTRY_COMPARE(matches(), 253);
    QVERIFY(!strip->isVisible());
    QSet<QString> ids;
    QScrollBar* bar = m_table->verticalScrollBar();
    for (int row = 0; row < 253; ++row) {
        bar->setValue(row * m_table->rowHeight(0));
        QTRY_VERIFY(model()->job(row));
        ids.insert(model()->job(row)->id.value);
    }
    QCOMPARE(ids.size(), 253);
    // A change is followed within what was searched.
    enqueue(needle, 1);
    QTRY_VERIFY(rows() == 254 || loader->newer() == 1);
}

void TestJobsPage::theDetailTurnsWithTheWidth()
{
    await(service::addSampleData(*m_session));
    show();
    auto* pane = new QWidget;
    m_page->setDetail(pane);
    QVERIFY(!pane->isVisible());
    QTRY_VERIFY(rows() >= 200);
    m_table->setFocus();
    m_table->selectRow(0);
    QTest::keyClick(m_table, Qt::Key_Return);
    QVERIFY(pane->isVisible());
    auto* splitter = m_page->findChild<QSplitter*>();
    QCOMPARE(splitter->orientation(), Qt::Horizontal);
    m_page->resize(1000, 700);
    QTRY_COMPARE(splitter->orientation(), Qt::Vertical);
    QTest::keyClick(m_table, Qt::Key_Escape);
    QVERIFY(!pane->isVisible());
    QVERIFY(m_actions->action(ActionId::Delete)->isEnabled() ||
            !m_actions->action(ActionId::Delete)->toolTip().isEmpty());
}

void TestJobsPage::pausedSaysSince()
{
    await(service::addSampleData(*m_session));
    show();
    auto* strip = m_page->findChild<Strip*>(u"strip"_s);
    QTRY_COMPARE(rows(), 200); // counted; an estimate before that
    m_session->changes().setPaused(true);
    QVERIFY(strip->isVisible());
    QVERIFY(strip->text().startsWith("Paused"_L1));
    const auto stranger = openAt(m_path);
    await(stranger->jobs().enqueue(kReport, kReportPayload));
    QTest::qWait(900);
    QCOMPARE(rows(), 200);
    m_session->changes().setPaused(false);
    QTRY_COMPARE(rows(), 201);
    QVERIFY(!strip->isVisible());
}

QTEST_MAIN(TestJobsPage)

#include "tst_jobspage.moc"
