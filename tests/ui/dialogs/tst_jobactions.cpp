// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/changefeed.h"
#include "core/service/jobservice.h"
#include "core/service/sampledata.h"
#include "core/service/session.h"
#include "core/service/snapshotfeed.h"
#include "tests/support/foreignfile.h"
#include "tests/support/sessions.h"
#include "ui/actions/actionset.h"
#include "ui/dialogs/changedialog.h"
#include "ui/dialogs/changesaside.h"
#include "ui/dialogs/cleanupdialog.h"
#include "ui/dialogs/enqueuedialog.h"
#include "ui/dialogs/jobactions.h"
#include "ui/jobs/jobspage.h"
#include "ui/jobs/jobtablemodel.h"
#include "ui/notice/notifier.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/label.h"
#include "ui/widgets/linestable.h"
#include "ui/widgets/place.h"
#include "ui/widgets/strip.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::ui;
using domain::JobAction;
using domain::JobStatus;
using tests::await;
using tests::kReport;
using tests::kReportPayload;
using tests::openAt;

/// The page, its actions and a real database: what the user does and what becomes of the rows.
class TestJobActions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void retriesAFewAtOnceAndTakesItBack();
    void deletionAsksAndCanBeTakenBack();
    void repairAsksAndCanBeTakenBack();
    void enterInADialogFiresTheSafeButton();
    void moreThanFiftyAsk();
    void whatCannotBeUndoneAsks();
    void retryAllIsFrozenAndExact();
    void stopHereReportsWhatWasDone();
    void aClosedDialogGoesOn();
    void aFewAreTriedFirst();
    void keepingTriesLeavesThoseWithoutAny();
    void allRowsSelectedMeansAllThatMatch();
    void cleanUpShowsWhatGoes();
    void cleanUpSaysWhenNothingIsOld();
    void enqueueChecksInPlace();
    void aJobIsEditedAsNew();
    void readOnlySaysWhy();
    void onATypedConnectionNothingHappensAtOnce();
    void aMistakeStopsAllThatMatch();
    void sizesAreSeenWhole();

private:
    void show();
    qint64 matches() const
    {
        return m_page->scope().matches.value_or(domain::MatchCount{-1, false}).count;
    }
    void selectRows(int count);
    template <class Dialog>
    Dialog* dialog() const
    {
        const auto all = m_page->findChildren<Dialog*>();
        return all.isEmpty() ? nullptr : all.last();
    }
    static QPushButton* button(QWidget* dialog, const QString& name)
    {
        return dialog->findChild<QPushButton*>(name);
    }
    domain::JobIds makeFailed(int count);
    qint64 count(const QString& filter);
    void undo(const domain::JournalId& entry);
    QString toast() const
    {
        return m_toasts->isEmpty() ? QString() : m_toasts->last()[0].toString();
    }
    domain::JournalId toastUndo() const { return m_toasts->last()[1].value<domain::JournalId>(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
    std::shared_ptr<service::Session> m_session;
    std::unique_ptr<ActionSet> m_actions;
    std::unique_ptr<Notifier> m_notifier;
    std::unique_ptr<QSignalSpy> m_toasts;
    std::unique_ptr<JobsPage> m_page;
    JobActions* m_jobActions = nullptr;
    DataTable* m_table = nullptr;
};

void TestJobActions::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(u"queue.db"_s);
    m_session = openAt(m_path);
    m_session->changes().setInterval(std::chrono::milliseconds(300));
    m_actions = std::make_unique<ActionSet>();
    m_notifier = std::make_unique<Notifier>();
    m_toasts = std::make_unique<QSignalSpy>(m_notifier.get(), &Notifier::toastWanted);
}

void TestJobActions::cleanup()
{
    m_page.reset();
    m_toasts.reset();
    m_notifier.reset();
    m_actions.reset();
    m_session.reset();
    m_folder.reset();
}

