// SPDX-License-Identifier: GPL-3.0-or-later
// The journal in the window, over a real database: what was done is listed with its jobs, taken
// back and done again; what was not finished is offered to be carried on.
#include "core/service/changefeed.h"
#include "core/service/jobservice.h"
#include "tests/support/foreignfile.h"
#include "tests/support/sessions.h"
#include "ui/actions/actionset.h"
#include "ui/journal/entrydialog.h"
#include "ui/journal/journalactions.h"
#include "ui/journal/journalmodel.h"
#include "ui/journal/journalpanel.h"
#include "ui/notice/notifier.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/label.h"
#include "ui/widgets/linestable.h"
#include "ui/widgets/strip.h"

#include <QAbstractItemModelTester>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::ui;
using domain::JobAction;
using tests::await;
using tests::openAt;

class TestJournalPanel : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<service::Session> m_session;
    std::unique_ptr<QWidget> m_window;
    std::unique_ptr<ActionSet> m_actions;
    Notifier m_notifier;
    JournalPanel* m_panel = nullptr;
    JournalActions* m_journal = nullptr;

    JournalModel* model() const { return m_panel->findChild<JournalModel*>(); }
    QPushButton* button(const QString& name) const
    {
        return m_panel->findChild<QPushButton*>(name);
    }
    QString text(int row, int column) const
    {
        return model()->index(row, column).data().toString();
    }
    BulkDialog* dialog() const { return m_window->findChild<BulkDialog*>(); }

    domain::Outcome cancelAll(int count)
    {
        await(m_session->jobs().enqueue(u"report_generation"_s, R"({"report":"queue_health"})",
                                        count));
        const auto jobs =
            await(m_session->jobs().freeze(domain::JobFilter::forStatus(u"pending"_s)));
        return await(m_session->jobs().change(JobAction::Cancel, {jobs, u"status:pending"_s}));
    }

    qint64 failed() const
    {
        return await(m_session->jobs().count(domain::JobFilter::forStatus(u"failed"_s))).count;
    }

    void show()
    {
        m_session->changes().poke();
        m_panel->setShown(true);
        m_journal->read();
        QTRY_VERIFY(model()->rowCount() > 0);
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_session = openAt(m_folder->filePath(u"jobs.db"_s));
        m_window = std::make_unique<QWidget>();
        m_actions = std::make_unique<ActionSet>();
        m_panel = new JournalPanel(*m_session, m_window.get());
        m_journal = new JournalActions(*m_session, *m_actions, m_notifier, m_window.get());
        connect(m_panel, &JournalPanel::undoWanted, m_journal, &JournalActions::undoEntry);
        connect(m_panel, &JournalPanel::resumeWanted, m_journal, &JournalActions::resume);
        connect(m_panel, &JournalPanel::forgetWanted, m_journal, &JournalActions::forgetOlder);
        new QAbstractItemModelTester(
            model(), QAbstractItemModelTester::FailureReportingMode::QtTest, m_window.get());
        m_window->resize(1200, 800);
        m_panel->resize(m_window->size());
        m_window->show();
    }

    void cleanup()
    {
        m_window.reset();
        m_actions.reset();
        m_session.reset();
        m_folder.reset();
    }

    void showsWhatWasDone()
    {
        cancelAll(3);
        show();
        QTRY_COMPARE(model()->rowCount(), 2);
        QCOMPARE(text(0, JournalModel::Action), u"Cancel"_s);
        QCOMPARE(text(0, JournalModel::Changed), u"3"_s);
        QCOMPARE(text(0, JournalModel::State), u"Done"_s);
        QCOMPARE(text(1, JournalModel::Action), u"Enqueue"_s);
        QCOMPARE(text(1, JournalModel::State), u"Cannot be undone"_s);
        const auto& lines = m_panel->findChild<LinesTable*>(u"entryRows"_s)->model();
        QTRY_COMPARE(lines.rowCount(), 3);
        QVERIFY2(lines.lines()[0][1].text.startsWith(u"pending → failed"_s),
                 qPrintable(lines.lines()[0][1].text));
    }

    void undoesAndRedoes()
    {
        cancelAll(3);
        show();
        QTRY_COMPARE(button(u"undoEntry"_s)->text(), u"Undo 3 Jobs"_s);
        QVERIFY(!m_actions->action(ActionId::Redo)->isEnabled());
        QTest::mouseClick(button(u"undoEntry"_s), Qt::LeftButton);
        QTRY_COMPARE(failed(), 0);
        QTRY_COMPARE(text(0, JournalModel::Action), u"Undo"_s);
        QCOMPARE(text(1, JournalModel::State), u"Undone"_s);
        QTRY_VERIFY(m_actions->action(ActionId::Redo)->isEnabled());
        QVERIFY(!m_actions->action(ActionId::Undo)->isEnabled());
        m_actions->action(ActionId::Redo)->trigger();
        QTRY_COMPARE(failed(), 3);
        QTRY_COMPARE(text(0, JournalModel::Action), u"Redo"_s);
        QTRY_VERIFY(m_actions->action(ActionId::Undo)->isEnabled());
    }

    void whatIsOldIsForgotten()
    {
        cancelAll(3);
        tests::runForeign(m_folder->filePath(u"jobs.db"_s),
                          u"UPDATE queuedeck_journal SET at = at - 100 * 86400000 WHERE action = "
                          "'cancel'"_s);
        show();
        QTRY_COMPARE(model()->rowCount(), 2);
        auto* size = m_panel->findChild<Label*>(u"journalSize"_s);
        QTRY_VERIFY2(size->text().startsWith(u"2 entries since "_s), qPrintable(size->text()));
        QTest::mouseClick(button(u"forget"_s), Qt::LeftButton);
        QTRY_VERIFY(dialog());
        auto* go = dialog()->findChild<QPushButton*>(u"go"_s);
        QTRY_COMPARE(go->text(), u"Forget 1 Entry"_s);
        dialog()->findChild<QSpinBox*>(u"days"_s)->setValue(101);
        QTRY_COMPARE(go->text(), u"Nothing to Forget"_s);
        QVERIFY(!go->isEnabled());
        dialog()->findChild<QSpinBox*>(u"days"_s)->setValue(99);
        QTRY_COMPARE(go->text(), u"Forget 1 Entry"_s);
        QTest::mouseClick(go, Qt::LeftButton);
        QTRY_COMPARE(model()->rowCount(), 1);
        QCOMPARE(text(0, JournalModel::Action), u"Enqueue"_s);
        QCOMPARE(failed(), 3);
    }

    // Many jobs are taken back in a dialog, which can be stopped; asking again carries it on.
    void aLargeUndoIsStoppedAndResumed()
    {
        cancelAll(4000);
        show();
        QTRY_VERIFY(m_actions->action(ActionId::Undo)->isEnabled());
        m_actions->action(ActionId::Undo)->trigger();
        QTRY_VERIFY(dialog());
        QCOMPARE(dialog()->findChild<Label*>(u"heading"_s)->text(),
                 u"Undo: Cancel of 4,000 jobs?"_s);
        QTest::mouseClick(dialog()->findChild<QPushButton*>(u"go"_s), Qt::LeftButton);
        QTest::mouseClick(dialog()->findChild<QPushButton*>(u"pause"_s), Qt::LeftButton);
        QCOMPARE(dialog()->findChild<QPushButton*>(u"pause"_s)->text(), u"Resume"_s);
        QTest::qWait(300);
        const qint64 paused = failed();
        QTest::qWait(300);
        QCOMPARE(failed(), paused); // nothing runs
        QTest::mouseClick(dialog()->findChild<QPushButton*>(u"stopHere"_s), Qt::LeftButton);
        QTRY_VERIFY(!dialog());
        if (failed() > 0) { // all of it may have been done within one turn
            QTRY_COMPARE(text(0, JournalModel::State), u"Unfinished"_s);
            auto* strip = m_panel->findChild<Strip*>(u"unfinished"_s);
            QTRY_VERIFY(strip->isVisible());
            m_panel->findChild<DataTable*>()->selectRow(0);
            QTRY_VERIFY(button(u"resumeEntry"_s)->isVisible());
            QTest::mouseClick(button(u"resumeEntry"_s), Qt::LeftButton);
            QTRY_VERIFY(dialog());
            QTest::mouseClick(dialog()->findChild<QPushButton*>(u"go"_s), Qt::LeftButton);
        }
        QTRY_COMPARE_WITH_TIMEOUT(failed(), 0, 20'000);
        QTRY_COMPARE(text(0, JournalModel::State), u"Done"_s);
    }

    void whatACrashLeftIsOfferedToBeCarriedOn()
    {
        cancelAll(1200);
        // As if the program had ended after 500 jobs, two minutes ago.
        tests::runForeign(
            m_folder->filePath(u"jobs.db"_s),
            u"INSERT INTO queuedeck_journal (id, at, actor, host, action, scope, changed, state, "
            "runner, seen_at, total, done, undoes) SELECT 'left', at, 'ada', 'ops', 'undo', scope, "
            "0, 'running', 'x', 1000, 1200, 0, id FROM queuedeck_journal WHERE action = 'cancel'"_s);
        show();
        auto* strip = m_panel->findChild<Strip*>(u"unfinished"_s);
        QTRY_VERIFY(strip->isVisible());
        QVERIFY2(strip->text().contains(u"1,200 were not touched"_s), qPrintable(strip->text()));
        for (QPushButton* one : strip->findChildren<QPushButton*>()) {
            if (one->text() == "Resume 1,200 Jobs"_L1)
                QTest::mouseClick(one, Qt::LeftButton);
        }
        QTRY_VERIFY(dialog());
        QTest::mouseClick(dialog()->findChild<QPushButton*>(u"go"_s), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(failed(), 0, 20'000);
        QTRY_VERIFY(!strip->isVisible());
    }
};

QTEST_MAIN(TestJournalPanel)
#include "tst_journalpanel.moc"
