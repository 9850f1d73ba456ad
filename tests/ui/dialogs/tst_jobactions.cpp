// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/changefeed.h"
#include "core/service/engineservice.h"
#include "core/service/jobservice.h"
#include "core/service/session.h"
#include "ui/actions/actionset.h"
#include "ui/dialogs/cleanupdialog.h"
#include "ui/dialogs/confirmdialog.h"
#include "ui/dialogs/enqueuedialog.h"
#include "ui/dialogs/errordialog.h"
#include "ui/dialogs/jobactions.h"
#include "ui/dialogs/processaction.h"
#include "ui/dialogs/retryalldialog.h"
#include "ui/notice/notifier.h"
#include "ui/widgets/label.h"
#include "ui/widgets/strip.h"

#include <QCheckBox>
#include <QComboBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::ui;
using domain::JobAction;

namespace {

const QByteArray kPayload = QByteArrayLiteral(R"({"reportType":"weekly"})");

template <class T>
T await(QFuture<base::Result<T>> future)
{
    const bool isDone = QTest::qWaitFor([&] { return future.isFinished(); }, 60'000);
    Q_ASSERT(isDone);
    auto result = future.result();
    if (!result)
        qFatal("%s", qPrintable(result.error().detail));
    return *result;
}

} // namespace

class TestJobActions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void actionsFollowTheSelection();
    void fewAreChangedAtOnceAndUndone_data();
    void fewAreChangedAtOnceAndUndone();
    void manyAreAskedFor();
    void deleteIsAlwaysAskedForAndUndone();
    void aMixedSelectionChangesWhatItMay();
    void nothingToUndoSaysSo();
    void readOnlyTurnsAllOff();
    void retryAllMeansTheFilter();
    void retryAllStops();
    void retryAllOfNothing();
    void cleanUpCountsDeletesAndIsUndone();
    void cleanUpOfNothing();
    void cleanUpStops();
    void enqueueJudgesWhileTyping();
    void enqueueAdds();
    void processNowRunsAndReports();
    void theEngineStartsAndStops();

private:
    QVector<domain::Job> jobs(const QString& filter = {});
    qint64 count(const QString& filter)
    {
        return await(m_session->jobs().count(parsed(filter))).count;
    }
    static domain::JobFilter parsed(const QString& text);
    QVector<domain::Job> enqueue(int count);
    QVector<domain::Job> makeFailed(int count);
    void trigger(ActionId id) { m_actions->action(id)->trigger(); }
    QAction* action(ActionId id) { return m_actions->action(id); }
    template <class Dialog>
    Dialog* dialog() const
    {
        return m_window->findChild<Dialog*>();
    }
    static QPushButton* button(QDialog* dialog, const char* name)
    {
        return dialog->findChild<QPushButton*>(QLatin1String(name));
    }
    QString lastToast() const
    {
        return m_toasts->isEmpty() ? QString() : m_toasts->last()[0].toString();
    }
    domain::JournalId lastUndo() const { return m_toasts->last()[1].value<domain::JournalId>(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<service::Session> m_session;
    std::unique_ptr<ActionSet> m_actions;
    std::unique_ptr<Notifier> m_notifier;
    std::unique_ptr<QWidget> m_window;
    JobActions* m_jobs = nullptr;
    std::unique_ptr<QSignalSpy> m_toasts;
    std::unique_ptr<QSignalSpy> m_changes;
};

void TestJobActions::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_session = await(
        service::Session::open({u"sqlite:"_s + m_folder->filePath(u"queue.db"_s), true, false}));
    m_session->changes().setPaused(true); // only our own pokes are heard
    m_actions = std::make_unique<ActionSet>();
    m_notifier = std::make_unique<Notifier>();
    m_window = std::make_unique<QWidget>();
    m_window->resize(900, 600);
    m_window->show();
    m_jobs = new JobActions(*m_session, *m_actions, *m_notifier, m_window.get());
    m_toasts = std::make_unique<QSignalSpy>(m_notifier.get(), &Notifier::toastWanted);
    m_changes = std::make_unique<QSignalSpy>(&m_session->changes(), &service::ChangeFeed::changed);
}

void TestJobActions::cleanup()
{
    m_window.reset();
    m_actions.reset();
    m_session.reset();
    m_folder.reset();
}

domain::JobFilter TestJobActions::parsed(const QString& text)
{
    const auto filter = domain::JobFilter::parse(text);
    if (!filter)
        qFatal("%s", qPrintable(filter.error().message));
    return *filter;
}

QVector<domain::Job> TestJobActions::jobs(const QString& filter)
{
    return await(m_session->jobs().page({parsed(filter), {}, {}, 0, 10'000})).jobs;
}

QVector<domain::Job> TestJobActions::enqueue(int count)
{
    await(m_session->jobs().enqueue(u"report_generation"_s, kPayload, count));
    return jobs();
}

/// Cancelled jobs are failed ones.
QVector<domain::Job> TestJobActions::makeFailed(int count)
{
    const auto ids = await(m_session->jobs().enqueue(u"report_generation"_s, kPayload, count));
    await(m_session->jobs().change(JobAction::Cancel, {ids, u"test"_s}));
    return jobs(u"status:failed"_s);
}

void TestJobActions::actionsFollowTheSelection()
{
    QVERIFY(!action(ActionId::Retry)->isEnabled());
    QCOMPARE(action(ActionId::Retry)->toolTip(), u"No job is selected."_s);
    m_jobs->setSelection(enqueue(2));
    QVERIFY(!action(ActionId::Retry)->isEnabled());
    QCOMPARE(action(ActionId::Retry)->toolTip(), u"Not for this selection: already pending."_s);
    QVERIFY(action(ActionId::Cancel)->isEnabled());
    QVERIFY(action(ActionId::RunNext)->isEnabled());
    QVERIFY(!action(ActionId::Delete)->isEnabled());
    m_jobs->setSelection(makeFailed(1));
    QVERIFY(action(ActionId::Retry)->isEnabled());
    QVERIFY(action(ActionId::Delete)->isEnabled());
    QVERIFY(!action(ActionId::Cancel)->isEnabled());
    QVERIFY(!action(ActionId::RetryAll)->isEnabled());
    m_jobs->setFilter({}, {3, true});
    QVERIFY(action(ActionId::RetryAll)->isEnabled());
    m_jobs->setConnected(false);
    QCOMPARE(action(ActionId::Retry)->toolTip(), u"Not connected."_s);
    QVERIFY(!action(ActionId::CleanUp)->isEnabled());
}

void TestJobActions::fewAreChangedAtOnceAndUndone_data()
{
    QTest::addColumn<ActionId>("id");
    QTest::addColumn<bool>("fromFailed");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QString>("toast");
    QTest::newRow("retry") << ActionId::Retry << true << u"status:pending"_s << u"50 re-queued."_s;
    QTest::newRow("cancel") << ActionId::Cancel << false << u"status:failed"_s
                            << u"50 cancelled."_s;
}

void TestJobActions::fewAreChangedAtOnceAndUndone()
{
    QFETCH(ActionId, id);
    QFETCH(bool, fromFailed);
    QFETCH(QString, after);
    QFETCH(QString, toast);
    m_jobs->setSelection(fromFailed ? makeFailed(50) : enqueue(50));
    QSignalSpy asked(m_jobs, &JobActions::asked);
    trigger(id);
    QTRY_COMPARE(lastToast(), toast);
    QCOMPARE(asked.size(), 0);
    QCOMPARE(count(after), 50);
    QCOMPARE(m_changes->size(), 1);
    QVERIFY(!lastUndo().isEmpty());
    m_jobs->undo(lastUndo());
    QTRY_COMPARE(lastToast(), u"Undone: 50 restored."_s);
    QCOMPARE(count(after), 0);
    QCOMPARE(m_changes->size(), 2);
}

void TestJobActions::manyAreAskedFor()
{
    m_jobs->setSelection(makeFailed(51));
    trigger(ActionId::Retry);
    auto* confirm = dialog<ConfirmDialog>();
    QVERIFY(confirm && confirm->isVisible());
    QCOMPARE(confirm->windowModality(), Qt::WindowModal);
    QCOMPARE(confirm->doButton()->text(), u"Retry 51 Jobs"_s);
    QCOMPARE(confirm->safeButton()->text(), u"Don’t Retry"_s);
    QVERIFY(confirm->safeButton()->hasFocus() || confirm->focusWidget() == confirm->safeButton());
    QCOMPARE(confirm->footText(), u"Nothing has been changed yet."_s);
    trigger(ActionId::Retry); // a key pressed twice
    QCOMPARE(m_window->findChildren<ConfirmDialog*>(QString(), Qt::FindDirectChildrenOnly).first(),
             confirm);
    QTest::keyClick(confirm->focusWidget(), Qt::Key_Return); // fires the safe one
    QTRY_VERIFY(!dialog<ConfirmDialog>());
    QCOMPARE(count(u"status:pending"_s), 0);
    trigger(ActionId::Retry);
    QTest::mouseClick(dialog<ConfirmDialog>()->doButton(), Qt::LeftButton);
    QTRY_COMPARE(lastToast(), u"51 re-queued."_s);
    QTRY_VERIFY(!dialog<ConfirmDialog>());
    QCOMPARE(count(u"status:pending"_s), 51);
}

void TestJobActions::deleteIsAlwaysAskedForAndUndone()
{
    m_jobs->setSelection(makeFailed(3));
    trigger(ActionId::Delete);
    auto* confirm = dialog<ConfirmDialog>();
    QVERIFY(confirm);
    QCOMPARE(confirm->doButton()->text(), u"Delete 3 Jobs"_s);
    QCOMPARE(confirm->safeButton()->text(), u"Keep Them"_s);
    QTest::mouseClick(confirm->doButton(), Qt::LeftButton);
    QTRY_COMPARE(lastToast(), u"3 deleted."_s);
    QCOMPARE(count({}), 0);
    m_jobs->undo(lastUndo());
    QTRY_COMPARE(lastToast(), u"Undone: 3 restored."_s);
    QCOMPARE(count(u"status:failed"_s), 3);
}

void TestJobActions::aMixedSelectionChangesWhatItMay()
{
    makeFailed(2);
    m_jobs->setSelection(enqueue(1));
    QVERIFY(action(ActionId::Retry)->isEnabled());
    trigger(ActionId::Retry);
    QTRY_COMPARE(lastToast(), u"2 re-queued, 1 skipped: already pending."_s);
}

void TestJobActions::nothingToUndoSaysSo()
{
    trigger(ActionId::Undo);
    QTRY_COMPARE(lastToast(), u"There is nothing to undo."_s);
    QVERIFY(!dialog<ErrorDialog>());
}

void TestJobActions::readOnlyTurnsAllOff()
{
    const QVector<domain::Job> failed = makeFailed(1);
    const QString path = m_folder->filePath(u"queue.db"_s);
    auto readOnly = await(service::Session::open({u"sqlite:"_s + path, false, true}));
    ActionSet actions;
    JobActions guarded(*readOnly, actions, *m_notifier, m_window.get());
    guarded.setSelection(failed);
    guarded.setFilter({}, {1, true});
    for (ActionId id : {ActionId::Retry, ActionId::RetryAll, ActionId::Delete, ActionId::CleanUp,
                        ActionId::Enqueue, ActionId::Undo}) {
        QVERIFY(!actions.action(id)->isEnabled());
        QVERIFY(actions.action(id)->toolTip().startsWith(u"Read-only"_s));
    }
    // And whoever gets around it is told, in a dialog.
    guarded.carryOut(JobAction::Retry, failed);
    QTRY_VERIFY(dialog<ErrorDialog>());
    QCOMPARE(m_toasts->size(), 0);
}

void TestJobActions::retryAllMeansTheFilter()
{
    makeFailed(1'200);
    enqueue(7);
    m_jobs->setFilter({}, {1'207, true});
    trigger(ActionId::RetryAll);
    auto* all = dialog<RetryAllDialog>();
    QVERIFY(all);
    QCOMPARE(all->doButton()->text(), u"Counting…"_s);
    QVERIFY(!all->doButton()->isEnabled());
    QTRY_COMPARE(all->doButton()->text(), u"Retry 1,200 Jobs"_s);
    QCOMPARE(count(u"status:failed"_s), 1'200); // tried out and rolled back
    QVERIFY(all->findChild<Strip*>());          // said when it was frozen
    makeFailed(5);                              // later ones are not included
    QTest::mouseClick(all->doButton(), Qt::LeftButton);
    QTRY_COMPARE(lastToast(), u"1,200 re-queued."_s);
    QCOMPARE(count(u"status:failed"_s), 5);
    m_jobs->undo(lastUndo());
    QTRY_COMPARE(lastToast(), u"Undone: 1,200 restored."_s);
    QCOMPARE(count(u"status:failed"_s), 1'205);
}

void TestJobActions::retryAllStops()
{
    makeFailed(20'000);
    m_jobs->setFilter(parsed(u"status:failed"_s), {20'000, true});
    trigger(ActionId::RetryAll);
    auto* all = dialog<RetryAllDialog>();
    QTRY_COMPARE_WITH_TIMEOUT(all->doButton()->text(), u"Retry 20,000 Jobs"_s, 60'000);
    QTest::mouseClick(all->doButton(), Qt::LeftButton);
    QCOMPARE(all->safeButton()->text(), u"Stop Here"_s);
    QTest::mouseClick(all->safeButton(), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(all->safeButton()->text(), u"Close"_s, 60'000);
    const qint64 done = count(u"status:pending"_s);
    QVERIFY(done < 20'000);
    QCOMPARE(done % 500, 0);
    const QLocale english(QLocale::English);
    QCOMPARE(all->footText(), u"Stopped at %1. %2 were not touched."_s.arg(
                                  english.toString(done), english.toString(20'000 - done)));
    QVERIFY(all->isVisible());
    QTest::mouseClick(all->safeButton(), Qt::LeftButton);
    QTRY_VERIFY(!dialog<RetryAllDialog>());
}

void TestJobActions::retryAllOfNothing()
{
    enqueue(3);
    m_jobs->setFilter({}, {3, true});
    trigger(ActionId::RetryAll);
    auto* all = dialog<RetryAllDialog>();
    QTRY_VERIFY(all->footText().startsWith(u"No failed job matches."_s));
    QVERIFY(!all->doButton()->isEnabled());
}

void TestJobActions::cleanUpCountsDeletesAndIsUndone()
{
    makeFailed(4);
    enqueue(2);
    QTest::qWait(20); // so that all were created before "now"
    trigger(ActionId::CleanUp);
    auto* cleanUp = dialog<CleanUpDialog>();
    QVERIFY(cleanUp);
    cleanUp->findChild<QSpinBox*>(u"days"_s)->setValue(0);
    QVERIFY(!cleanUp->doButton()->isEnabled());
    QCOMPARE(cleanUp->doButton()->text(), u"Counting…"_s);
    QTRY_COMPARE(cleanUp->doButton()->text(), u"Delete 4 Jobs"_s);
    auto* lines = cleanUp->findChild<QTableView*>(u"lines"_s)->model();
    QCOMPARE(lines->rowCount(), 2);
    QCOMPARE(lines->index(0, 0).data().toString(), u"Failed"_s);
    QCOMPARE(lines->index(0, 1).data().toString(), u"report_generation"_s);
    QCOMPARE(lines->index(1, 2).data().toString(), u"4"_s);
    cleanUp->findChild<QCheckBox*>(u"failed"_s)->setChecked(false);
    QTRY_VERIFY(cleanUp->isCounted());
    QVERIFY(!cleanUp->doButton()->isEnabled());
    cleanUp->findChild<QCheckBox*>(u"failed"_s)->setChecked(true);
    auto* type = cleanUp->findChild<QComboBox*>(u"type"_s);
    type->setCurrentIndex(type->findData(u"bulk_import"_s));
    QTRY_VERIFY(cleanUp->isCounted());
    QVERIFY(!cleanUp->doButton()->isEnabled());
    type->setCurrentIndex(0);
    QTRY_COMPARE(cleanUp->doButton()->text(), u"Delete 4 Jobs"_s);
    makeFailed(1); // what comes after the count stays
    QTest::mouseClick(cleanUp->doButton(), Qt::LeftButton);
    QTRY_COMPARE(lastToast(), u"4 deleted."_s);
    QCOMPARE(count(u"status:failed"_s), 1);
    QCOMPARE(count(u"status:pending"_s), 2);
    m_jobs->undo(lastUndo());
    QTRY_COMPARE(lastToast(), u"Undone: 4 restored."_s);
    QCOMPARE(count(u"status:failed"_s), 5);
}

void TestJobActions::cleanUpOfNothing()
{
    makeFailed(2);
    trigger(ActionId::CleanUp);
    auto* cleanUp = dialog<CleanUpDialog>();
    QTRY_VERIFY(cleanUp->isCounted());
    QVERIFY(!cleanUp->doButton()->isEnabled());
    QStringList said;
    for (const Strip* strip : cleanUp->findChildren<Strip*>()) {
        if (strip->isVisible())
            said.append(strip->text());
    }
    QCOMPARE(said, QStringList{u"Nothing is older than 30 days."_s});
    QTest::mouseClick(cleanUp->safeButton(), Qt::LeftButton);
    QTRY_VERIFY(!dialog<CleanUpDialog>());
    QCOMPARE(count(u"status:failed"_s), 2);
}

void TestJobActions::cleanUpStops()
{
    makeFailed(20'000);
    QTest::qWait(20);
    trigger(ActionId::CleanUp);
    auto* cleanUp = dialog<CleanUpDialog>();
    cleanUp->findChild<QSpinBox*>(u"days"_s)->setValue(0);
    QTRY_COMPARE_WITH_TIMEOUT(cleanUp->doButton()->text(), u"Delete 20,000 Jobs"_s, 30'000);
    QTest::mouseClick(cleanUp->doButton(), Qt::LeftButton);
    QTest::keyClick(cleanUp, Qt::Key_Escape); // stops, and does not close
    QVERIFY(cleanUp->isVisible());
    QTRY_COMPARE_WITH_TIMEOUT(cleanUp->safeButton()->text(), u"Close"_s, 60'000);
    QVERIFY(cleanUp->footText().startsWith(u"Stopped at "_s));
    QVERIFY(count({}) > 0);
}

void TestJobActions::enqueueJudgesWhileTyping()
{
    trigger(ActionId::Enqueue);
    auto* form = dialog<EnqueueDialog>();
    QVERIFY(form);
    auto* payload = form->findChild<QPlainTextEdit*>(u"payload"_s);
    auto* verdict = form->findChild<QLabel*>(u"verdict"_s);
    QVERIFY(payload->toPlainText().contains(u"scanId"_s)); // the skeleton of image_extraction
    QVERIFY(!button(form, "do")->isEnabled());
    form->setType(u"customer_enrichment"_s);
    QCOMPARE(payload->toPlainText(), u"{\n  \"customerId\": \"\"\n}"_s);
    payload->setPlainText(u"{"_s);
    QTRY_VERIFY(!verdict->text().isEmpty());
    QVERIFY(!button(form, "do")->isEnabled());
    payload->setPlainText(u"{\"customerId\":\"c-1\"}"_s);
    QTRY_COMPARE(verdict->text(), u"Matches the schema of customer_enrichment."_s);
    QVERIFY(button(form, "do")->isEnabled());
    form->setType(u"report_generation"_s); // what was typed stays
    QCOMPARE(payload->toPlainText(), u"{\"customerId\":\"c-1\"}"_s);
}

void TestJobActions::enqueueAdds()
{
    trigger(ActionId::Enqueue);
    auto* form = dialog<EnqueueDialog>();
    form->setType(u"report_generation"_s);
    form->setPayload(kPayload);
    form->findChild<QSpinBox*>(u"count"_s)->setValue(12);
    QTRY_VERIFY(button(form, "do")->isEnabled());
    QCOMPARE(button(form, "do")->text(), u"Enqueue 12 Jobs"_s);
    QSignalSpy enqueued(m_jobs, &JobActions::enqueued);
    QTest::mouseClick(button(form, "do"), Qt::LeftButton);
    QTRY_COMPARE(lastToast(), u"12 enqueued."_s);
    QCOMPARE(enqueued.size(), 1);
    QCOMPARE(count(u"status:pending type=report_generation"_s), 12);
    QTRY_VERIFY(!dialog<EnqueueDialog>());
    QCOMPARE(m_changes->size(), 1);
}

void TestJobActions::processNowRunsAndReports()
{
    ProcessAction process(*m_session, *m_actions, *m_notifier, m_window.get());
    QVERIFY(action(ActionId::ProcessNow)->isEnabled());
    enqueue(3);
    QSignalSpy rounds(&process, &ProcessAction::processingChanged);
    trigger(ActionId::ProcessNow);
    QVERIFY(process.isProcessing());
    QVERIFY(!action(ActionId::ProcessNow)->isEnabled());
    QTRY_COMPARE_WITH_TIMEOUT(rounds.size(), 2, 30'000);
    QVERIFY(action(ActionId::ProcessNow)->isEnabled());
    QVERIFY2(lastToast() == u"3 completed."_s ||
                 lastToast() == u"No pending job could be run here."_s,
             qPrintable(lastToast()));
    QVERIFY(m_changes->size() > 0);
}

void TestJobActions::theEngineStartsAndStops()
{
    ProcessAction process(*m_session, *m_actions, *m_notifier, m_window.get());
    QVERIFY(action(ActionId::StartEngine)->isEnabled());
    QVERIFY(!action(ActionId::StopEngine)->isEnabled());
    trigger(ActionId::StartEngine);
    QTRY_VERIFY(action(ActionId::StopEngine)->isEnabled());
    QVERIFY(!action(ActionId::StartEngine)->isEnabled());
    trigger(ActionId::StopEngine);
    QTRY_VERIFY_WITH_TIMEOUT(action(ActionId::StartEngine)->isEnabled(), 25'000);
    QVERIFY(!action(ActionId::StopEngine)->isEnabled());
    QVERIFY(lastToast().startsWith(u"Engine stopped"_s));
}

QTEST_MAIN(TestJobActions)
#include "tst_jobactions.moc"