void TestJobActions::show()
{
    m_page = std::make_unique<JobsPage>(*m_session, *m_actions);
    m_jobActions =
        new JobActions(*m_session, *m_actions, *m_notifier, m_page.get()); // the page owns it
    connect(m_page.get(), &JobsPage::scopeChanged, m_jobActions, &JobActions::setScope);
    m_jobActions->setScope(m_page->scope());
    m_page->resize(1300, 760);
    m_page->show();
    m_page->setShown(true);
    QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
    m_table = m_page->findChild<DataTable*>(u"jobs"_s);
    QTRY_VERIFY(static_cast<JobTableModel*>(m_table->model())->isLoaded());
}

void TestJobActions::selectRows(int count)
{
    const QAbstractItemModel* model = m_table->model();
    m_table->setFocus();
    m_table->setCurrentIndex(model->index(0, 0));
    m_table->selectionModel()->select(
        QItemSelection(model->index(0, 0), model->index(count - 1, 0)),
        QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    QTRY_COMPARE(m_page->scope().jobs.size(), count);
}

domain::JobIds TestJobActions::makeFailed(int count)
{
    const domain::JobIds ids = await(m_session->jobs().enqueue(kReport, kReportPayload, count));
    await(m_session->jobs().change(JobAction::Cancel, {ids, u"test"_s}));
    return ids;
}

qint64 TestJobActions::count(const QString& filter)
{
    return await(m_session->jobs().count(*domain::JobFilter::parse(filter))).count;
}

void TestJobActions::undo(const domain::JournalId& entry)
{
    m_notifier->report(ChangeKind::Undo, await(m_session->jobs().undo(entry)));
}

void TestJobActions::retriesAFewAtOnceAndTakesItBack()
{
    makeFailed(5);
    show();
    QTRY_COMPARE(m_table->model()->rowCount(), 5);
    QVERIFY(!m_actions->action(ActionId::Retry)->isEnabled());
    selectRows(3);
    QVERIFY(m_actions->action(ActionId::Retry)->isEnabled());
    m_table->setFocus();
    QTest::keyClick(m_table, Qt::Key_R); // the table's own key
    QTRY_COMPARE(m_toasts->size(), 1);
    QVERIFY(!dialog<ChangeDialog>());
    QCOMPARE(toast(), u"3 re-queued."_s);
    QCOMPARE(count(u"status:pending"_s), 3);
    QTRY_COMPARE(static_cast<JobTableModel*>(m_table->model())->job(0)->status,
                 JobStatus::Pending); // notified, so the list follows

    const domain::JournalId entry = toastUndo();
    QVERIFY(!entry.isEmpty());
    undo(entry);
    QTRY_COMPARE(m_toasts->size(), 2);
    QCOMPARE(toast(), u"Undone: 3 restored."_s);
    QCOMPARE(count(u"status:failed"_s), 5);
}

void TestJobActions::deletionAsksAndCanBeTakenBack()
{
    makeFailed(4);
    await(m_session->jobs().enqueue(kReport, kReportPayload)); // pending: cannot be deleted
    show();
    QTRY_COMPARE(m_table->model()->rowCount(), 5);
    selectRows(5);
    m_actions->action(ActionId::Delete)->trigger();
    auto* ask = dialog<ChangeDialog>();
    QVERIFY(ask);
    QTRY_VERIFY(ask->isVisible());
    QCOMPARE(ask->windowModality(), Qt::WindowModal);
    QTRY_VERIFY(button(ask, u"safe"_s)->hasFocus());
    QPushButton* go = button(ask, u"go"_s);
    QTRY_COMPARE(go->text(), u"Delete 4 Jobs"_s);
    const LinesModel& lines = ask->findChild<LinesTable*>()->model();
    QCOMPARE(lines.rowCount(), 3);
    QCOMPARE(lines.lines()[0][1].text, u"4"_s);
    QCOMPARE(lines.lines()[1][0].text, u"already pending"_s);
    QCOMPARE(lines.lines()[2][1].text, u"5"_s); // the total
    QCOMPARE(lines.lines()[2][2].text, u"4 change"_s);
    QCOMPARE(count({}), 5); // nothing is changed yet
    QTest::mouseClick(go, Qt::LeftButton);
    QTRY_COMPARE(m_toasts->size(), 1);
    QCOMPARE(toast(), u"4 deleted, 1 skipped: already pending."_s);
    QCOMPARE(count({}), 1);
    QTRY_VERIFY(!dialog<ChangeDialog>());
    undo(toastUndo());
    QTRY_COMPARE(m_toasts->size(), 2);
    QCOMPARE(count(u"status:failed"_s), 4);
}

void TestJobActions::repairAsksAndCanBeTakenBack()
{
    const domain::JobIds ids = makeFailed(2);
    tests::runForeign(m_path, u"UPDATE \"Job\" SET \"status\" = 'paused' WHERE \"id\" = '%1'"_s.arg(
                                  ids[0].value));
    show();
    QTRY_COMPARE(m_table->model()->rowCount(), 2);
    m_page->setFilterText(u"is:unknown"_s);
    QTRY_COMPARE(m_table->model()->rowCount(), 1);
    selectRows(1);
    QTRY_VERIFY(m_actions->action(ActionId::Repair)->isEnabled());
    QVERIFY(!m_actions->action(ActionId::Retry)->isEnabled());
    m_actions->action(ActionId::Repair)->trigger();
    auto* ask = dialog<ChangeDialog>();
    QVERIFY(ask);
    auto* go = button(ask, u"go"_s);
    QTRY_COMPARE(go->text(), u"Repair 1 Job"_s);
    QTest::mouseClick(go, Qt::LeftButton);
    QTRY_COMPARE(m_toasts->size(), 1);
    QCOMPARE(toast(), u"1 repaired."_s);
    QCOMPARE(count(u"status:pending"_s), 1);
    undo(toastUndo());
    QTRY_COMPARE(count(u"is:unknown"_s), 1);
}

void TestJobActions::enterInADialogFiresTheSafeButton()
{
    makeFailed(2);
    show();
    QTRY_COMPARE(m_table->model()->rowCount(), 2);
    selectRows(2);
    m_actions->action(ActionId::Delete)->trigger();
    auto* ask = dialog<ChangeDialog>();
    QTRY_VERIFY(button(ask, u"go"_s)->isEnabled());
    QTest::keyClick(ask, Qt::Key_Return);
    QTRY_VERIFY(!dialog<ChangeDialog>());
    QTest::qWait(100);
    QVERIFY(m_toasts->isEmpty());
    QCOMPARE(count(u"status:failed"_s), 2);
}

void TestJobActions::whatCannotBeUndoneAsks()
{
    makeFailed(2);
    show();
    setPlace(*m_page, {.name = u"shop"_s, .hasUndo = false}); // as a guest
    QTRY_COMPARE(m_table->model()->rowCount(), 2);
    selectRows(1);
    for (const ActionId id : {ActionId::Retry, ActionId::Delete}) {
        m_actions->action(id)->trigger();
        auto* ask = dialog<ChangeDialog>();
        QVERIFY(ask);
        QTRY_VERIFY(button(ask, u"go"_s)->isEnabled());
        for (const QLabel* label : ask->findChildren<QLabel*>())
            QVERIFY2(!label->text().contains(u"in the journal"_s), qPrintable(label->text()));
        ask->reject();
        QTRY_VERIFY(!dialog<ChangeDialog>());
    }
    QCOMPARE(count(u"status:failed"_s), 2);
}

void TestJobActions::moreThanFiftyAsk()
{
    makeFailed(JobActions::kAtOnce + 1);
    show();
    QTRY_COMPARE(m_table->model()->rowCount(), 51);
    selectRows(50);
    m_actions->action(ActionId::Retry)->trigger();
    QTRY_COMPARE(m_toasts->size(), 1);
    QVERIFY(!dialog<ChangeDialog>());
    undo({});
    QTRY_COMPARE(m_toasts->size(), 2);
    QTRY_COMPARE(m_table->model()->rowCount(), 51);
    selectRows(51);
    m_actions->action(ActionId::Retry)->trigger();
    QTRY_VERIFY(dialog<ChangeDialog>());
    QTRY_COMPARE(button(dialog<ChangeDialog>(), u"go"_s)->text(), u"Retry 51 Jobs"_s);
    QCOMPARE(count(u"status:pending"_s), 0);
}

void TestJobActions::retryAllIsFrozenAndExact()
{
    makeFailed(1200);
    await(m_session->jobs().enqueue(kReport, kReportPayload, 30)); // not failed: stay as they are
    show();
    m_page->setFilterText(u"type:report_generation"_s);
    QTRY_COMPARE(matches(), 1230);
    m_actions->action(ActionId::RetryAll)->trigger();
    auto* ask = dialog<ChangeDialog>();
    QTRY_COMPARE(button(ask, u"go"_s)->text(), u"Retry 1,200 Jobs"_s);
    QCOMPARE(ask->findChild<QLabel*>(u"heading"_s)->text(), u"Retry all 1,200 jobs that match?"_s);
    const LinesModel& lines = ask->findChild<LinesTable*>()->model();
    QCOMPARE(lines.lines()[0][0].text, u"failed → pending, tries 0 → 0"_s);
    QCOMPARE(lines.lines()[1][0].text, u"neither failed nor dead"_s);
    QCOMPARE(lines.lines()[1][1].text, u"30"_s);
    QCOMPARE(lines.lines()[2][1].text, u"1,230"_s);

    // Another program adds failed jobs: reported, and left alone.
    const auto stranger = openAt(m_path);
    const domain::JobIds newer = await(stranger->jobs().enqueue(kReport, kReportPayload, 7));
    await(stranger->jobs().change(JobAction::Cancel, {newer, u"test"_s}));
    auto* note = ask->findChild<Strip*>(u"note"_s);
    QTRY_VERIFY(note->text().contains(u"7 newer jobs match and are not included."_s));
    QTest::mouseClick(button(ask, u"go"_s), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(m_toasts->size(), 1, 20'000);
    QCOMPARE(toast(), u"1,200 re-queued."_s);
    QCOMPARE(count(u"status:failed"_s), 7);
}

void TestJobActions::stopHereReportsWhatWasDone()
{
    makeFailed(10'000);
    show();
    m_page->setFilterText(u"status:failed"_s);
    QTRY_COMPARE_WITH_TIMEOUT(matches(), 10'000, 20'000);
    m_actions->action(ActionId::RetryAll)->trigger();
    auto* ask = dialog<ChangeDialog>();
    QSignalSpy outcomes(ask, &BulkDialog::carriedOut);
    QTRY_VERIFY_WITH_TIMEOUT(button(ask, u"go"_s)->isEnabled(), 60'000);
    QTest::mouseClick(button(ask, u"go"_s), Qt::LeftButton);
    // At once, without waiting for events: ten thousand rows may be done within moments.
    QVERIFY(button(ask, u"stopHere"_s)->isVisible());
    QVERIFY(button(ask, u"close"_s)->hasFocus());
    QTest::mouseClick(button(ask, u"stopHere"_s), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(outcomes.size(), 1, 60'000);
    const auto outcome = outcomes.first().first().value<domain::Outcome>();
    QVERIFY(outcome.cancelled);
    QVERIFY(outcome.changed < 10'000);
    QCOMPARE(outcome.changed % 500, 0);
    QVERIFY(toast().startsWith("Stopped: "_L1));
    QCOMPARE(count(u"status:failed"_s), 10'000 - outcome.changed);
}

void TestJobActions::aClosedDialogGoesOn()
{
    makeFailed(60);
    show();
    auto& aside = ChangesAside::of(m_page.get());
    m_page->setFilterText(u"status:failed"_s);
    QTRY_COMPARE(matches(), 60);
    m_actions->action(ActionId::RetryAll)->trigger();
    QPointer<ChangeDialog> ask = dialog<ChangeDialog>();
    QTRY_VERIFY(button(ask, u"go"_s)->isEnabled());
    ask->findChild<QRadioButton*>(u"isAt"_s)->setChecked(true);
    QTest::mouseClick(button(ask, u"go"_s), Qt::LeftButton);
    QPushButton* start = button(ask, u"decide"_s);
    QTRY_VERIFY(start->isVisible());
    QCOMPARE(start->text(), u"Start Now"_s);
    QTest::keyClick(ask, Qt::Key_Escape);
    QVERIFY(!ask->isVisible());
    QVERIFY(aside.isAnyRunning());
    QCOMPARE(aside.text(), u"Retry 60 jobs: planned"_s);
    QCOMPARE(count(u"status:failed"_s), 60);

    aside.reopen();
    QTRY_VERIFY(ask->isVisible());
    QCOMPARE(aside.text(), QString());
    QTest::mouseClick(start, Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(toast(), u"60 re-queued."_s, 20'000);
    QVERIFY(!aside.isAnyRunning());
    QTRY_VERIFY(!ask);
    QCOMPARE(count(u"status:failed"_s), 0);
}

void TestJobActions::aFewAreTriedFirst()
{
    makeFailed(60);
    show();
    m_page->setFilterText(u"status:failed"_s);
    QTRY_COMPARE(matches(), 60);
    m_actions->action(ActionId::RetryAll)->trigger();
    QPointer<ChangeDialog> ask = dialog<ChangeDialog>();
    QTRY_VERIFY(button(ask, u"go"_s)->isEnabled());
    ask->findChild<QCheckBox*>(u"isFirst"_s)->setChecked(true);
    ask->findChild<QSpinBox*>(u"first"_s)->setValue(4);
    QTest::mouseClick(button(ask, u"go"_s), Qt::LeftButton);
    auto* first = ask->findChild<Label*>(u"progressFirst"_s);
    QTRY_COMPARE_WITH_TIMEOUT(first->text(),
                              u"First 4: 0 completed, 0 failed, 4 not through yet."_s, 20'000);
    QCOMPARE(count(u"status:failed"_s), 56);
    const auto again =
        await(m_session->jobs().freeze(*domain::JobFilter::parse(u"status:pending"_s)));
    await(m_session->jobs().change(JobAction::Cancel, {{again.idAt(1)}, u"test"_s}));

    auto* held = ask->findChild<Strip*>(u"held"_s);
    QTRY_VERIFY_WITH_TIMEOUT(held->isVisible(), 20'000);
    QCOMPARE(held->text(), u"1 of 4 failed again, so nothing else was touched."_s);
    QCOMPARE(button(ask, u"decide"_s)->text(), u"Go On Anyway"_s);
    QVERIFY(!button(ask, u"pause"_s)->isVisible());
    QTest::mouseClick(button(ask, u"decide"_s), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(toast(), u"60 re-queued."_s, 20'000);
    QCOMPARE(count(u"status:failed"_s), 1);
}

void TestJobActions::keepingTriesLeavesThoseWithoutAny()
{
    makeFailed(60);
    tests::runForeign(m_path, u"UPDATE \"Job\" SET attempts = 3 WHERE id IN "
                              "(SELECT id FROM \"Job\" LIMIT 20)"_s);
    show();
    m_page->setFilterText(u"status:failed"_s);
    QTRY_COMPARE(matches(), 60);
    m_actions->action(ActionId::RetryAll)->trigger();
    auto* ask = dialog<ChangeDialog>();
    QPushButton* go = button(ask, u"go"_s);
    QTRY_COMPARE(go->text(), u"Retry 60 Jobs"_s);
    ask->findChild<QRadioButton*>(u"keepTries"_s)->setChecked(true);
    QTRY_COMPARE(go->text(), u"Retry 40 Jobs"_s);
    const LinesModel& lines = ask->findChild<LinesTable*>()->model();
    QCOMPARE(lines.lines()[0][0].text, u"failed → pending, tries stay at 0"_s);
    QCOMPARE(lines.lines()[1][0].text, u"no attempts left"_s);
    QCOMPARE(lines.lines()[1][1].text, u"20"_s);
    QTest::mouseClick(go, Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(toast(), u"40 re-queued, 20 skipped: no attempts left."_s, 20'000);
    QCOMPARE(count(u"status:failed"_s), 20);
}

void TestJobActions::allRowsSelectedMeansAllThatMatch()
{
    makeFailed(1230);
    show();
    QTRY_COMPARE(m_table->model()->rowCount(), 1230);
    QTRY_COMPARE(matches(), 1230);
    m_actions->action(ActionId::SelectAll)->trigger();
    QTRY_VERIFY(m_actions->action(ActionId::Delete)->isEnabled());
    QVERIFY(m_page->scope().jobs.isEmpty()); // most of them were never loaded
    QSignalSpy read(&m_session->changes(), &service::ChangeFeed::changed);
    m_session->changes().poke(); // a refresh reads the first page again
    QTRY_COMPARE(read.count(), 1);
    QTest::qWait(300);
    QCOMPARE(m_table->model()->rowCount(), 1230);
    QVERIFY(m_actions->action(ActionId::Delete)->isEnabled());
    m_actions->action(ActionId::Delete)->trigger();
    auto* ask = dialog<ChangeDialog>();
    QVERIFY(ask);
    QTRY_COMPARE(button(ask, u"go"_s)->text(), u"Delete 1,230 Jobs"_s);
    QCOMPARE(ask->findChild<Label*>(u"heading"_s)->text(), u"Delete all 1,230 jobs that match?"_s);
    QTest::mouseClick(button(ask, u"go"_s), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(count({}), 0, 20'000);
    QTRY_COMPARE(m_toasts->size(), 1);
    undo(toastUndo());
    QCOMPARE(count(u"status:failed"_s), 1230);
}

void TestJobActions::cleanUpShowsWhatGoes()
{
    await(service::addSampleData(*m_session));
    show();
    QTRY_VERIFY(m_session->snapshots().current().takenAt.isValid());
    const qint64 failed = count(u"status:failed"_s);
    const qint64 completed = count(u"status:completed"_s);
    m_actions->action(ActionId::CleanUp)->trigger();
    auto* ask = dialog<CleanUpDialog>();
    QVERIFY(ask);
    QPushButton* go = button(ask, u"go"_s);
    QTRY_VERIFY(button(ask, u"safe"_s)->hasFocus());
    ask->findChild<QSpinBox*>(u"days"_s)->setValue(0);
    QCOMPARE(go->text(), u"Counting…"_s);
    QVERIFY(!go->isEnabled());
    QTRY_COMPARE(go->text(), u"Delete %1 Jobs"_s.arg(failed + completed));
    // The dialog grows with its lines, so that the last one is visible.
    auto* table = ask->findChild<LinesTable*>(u"lines"_s);
    QTRY_VERIFY(table->parentWidget()->rect().contains(table->geometry()));
    ask->findChild<QCheckBox*>(u"completed"_s)->setChecked(false);
    QTRY_COMPARE(go->text(), u"Delete %1 Jobs"_s.arg(failed));
    const auto lines = ask->findChild<LinesTable*>(u"lines"_s)->model().lines();
    QCOMPARE(lines.last()[2].text, QString::number(failed));
    QTest::mouseClick(go, Qt::LeftButton);
    QTRY_COMPARE(m_toasts->size(), 1);
    QCOMPARE(count(u"status:failed"_s), 0);
    QCOMPARE(count(u"status:completed"_s), completed);
    undo(toastUndo());
    QTRY_COMPARE(m_toasts->size(), 2);
    QCOMPARE(count(u"status:failed"_s), failed);
}

void TestJobActions::cleanUpSaysWhenNothingIsOld()
{
    makeFailed(3);
    show();
    m_actions->action(ActionId::CleanUp)->trigger();
    auto* ask = dialog<CleanUpDialog>();
    QTRY_COMPARE(ask->findChild<Strip*>(u"note"_s)->text(), u"Nothing is older than 30 days."_s);
    QVERIFY(!button(ask, u"go"_s)->isEnabled());
    QTest::keyClick(ask, Qt::Key_Escape);
    QTRY_VERIFY(!dialog<CleanUpDialog>());
}

void TestJobActions::enqueueChecksInPlace()
{
    show();
    QSignalSpy enqueued(m_jobActions, &JobActions::enqueued);
    m_actions->action(ActionId::Enqueue)->trigger();
    auto* form = dialog<EnqueueDialog>();
    QVERIFY(form);
    auto* payload = form->findChild<QPlainTextEdit*>(u"payload"_s);
    auto* validity = form->findChild<QLabel*>(u"validity"_s);
    form->findChild<QComboBox*>(u"type"_s)->setCurrentText(u"customer_enrichment"_s);
    QVERIFY(payload->toPlainText().contains("customerId"_L1)); // filled from the schema
    payload->setPlainText(u"{\"customerId\": 4"_s);
    QTRY_VERIFY(!button(form, u"go"_s)->isEnabled());
    QVERIFY(!validity->text().isEmpty());
    payload->setPlainText(u"{\"customerId\": 4}"_s);
    QTRY_VERIFY(validity->text().contains("customerId"_L1));
    QVERIFY(!button(form, u"go"_s)->isEnabled());
    payload->setPlainText(u"{\"customerId\": \"c-4\"}"_s);
    QTRY_VERIFY(button(form, u"go"_s)->isEnabled());
    form->findChild<QSpinBox*>(u"count"_s)->setValue(3);
    QCOMPARE(button(form, u"go"_s)->text(), u"Enqueue 3 Jobs"_s);
    form->findChild<QComboBox*>(u"type"_s)->setCurrentText(u"customer_enrichment"_s);
    QVERIFY(payload->toPlainText().contains("c-4"_L1)); // never overwrites what was typed
    QTest::mouseClick(button(form, u"go"_s), Qt::LeftButton);
    QTRY_COMPARE(enqueued.size(), 1);
    QCOMPARE(count(u"type:customer_enrichment"_s), 3);
    QCOMPARE(toast(), u"3 enqueued."_s);
}

void TestJobActions::aJobIsEditedAsNew()
{
    const domain::JobIds ids = makeFailed(2);
    show();
    QTRY_COMPARE(m_page->scope().rows, 0);
    QVERIFY(!m_actions->action(ActionId::EditAsNew)->isEnabled());
    selectRows(2);
    QTRY_COMPARE(m_actions->action(ActionId::EditAsNew)->toolTip(), u"Select one job only."_s);
    selectRows(1);
    QTRY_VERIFY(m_actions->action(ActionId::EditAsNew)->isEnabled());
    m_actions->action(ActionId::EditAsNew)->trigger();
    QTRY_VERIFY(dialog<EnqueueDialog>());
    auto* form = dialog<EnqueueDialog>();
    QCOMPARE(form->findChild<QComboBox*>(u"type"_s)->currentText(), kReport);
    const qint64 before = count(u"status:failed"_s);
    QTRY_VERIFY(button(form, u"go"_s)->isEnabled());
    QTest::mouseClick(button(form, u"go"_s), Qt::LeftButton);
    QTRY_COMPARE(toast(), u"1 enqueued."_s);
    QCOMPARE(count(u"status:failed"_s), before); // the old one stays
    QCOMPARE(count(u"status:pending"_s), 1);
}

void TestJobActions::readOnlySaysWhy()
{
    makeFailed(1);
    m_session.reset();
    m_session = tests::openSession({u"sqlite:"_s + m_path, false, true});
    show();
    QVERIFY(!m_actions->action(ActionId::CleanUp)->isEnabled());
    QVERIFY(m_actions->action(ActionId::CleanUp)->toolTip().startsWith("Read-only"_L1));
    QSignalSpy failures(m_notifier.get(), &Notifier::failed);
    QTRY_COMPARE(m_table->model()->rowCount(), 1);
    selectRows(1);
    m_jobActions->perform(JobAction::Retry, m_page->scope().jobs); // refused by the database too
    QTRY_COMPARE(failures.size(), 1);
    QCOMPARE(count(u"status:failed"_s), 1);
}

void TestJobActions::onATypedConnectionNothingHappensAtOnce()
{
    makeFailed(60);
    show();
    setPlace(*m_page, {Environment::Production, u"leora-production"_s, Safety::TypeName, nullptr});
    QTRY_COMPARE(m_table->model()->rowCount(), 60);
    // One job: a question, but no name.
    selectRows(1);
    m_jobActions->perform(JobAction::Retry, m_page->scope().jobs);
    auto* few = dialog<ChangeDialog>();
    QVERIFY(few);
    QVERIFY(!few->findChild<QLineEdit*>(u"name"_s)->isVisible());
    QTRY_VERIFY(button(few, u"go"_s)->isEnabled());
    QTest::mouseClick(button(few, u"go"_s), Qt::LeftButton);
    QTRY_COMPARE(count(u"status:failed"_s), 59);
    QTRY_VERIFY(!dialog<ChangeDialog>());
    // All that match: the name. Until it is there the button stays off, whatever is counted.
    QTRY_VERIFY(m_page->scope().matches.has_value());
    m_jobActions->performOnAll(JobAction::Retry);
    auto* all = dialog<ChangeDialog>();
    QVERIFY(all);
    auto* const name = all->findChild<QLineEdit*>(u"name"_s);
    QTRY_COMPARE(all->focusWidget(), name);
    QTRY_VERIFY(button(all, u"go"_s)->text().contains(u"59"_s));
    QVERIFY(!button(all, u"go"_s)->isEnabled());
    QTest::keyClick(name, Qt::Key_Return);
    QTest::keyClicks(name, u"leora-production"_s);
    QVERIFY(button(all, u"go"_s)->isEnabled());
    QCOMPARE(count(u"status:failed"_s), 59);
    QTest::mouseClick(button(all, u"go"_s), Qt::LeftButton);
    QTRY_COMPARE(count(u"status:failed"_s), 0);
}

void TestJobActions::aMistakeStopsAllThatMatch()
{
    makeFailed(35);
    show();
    QAction* all = m_actions->action(ActionId::RetryAll);
    QTRY_VERIFY(all->isEnabled());
    m_page->setFilterText(u"status:failed attempts>="_s);
    QVERIFY(!all->isEnabled());
    QCOMPARE(all->toolTip(), u"The filter has a mistake."_s);
    QTest::qWait(700); // a refresh of the old list does not enable it again
    QVERIFY(!all->isEnabled());
    all->trigger();
    QVERIFY(!dialog<ChangeDialog>());
    m_page->setFilterText(u"status:failed"_s);
    QTRY_VERIFY(all->isEnabled());
}

void TestJobActions::sizesAreSeenWhole()
{
    LinesTable table(u"What goes"_s,
                     {{u"Type"_s, 0, false}, {u"Jobs"_s, 84, true}, {u"Size"_s, 76, true}});
    table.resize(500, 200);
    table.setLines(
        {{{u"report_generation"_s}, {u"12,345,678"_s}, {u"416 bytes"_s}},
         {{u"Total"_s}, {u"12"_s, {}, false, true}, {u"1,234 bytes"_s, {}, false, true}}});
    auto* view = table.findChild<QTableView*>();
    const QAbstractItemView* hints = view;
    for (const int column : {1, 2})
        QVERIFY(view->columnWidth(column) >= hints->sizeHintForColumn(column));
    QVERIFY(view->columnWidth(2) >=
            view->fontMetrics().horizontalAdvance(u"1,234 bytes"_s) + 2 * px(10));
}

QTEST_MAIN(TestJobActions)

#include "tst_jobactions.moc"
