// SPDX-License-Identifier: GPL-3.0-or-later
// The filter as it is typed: completion, history and saved views, by the keyboard.
#include "core/service/changefeed.h"
#include "core/service/jobservice.h"
#include "core/service/sampledata.h"
#include "core/service/session.h"
#include "core/service/snapshotfeed.h"
#include "core/service/viewstore.h"
#include "tests/support/sessions.h"
#include "ui/actions/actionset.h"
#include "ui/jobs/completionmodel.h"
#include "ui/jobs/completionpopup.h"
#include "ui/jobs/jobspage.h"
#include "ui/jobs/querybar.h"
#include "ui/jobs/saveviewdialog.h"
#include "ui/jobs/viewsdialog.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/settings.h"
#include "ui/widgets/sidebarmodel.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::ui;
using tests::await;
using tests::openAt;

class TestQueryBar : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<service::Session> m_session;
    std::unique_ptr<ActionSet> m_actions;
    std::unique_ptr<JobsPage> m_page;
    QueryBar* m_query = nullptr;

    CompletionPopup* popup() const { return m_page->findChild<CompletionPopup*>(); }
    bool isOpen() const { return popup() && popup()->isVisible(); }
    QStringList offered() const
    {
        QStringList all;
        if (isOpen()) {
            for (const domain::Completion& one : popup()->completions().items)
                all += one.shown;
        }
        return all;
    }
    QString pointed() const
    {
        return popup() && popup()->current() ? popup()->current()->shown : QString();
    }
    void type(const QString& text) { QTest::keyClicks(m_query->edit(), text); }
    void key(int key, Qt::KeyboardModifiers held = Qt::NoModifier)
    {
        QTest::keyClick(m_query->edit(), Qt::Key(key), held);
    }
    QModelIndex item(const QString& key) const
    {
        SidebarModel* rows = m_page->sidebar();
        for (int row = 0; row < rows->rowCount(); ++row) {
            if (rows->items()[row].key == key)
                return rows->index(row);
        }
        return {};
    }
    QString countOf(const QString& key) const
    {
        return item(key).data(SidebarModel::CountRole).toString();
    }
    void save(const QString& name)
    {
        m_actions->action(ActionId::SaveView)->trigger();
        auto* dialog = m_page->window()->findChild<SaveViewDialog*>();
        QVERIFY(dialog);
        dialog->findChild<QLineEdit*>(u"viewName"_s)->setText(name);
        QTest::mouseClick(dialog->findChild<QPushButton*>(u"saveIt"_s), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!m_page->window()->findChild<SaveViewDialog*>(), 30'000);
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        qputenv("QUEUEDECK_HOME", QFile::encodeName(m_folder->filePath(u"home"_s)));
        QSettings().clear();
        m_session = openAt(m_folder->filePath(u"queue.db"_s));
        await(service::addSampleData(*m_session));
        m_session->changes().setInterval(std::chrono::milliseconds(300));
        m_actions = std::make_unique<ActionSet>();
        m_page = std::make_unique<JobsPage>(*m_session, *m_actions);
        m_page->resize(1300, 760);
        m_page->show();
        m_page->setShown(true);
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        m_query = m_page->findChild<QueryBar*>();
        QTRY_VERIFY_WITH_TIMEOUT(m_session->snapshots().current().takenAt.isValid(), 60'000);
        m_query->focusEdit();
        QTRY_VERIFY(m_query->edit()->hasFocus());
    }
    void cleanup()
    {
        m_page.reset();
        m_actions.reset();
        m_session.reset();
        m_folder.reset();
    }

    void tabTakesWhatIsPointedAt()
    {
        QVERIFY(!isOpen()); // the focus alone opens nothing
        type(u"st"_s);
        QVERIFY(isOpen());
        QCOMPARE(pointed(), u"status:"_s);
        QVERIFY(m_query->edit()->hasFocus());
        key(Qt::Key_Tab);
        QCOMPARE(m_query->text(), u"status:"_s);
        QVERIFY(m_query->edit()->hasFocus());
        QVERIFY(offered().contains(u"status:failed"_s));
        QCOMPARE(pointed(), QString()); // nothing is typed: Tab would leave
        while (pointed() != u"status:failed"_s)
            key(Qt::Key_Down);
        key(Qt::Key_Tab);
        QCOMPARE(m_query->text(), u"status:failed"_s);
        QVERIFY(!isOpen());
        key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(m_query->text(), u"status:"_s); // one step back
        key(Qt::Key_Z, Qt::ControlModifier);
        key(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(m_query->text().size() < 7);
    }

    void enterSearchesAndEscCloses()
    {
        type(u"fail"_s);
        QVERIFY(isOpen());
        key(Qt::Key_Escape);
        QVERIFY(!isOpen() && m_query->edit()->hasFocus());
        QCOMPARE(m_query->text(), u"fail"_s);
        type(u"e"_s);
        QVERIFY(isOpen());
        key(Qt::Key_Return);
        QVERIFY(!isOpen());
        QCOMPARE(m_query->text(), u"faile"_s); // what was typed, not what was offered
        QCOMPARE(m_query->filter().text(), u"faile"_s);
        QTRY_VERIFY(!m_query->edit()->hasFocus());
    }

    void tabLeavesWhenNothingIsOffered()
    {
        type(u"nothing like it"_s);
        QVERIFY(!isOpen());
        key(Qt::Key_Tab);
        QTRY_VERIFY(!m_query->edit()->hasFocus());
        QCOMPARE(m_query->text(), u"nothing like it"_s);
    }

    void theKeyOfThePaletteIsLeftToIt()
    {
        type(u"a b"_s);
        QKeyEvent event(QEvent::ShortcutOverride, Qt::Key_K, Qt::ControlModifier, u"\v"_s);
        event.ignore();
        QApplication::sendEvent(m_query->edit(), &event);
        QVERIFY(!event.isAccepted());
    }

    void whatAProgramSetsOpensNothing()
    {
        m_page->setFilterText(u"sta"_s);
        QVERIFY(!isOpen());
        type(u"t"_s);
        QVERIFY(isOpen());
        m_page->setFilterText(u"status:failed"_s);
        QVERIFY(!isOpen());
    }

    void theCaretElsewhereCloses()
    {
        type(u"sta"_s);
        QVERIFY(isOpen());
        key(Qt::Key_Left);
        QVERIFY(!isOpen());
        key(Qt::Key_Space, Qt::ControlModifier);
        QVERIFY(!isOpen()); // within a word
        key(Qt::Key_End);
        key(Qt::Key_Space, Qt::ControlModifier);
        QVERIFY(isOpen());
    }

    void pathsComeFromASample()
    {
        type(u"x "_s);
        key(Qt::Key_Space, Qt::ControlModifier); // nothing typed: all fields
        QVERIFY(offered().contains(u"attempts>="_s));
        QTRY_VERIFY_WITH_TIMEOUT(offered().contains(u"payload.scanType:"_s), 60'000);
        type(u"scanT"_s);
        QCOMPARE(pointed(), u"payload.scanType:"_s);
        key(Qt::Key_Tab);
        QVERIFY(m_query->text().endsWith(u"payload.scanType:"_s));
        QVERIFY(offered().contains(u"payload.scanType:business_card"_s));
    }

    void aClickTakesAndTheFocusStays()
    {
        type(u"fail"_s);
        QListView* list = popup()->list();
        for (int row = 0; row < list->model()->rowCount(); ++row) {
            const QModelIndex index = list->model()->index(row, 0);
            if (index.data().toString() == "status:failed"_L1)
                QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                                  list->visualRect(index).center());
        }
        QCOMPARE(m_query->text(), u"status:failed"_s);
        QVERIFY(m_query->edit()->hasFocus());
    }

    void upShowsWhatWasUsed()
    {
        type(u"status:failed age<1d"_s);
        key(Qt::Key_Return);
        m_query->focusEdit();
        m_query->edit()->selectAll();
        type(u"payload.password:x"_s);
        key(Qt::Key_Escape);
        key(Qt::Key_Return); // is not kept
        m_query->focusEdit();
        m_query->setText({});
        key(Qt::Key_Up);
        QCOMPARE(offered(), QStringList{u"status:failed age<1d"_s});
        key(Qt::Key_Down);
        key(Qt::Key_Tab);
        QCOMPARE(m_query->text(), u"status:failed age<1d"_s);
        QSettings file;
        QVERIFY(!file.allKeys().isEmpty());
        for (const QString& name : file.allKeys())
            QVERIFY(!file.value(name).toStringList().join(u' ').contains(u"password"_s));
        // Another connection has its own.
        QVERIFY(ui::settings::recentQueries(u"database-other"_s).read().isEmpty());
    }

    void everyRowIsSpoken()
    {
        type(u"s"_s);
        key(Qt::Key_Down);
        QVERIFY(!popup()->list()->accessibleName().isEmpty());
        auto* model = popup()->list()->model();
        for (int row = 0; row < model->rowCount(); ++row)
            QVERIFY(!model->index(row, 0).data(Qt::AccessibleTextRole).toString().isEmpty());
        QVERIFY(m_query->field()->accessibleDescription().contains(pointed()));
    }

    void presetsHaveLiveCounts()
    {
        QVERIFY(item(u"view/preset-dead"_s).isValid());
        QTRY_VERIFY_WITH_TIMEOUT(!countOf(u"view/preset-oldest-pending"_s).isEmpty(), 60'000);
        const int before = countOf(u"view/preset-oldest-pending"_s).toInt();
        await(m_session->jobs().enqueue(tests::kReport, tests::kReportPayload, 2));
        m_session->changes().poke();
        QTRY_COMPARE_WITH_TIMEOUT(countOf(u"view/preset-oldest-pending"_s).toInt(), before + 2,
                                  60'000);
        Q_EMIT m_page->sidebar()->activated(u"view/preset-failed-last-hour"_s);
        QCOMPARE(m_query->text(), u"status:failed age<1h"_s);
        QVERIFY(item(u"view/preset-failed-last-hour"_s).data(SidebarModel::ChosenRole).toBool());
    }

    void aViewIsSavedShownAndSurvives()
    {
        m_page->setFilterText(u"type:image_extraction status:failed"_s);
        QSignalSpy said(m_page.get(), &JobsPage::said);
        save(u"Cards that failed"_s);
        QCOMPARE(said.size(), 1);
        const auto saved = service::viewstore::read().views;
        QCOMPARE(saved.size(), 1);
        QCOMPARE(saved.front().query, u"type:image_extraction status:failed"_s);
        const QString key = u"view/"_s + saved.front().id;
        QVERIFY(item(key).isValid());
        QTRY_VERIFY_WITH_TIMEOUT(!countOf(key).isEmpty(), 60'000);
        m_page->setFilterText({});
        m_page->showView(saved.front().id);
        QCOMPARE(m_query->text(), u"type:image_extraction status:failed"_s);
        m_page = std::make_unique<JobsPage>(*m_session, *m_actions);
        QTRY_COMPARE_WITH_TIMEOUT(m_page->views().size(), domain::presetViews().size() + 1, 30'000);
    }

    void anInvalidFilterCannotBeSaved()
    {
        m_page->setFilterText(u"status:("_s);
        m_actions->action(ActionId::SaveView)->trigger();
        QVERIFY(!m_page->window()->findChild<SaveViewDialog*>());
        m_page->setFilterText(u"a"_s);
        m_actions->action(ActionId::SaveView)->trigger();
        auto* dialog = m_page->window()->findChild<SaveViewDialog*>();
        auto* go = dialog->findChild<QPushButton*>(u"saveIt"_s);
        QVERIFY(!go->isEnabled()); // without a name
        dialog->findChild<QLineEdit*>(u"viewName"_s)->setText(u"stuck"_s);
        QVERIFY(!go->isEnabled()); // that of a preset
        dialog->findChild<QLineEdit*>(u"viewName"_s)->setText(u"A"_s);
        QVERIFY(go->isEnabled());
        dialog->reject();
        QCOMPARE(service::viewstore::read().views.size(), 0);
    }

    void viewsAreManaged()
    {
        m_page->setFilterText(u"a"_s);
        save(u"First"_s);
        m_page->setFilterText(u"b"_s);
        save(u"Second"_s);
        m_actions->action(ActionId::ManageViews)->trigger();
        auto* dialog = m_page->window()->findChild<ViewsDialog*>();
        QVERIFY(dialog);
        auto* list = dialog->findChild<QListWidget*>(u"savedViews"_s);
        QTRY_COMPARE_WITH_TIMEOUT(list->count(), 2, 30'000);
        list->setCurrentRow(0);
        dialog->findChild<QLineEdit*>(u"viewName"_s)->setText(u"second"_s);
        QTest::mouseClick(dialog->findChild<QPushButton*>(u"rename"_s), Qt::LeftButton);
        auto* problem = dialog->findChild<QWidget*>(u"viewProblem"_s);
        QTRY_VERIFY_WITH_TIMEOUT(problem->isVisible(), 30'000); // it is taken
        dialog->findChild<QLineEdit*>(u"viewName"_s)->setText(u"Third"_s);
        QTest::mouseClick(dialog->findChild<QPushButton*>(u"rename"_s), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(list->item(0)->text().startsWith(u"Third"_s), 30'000);
        const QString file = m_folder->filePath(u"out.json"_s);
        dialog->exportTo(file);
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(file), 30'000);
        QTest::mouseClick(dialog->findChild<QPushButton*>(u"remove"_s), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(list->count(), 1, 30'000);
        dialog->importFrom(file);
        QTRY_COMPARE_WITH_TIMEOUT(list->count(), 3, 30'000);
        QTRY_COMPARE_WITH_TIMEOUT(m_page->views().size(), domain::presetViews().size() + 3, 30'000);
        dialog->reject();
    }
};

QTEST_MAIN(TestQueryBar)
#include "tst_querybar.moc"
