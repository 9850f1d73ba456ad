// SPDX-License-Identifier: GPL-3.0-or-later
// The real window in this process: it asks once, says that it is stopping, and exits in an orderly
// way.
#include "app/queuedeck/program.h"
#include "core/service/localhandlers.h"
#include "core/store/jobstore.h"
#include "tests/support/ownhandlers.h"
#include "tests/support/windows.h"
#include "ui/actions/actionset.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/stoppingpage.h"
#include "ui/widgets/theme.h"

#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;

class TestWindowQuit : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<store::JobStore> m_store; ///< another program on the same database
    std::unique_ptr<app::Program> m_program;

    static ui::MainWindow* window() { return test::mainWindow(); }
    static QAction* action(const QString& text) { return test::actionNamed(text); }
    static QList<QDialog*> dialogs()
    {
        QList<QDialog*> open;
        for (QWidget* widget : QApplication::topLevelWidgets()) {
            auto* dialog = qobject_cast<QDialog*>(widget);
            if (dialog && dialog->isVisible())
                open += dialog;
        }
        return open;
    }
    static QAbstractButton* button(const QString& text)
    {
        for (QDialog* dialog : dialogs()) {
            for (QAbstractButton* candidate : dialog->findChildren<QAbstractButton*>()) {
                if (candidate->text().remove(u'&') == text)
                    return candidate;
            }
        }
        return nullptr;
    }
    domain::TypeCounts counts() { return m_store->jobs.snapshot()->counts; }
    void runSlowJob()
    {
        QVERIFY(tests::writeHandler(
            service::handlersFolder(), u"slow.json"_s,
            R"({"command":["/bin/sh","-c","trap '' TERM; while :; do sleep 1; done"]})"));
        QVERIFY(m_store->additions.enqueue({{u"slow"_s, {}}}, domain::Actor::current()));
        QVERIFY(action(u"Start Engine"_s));
        QTRY_VERIFY(action(u"Start Engine"_s)->isEnabled());
        action(u"Start Engine"_s)->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(counts().processing, 1, 30'000);
        QTest::qWait(300); // it has begun
    }
    void verifyHandedBack()
    {
        QTRY_VERIFY_WITH_TIMEOUT(!window()->isVisible(), 25'000);
        QCOMPARE(counts().pending, 1);
        QCOMPARE(counts().processing, 0);
        const auto rows = m_store->connection().run(
            u"SELECT (SELECT count(*) FROM queuedeck_lease), attempts FROM \"Job\""_s, {});
        QVERIFY(rows);
        QCOMPARE((*rows)[0].integer(0), 0);
        QCOMPARE((*rows)[0].integer(1), 0); // no attempt was used up
    }

private Q_SLOTS:
    void initTestCase() { ui::Appearance::instance().install(*qApp, ui::ThemeChoice::Light); }

    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        qputenv("QUEUEDECK_HOME", m_home->path().toUtf8());
        qputenv("XDG_CONFIG_HOME", m_home->path().toUtf8());
        const QString path = m_home->filePath(u"jobs.db"_s);
        m_store = std::move(
            *store::JobStore::open(db::DatabaseUrl::sqliteFile(path), db::OpenMode::Create));
        app::Options options;
        options.address = u"sqlite:"_s + path;
        m_program = std::make_unique<app::Program>(options);
        m_program->start();
        QVERIFY(QTest::qWaitForWindowExposed(window()));
        QTRY_VERIFY(window()->currentPage());
    }
    void cleanup()
    {
        m_program.reset();
        m_store.reset();
        m_home.reset();
    }

    void aboutIsOneBox()
    {
        action(u"About Queuedeck"_s)->trigger();
        QTRY_COMPARE(dialogs().size(), 1);
        dialogs().first()->close();
        QTRY_COMPARE(dialogs().size(), 0);
    }

    void quitAsksOnceWhileJobsRun()
    {
        runSlowJob();
        action(u"Quit"_s)->trigger();
        QTRY_COMPARE(dialogs().size(), 1);
        window()->close(); // and again, by closing the window
        QTest::qWait(50);
        QCOMPARE(dialogs().size(), 1);
        QVERIFY(button(u"Keep Running"_s));
        button(u"Keep Running"_s)->click();
        QTRY_COMPARE(dialogs().size(), 0);
        QVERIFY(window()->isVisible());
        QCOMPARE(counts().processing, 1);

        action(u"Quit"_s)->trigger();
        QTRY_VERIFY(button(u"Stop and Quit"_s));
        button(u"Stop and Quit"_s)->click();
        QTRY_VERIFY(window()->findChild<ui::StoppingPage*>());
        QVERIFY(window()->findChild<ui::StoppingPage*>()->isVisible());
        QVERIFY(window()->windowTitle().startsWith(u"Stopping…"_s));
        QVERIFY(!action(u"Start Engine"_s)->isEnabled());
        window()->close(); // neither asks again nor cuts it short
        QTRY_COMPARE(dialogs().size(), 0);
        verifyHandedBack();
    }

    void anotherDatabaseAsksWhileJobsRun_data()
    {
        QTest::addColumn<bool>("isStopped");
        QTest::newRow("keep running") << false;
        QTest::newRow("stop and switch") << true;
    }
    void anotherDatabaseAsksWhileJobsRun()
    {
        QFETCH(const bool, isStopped);
        runSlowJob();
        const QString other = m_home->filePath(u"other.db"_s);
        QVERIFY(store::JobStore::open(db::DatabaseUrl::sqliteFile(other), db::OpenMode::Create));
        action(u"Connect…"_s)->trigger();
        QTRY_COMPARE(dialogs().size(), 1);
        for (auto* field : dialogs().first()->findChildren<QLineEdit*>()) {
            if (field->accessibleName() == "Address"_L1)
                field->setText(u"sqlite:"_s + other);
        }
        button(u"Look"_s)->click();
        QTRY_VERIFY(button(u"Open"_s) && button(u"Open"_s)->isVisible());
        button(u"Open"_s)->click();
        QTRY_VERIFY(button(u"Keep Running"_s));
        QVERIFY(qobject_cast<QMessageBox*>(dialogs().first())->text().contains(u"open other"_s));
        const ui::MainWindow* before = window();
        if (!isStopped) {
            dialogs().first()->close();
            QTest::qWait(300);
            QCOMPARE(window(), before);
            QCOMPARE(counts().processing, 1);
            return;
        }
        button(u"Stop and Switch"_s)->click();
        QTRY_VERIFY(window()->findChild<ui::StoppingPage*>());
        QTRY_VERIFY_WITH_TIMEOUT(!window()->findChild<ui::StoppingPage*>(), 25'000);
        QTRY_VERIFY(window()->isVisible());
        QCOMPARE(counts().pending, 1);
        QCOMPARE(counts().processing, 0);
    }

    void theEndOfTheSessionAsksNobody()
    {
        runSlowJob();
        action(u"Quit"_s)->trigger(); // a dialog that is already open
        QTRY_COMPARE(dialogs().size(), 1);
        // What commitDataRequest calls at logout; a QSessionManager cannot be made here.
        m_program->end();
        QTRY_COMPARE(dialogs().size(), 0);
        QVERIFY(window()->findChild<ui::StoppingPage*>());
        verifyHandedBack();
    }

    void withNothingRunningItClosesAtOnce()
    {
        QVERIFY(action(u"Start Engine"_s));
        QTRY_VERIFY(action(u"Start Engine"_s)->isEnabled());
        action(u"Start Engine"_s)->trigger();
        QTest::qWait(200);
        window()->close();
        QTRY_VERIFY_WITH_TIMEOUT(!window()->isVisible(), 5'000);
        QCOMPARE(dialogs().size(), 0);
    }
};

QTEST_MAIN(TestWindowQuit)
#include "tst_window_quit.moc"
