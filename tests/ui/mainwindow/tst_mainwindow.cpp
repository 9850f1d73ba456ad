// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/actionset.h"
#include "ui/mainwindow/band.h"
#include "ui/mainwindow/livecontrol.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/sidebar.h"
#include "ui/mainwindow/statusstrip.h"
#include "ui/widgets/label.h"
#include "ui/widgets/page.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/windowplace.h"

#include <QApplication>
#include <QDialog>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QScreen>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace queuedeck::ui;
using namespace Qt::StringLiterals;

namespace {

class FakePage : public Page
{
public:
    FakePage(const QString& key, const QString& title)
        : Page(key, title, Icon::Jobs)
        , m_edit(new QLineEdit(this))
        , m_button(new QPushButton(this))
    {
    }
    QWidget* mainWidget() override { return m_edit; }
    QList<QWidget*> regions() override { return {m_edit}; }
    void setShown(bool shown) override { m_isShown = shown; }

    QLineEdit* m_edit;
    QPushButton* m_button;
    bool m_isShown = false;
};

} // namespace

class TestMainWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Appearance::instance().install(*qApp, ThemeChoice::Light); }

    // Even if Tab was never pressed, as after a click.
    void regionsShowTheFocus()
    {
        QTRY_VERIFY(m_window->isActiveWindow());
        const auto unlike = [](const QImage& one, const QImage& other) {
            int pixels = 0;
            for (int y = 0; y < one.height(); ++y) {
                for (int x = 0; x < one.width(); ++x)
                    pixels += one.pixel(x, y) != other.pixel(x, y);
            }
            return pixels;
        };
        for (const char* name : {"pause", "pages"}) {
            auto* region = m_window->findChild<QWidget*>(QLatin1String(name));
            m_jobs->m_edit->setFocus();
            m_overview->m_edit->setFocus(Qt::MouseFocusReason);
            m_window->setAttribute(Qt::WA_KeyboardFocusChange, false);
            const QImage before = region->grab().toImage();
            for (int i = 0; i < 4 && QApplication::focusWidget() != region; ++i)
                QTest::keyClick(m_window.get(), Qt::Key_F6);
            QCOMPARE(QApplication::focusWidget(), region);
            const QImage after = region->grab().toImage();
            QVERIFY2(unlike(before, after) > 60, name);
        }
    }

    // However a control disappears while it has the focus.
    void focusNeverRunsAway_data()
    {
        QTest::addColumn<QString>("how");
        for (const char* how : {"disabled", "hidden", "parent hidden", "behind a dialog"})
            QTest::newRow(how) << QString::fromLatin1(how);
    }
    void focusNeverRunsAway()
    {
        QFETCH(QString, how);
        QTRY_VERIFY(m_window->isActiveWindow());
        m_window->showPage(u"jobs"_s);
        auto* around = new QWidget(m_jobs);
        auto* inner = new QPushButton(around);
        around->show();
        QWidget* gone = how == "parent hidden"_L1 ? inner : m_jobs->m_button;
        gone->setFocus();
        QTRY_COMPARE(QApplication::focusWidget(), gone);
        if (how == "disabled"_L1)
            gone->setEnabled(false);
        else if (how == "hidden"_L1)
            gone->hide();
        else if (how == "parent hidden"_L1)
            around->hide();
        else {
            QDialog dialog(m_window.get());
            dialog.open();
            QTRY_VERIFY(dialog.isActiveWindow());
            gone->setEnabled(false);
            dialog.close();
            m_window->activateWindow();
        }
        QTRY_COMPARE(QApplication::focusWidget(), m_jobs->m_edit);
    }

    void init()
    {
        m_actions = std::make_unique<ActionSet>();
        m_window = std::make_unique<MainWindow>(*m_actions);
        m_overview = new FakePage(u"overview"_s, u"Overview"_s);
        m_jobs = new FakePage(u"jobs"_s, u"Jobs"_s);
        m_window->addPage(m_overview);
        m_window->addPage(m_jobs);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
        m_window->activateWindow();
    }

    void fitsTheScreenAtFirst()
    {
        const QSize room = m_window->screen()->availableSize();
        QVERIFY2(room.width() < 1440 || room.height() < 900, "no screen to prove it on");
        QTRY_VERIFY(m_window->frameGeometry().height() <= room.height()); // the frame counts too
        QVERIFY(m_window->height() > room.height() - 60);
    }

    void theFrameIsCountedToo_data()
    {
        QTest::addColumn<QRect>("wanted");
        QTest::addColumn<QRect>("available");
        QTest::addColumn<QRect>("placed");
        QTest::newRow("room enough")
            << QRect(100, 100, 1440, 900) << QRect(0, 0, 1920, 1080) << QRect(100, 100, 1440, 900);
        QTest::newRow("the screen's own size")
            << QRect(0, 0, 1440, 900) << QRect(0, 0, 1440, 900) << QRect(4, 30, 1432, 866);
        QTest::newRow("below a bar")
            << QRect(0, 0, 1440, 868) << QRect(0, 32, 1440, 868) << QRect(4, 62, 1432, 834);
        QTest::newRow("hangs out at the foot")
            << QRect(100, 300, 1200, 800) << QRect(0, 0, 1920, 1080) << QRect(100, 276, 1200, 800);
        QTest::newRow("second screen") << QRect(1900, -20, 1000, 700) << QRect(1920, 0, 1024, 768)
                                       << QRect(1924, 30, 1000, 700);
    }
    void theFrameIsCountedToo()
    {
        QFETCH(QRect, wanted);
        QFETCH(QRect, available);
        QTEST(placedWithin(wanted, available, QMargins(4, 30, 4, 4)), "placed");
    }

    // Also one that got its size before it was shown.
    void aDialogStaysOnTheScreen()
    {
        QDialog dialog;
        stayOnScreen(dialog);
        dialog.resize(5'000, 4'000);
        dialog.show();
        const QRect screen = dialog.screen()->availableGeometry();
        QTRY_VERIFY(screen.contains(dialog.frameGeometry()));
        dialog.resize(6'000, 300);
        QTRY_VERIFY(screen.contains(dialog.frameGeometry()));
        QCOMPARE(dialog.height(), 300);
    }

    void cleanup()
    {
        m_window.reset();
        m_actions.reset();
    }

    void pagesByKeyAndTitle()
    {
        m_window->setBand({Environment::Production, u"leora-production"_s, {}, {}, {}});
        QCOMPARE(m_window->currentPage(), m_overview);
        m_actions->action(ActionId::PageJobs)->trigger();
        QCOMPARE(m_window->currentPage(), m_jobs);
        QVERIFY(m_jobs->m_isShown);
        QVERIFY(!m_overview->m_isShown);
        QCOMPARE(m_window->windowTitle(), u"PROD — leora-production — Jobs — Queuedeck"_s);
        m_window->setBand({Environment::Local, u"laptop"_s, {}, {}, {}});
        QCOMPARE(m_window->windowTitle(), u"laptop — Jobs — Queuedeck"_s);
    }

    void aBodyCoversPagesAndGoes()
    {
        auto* body = new FakePage(u"connect"_s, u"Connections"_s);
        m_window->showBody(body);
        QVERIFY(body->isVisible());
        QVERIFY(!m_window->findChild<Band*>()->isVisible());
        QVERIFY(!m_overview->m_isShown);
        QCOMPARE(m_window->windowTitle(), u"Connections — Queuedeck"_s);
        m_window->showBody(nullptr);
        QVERIFY(m_window->findChild<Band*>()->isVisible());
        QVERIFY(m_overview->m_isShown);
    }

    void aNarrowWindowHasARail()
    {
        auto* sidebar = m_window->findChild<Sidebar*>();
        m_window->resize(px(1300), px(800));
        QTRY_VERIFY(!sidebar->isRail());
        m_window->resize(px(1100), px(800));
        QTRY_VERIFY(sidebar->isRail());
        m_window->resize(px(1300), px(800));
        QTRY_VERIFY(!sidebar->isRail());
        m_actions->action(ActionId::Sidebar)->trigger();
        QVERIFY(sidebar->isRail());
    }

    void liveControlTellsTheAge()
    {
        auto* live = m_window->findChild<LiveControl*>();
        const QDateTime now = QDateTime::currentDateTimeUtc();
        m_window->setLive({false, std::chrono::seconds(5), now, u"The database is busy."_s});
        live->setNow(now.addSecs(2));
        QCOMPARE(live->text(), u"Live, every 5 s  •  2 s old"_s);
        QVERIFY(!live->isStale(now.addSecs(15)));
        live->setNow(now.addSecs(16));
        QVERIFY(live->isStale(now.addSecs(16)));
        QVERIFY(live->text().endsWith(u"stale"_s));
        QCOMPARE(live->findChild<QToolButton*>(u"age"_s)->toolTip(), u"The database is busy."_s);

        QSignalSpy paused(m_window.get(), &MainWindow::pauseToggled);
        QTest::mouseClick(live->focusTarget(), Qt::LeftButton);
        QCOMPARE(paused.last().first().toBool(), true);
        m_window->setLive({true, std::chrono::seconds(5), now, {}});
        live->setNow(now.addSecs(240));
        QCOMPARE(live->text(), u"Paused  4 min old"_s);
        QVERIFY(m_actions->action(ActionId::PauseLive)->isChecked());
    }

    void theBandDescribesItself()
    {
        m_window->setBand(
            {Environment::Staging, u"leora-staging"_s, u"PostgreSQL 15"_s, u"own"_s, u"Confirm"_s});
        QCOMPARE(m_window->findChild<Band*>()->accessibleDescription(),
                 u"STAGING, leora-staging, PostgreSQL 15 · own, Confirm"_s);
    }

    // The text changes with each refresh; the bar must not be blank until the next turn of the
    // event loop.
    void newWordsInTheStatusBarAreThereAtOnce()
    {
        StatusStrip strip;
        strip.setTexts({u"200 match"_s, u"3 ms"_s});
        strip.show();
        const auto visible = [&strip] {
            QStringList texts;
            for (const Label* label : strip.findChildren<Label*>()) {
                if (label->isVisible())
                    texts += label->text();
            }
            texts.sort();
            return texts;
        };
        QCOMPARE(visible(), QStringList({u"200"_s, u"3 ms"_s, u"match"_s}));
        strip.setTexts({u"201 match"_s, u"4 ms"_s});
        QCOMPARE(visible(), QStringList({u"201"_s, u"4 ms"_s, u"match"_s}));
        strip.setTexts({u"Local engine not running"_s});
        QCOMPARE(visible(), QStringList({u"Local engine not running"_s}));
        strip.setTexts({u"≈ 4,900,000 match"_s, u"2 selected"_s, u"5 ms"_s});
        QCOMPARE(visible(),
                 QStringList({u"2 selected"_s, u"5 ms"_s, u"match"_s, u"≈ 4,900,000"_s}));
    }

    void f6GoesRound()
    {
        m_overview->m_edit->setFocus();
        QTRY_VERIFY(m_overview->m_edit->hasFocus());
        QTest::keyClick(m_window.get(), Qt::Key_F6);
        auto* const pause = m_window->findChild<LiveControl*>()->focusTarget();
        QTRY_VERIFY(pause->hasFocus());
        QTest::keyClick(m_window.get(), Qt::Key_F6, Qt::ShiftModifier);
        QTRY_VERIFY(m_overview->m_edit->hasFocus());
    }

    void everyActionIsInAMenu()
    {
        QSet<QAction*> inMenus;
        const QList<QMenu*> menus = m_window->menuBar()->findChildren<QMenu*>();
        for (const QMenu* menu : menus)
            for (QAction* action : menu->actions())
                inMenus.insert(action);
        for (const ActionInfo& info : actionTable())
            QVERIFY2(inMenus.contains(m_actions->action(info.id)), info.text);
    }

private:
    std::unique_ptr<ActionSet> m_actions;
    std::unique_ptr<MainWindow> m_window;
    FakePage* m_overview = nullptr;
    FakePage* m_jobs = nullptr;
};

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
