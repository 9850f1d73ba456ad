// SPDX-License-Identifier: GPL-3.0-or-later
// The real window with alerts: strip, notification on a real daemon, dialog by its action; hidden,
// everything goes on, and the program can still end.
#include "app/queuedeck/program.h"
#include "core/alerts/alertfiles.h"
#include "core/service/home.h"
#include "core/store/jobstore.h"
#include "tests/support/notificationdaemon.h"
#include "tests/support/windows.h"
#include "ui/alerts/alertsdialog.h"
#include "ui/alerts/alertstrip.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace queuedeck;

namespace {
constexpr int kPatience = 60'000;
}

class TestWindowAlerts : public QObject
{
    Q_OBJECT

    test::Keyring m_desktop;
    std::unique_ptr<test::NotificationDaemon> m_daemon;
    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<store::JobStore> m_store;
    std::unique_ptr<app::Program> m_program;

    static ui::MainWindow* window() { return test::mainWindow(); }
    static ui::AlertStrip* strip() { return window()->findChild<ui::AlertStrip*>(); }
    QString address() const { return u"sqlite:"_s + m_home->filePath(u"jobs.db"_s); }

    void start(const alerts::Rules& rules)
    {
        const QString key = service::keyOfAddress(address());
        if (!rules.isEmpty()) {
            alerts::AlertFiles files(service::alertRulesFile(key), service::alertStateFile(key));
            QVERIFY(files.saveRules(rules, {}));
        }
        app::Options options;
        options.address = address();
        m_program = std::make_unique<app::Program>(options);
        m_program->start();
        QVERIFY(QTest::qWaitForWindowExposed(window()));
        QTRY_VERIFY_WITH_TIMEOUT(window()->currentPage(), kPatience);
    }
    void enqueue(int count)
    {
        for (int i = 0; i < count; ++i)
            QVERIFY(m_store->additions.enqueue({{u"report_generation"_s, {}}},
                                               domain::Actor::current()));
    }
    int toldOf(const QString& text) const
    {
        int told = 0;
        for (const QJsonValue& entry : m_daemon->history())
            told += entry[u"body"_s][u"data"_s].toString().contains(text) ? 1 : 0;
        return told;
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_desktop.start(test::Keyring::Kind::None), qPrintable(m_desktop.reason()));
        m_daemon = std::make_unique<test::NotificationDaemon>(m_desktop);
        QVERIFY2(m_daemon->start(), qPrintable(m_daemon->reason()));
        qputenv("DBUS_SESSION_BUS_ADDRESS",
                m_desktop.environment().value(u"DBUS_SESSION_BUS_ADDRESS"_s).toLatin1());
        ui::Appearance::instance().install(*qApp, ui::ThemeChoice::Light);
        QApplication::setQuitOnLastWindowClosed(false); // the tests go on
    }
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        qputenv("QUEUEDECK_HOME", m_home->path().toUtf8());
        qputenv("XDG_CONFIG_HOME", m_home->path().toUtf8());
        m_store = std::move(*store::JobStore::open(
            db::DatabaseUrl::sqliteFile(m_home->filePath(u"jobs.db"_s)), db::OpenMode::Create));
    }
    void cleanup()
    {
        m_program.reset();
        m_store.reset();
        m_daemon->closeAll();
    }

    // With the presets nothing is said on an empty queue, whatever it is looked at for.
    void anEmptyQueueIsQuiet()
    {
        start({});
        QVERIFY(strip());
        QVERIFY(strip()->isHidden());
        QAction* action = test::actionNamed(u"Alerts…"_s);
        QVERIFY(action && action->isEnabled());
        action->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(window()->findChild<ui::AlertsDialog*>(), kPatience);
        action->trigger(); // one dialog, however often
        QCOMPARE(window()->findChildren<ui::AlertsDialog*>().size(), 1);
        window()->findChild<ui::AlertsDialog*>()->close();
        QCOMPARE(m_daemon->displayed(), 0);
    }

    void anAlertIsToldOnceAlsoWhileHidden()
    {
        start({{u"w"_s,
                u"Jobs wait"_s,
                true,
                {},
                {{alerts::Series::Pending, alerts::Test::Above, 2}}}});
        window()->hide();
        enqueue(3);
        QTRY_COMPARE_WITH_TIMEOUT(m_daemon->displayed(), 1, kPatience);
        QVERIFY(!window()->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(!strip()->isHidden(), kPatience);
        QVERIFY2(strip()->text().contains("Jobs wait"_L1), qPrintable(strip()->text()));
        // A click on the notification brings the window back.
        QVERIFY(m_daemon->press());
        QTRY_VERIFY_WITH_TIMEOUT(window()->isVisible(), kPatience);
        // Started again: it is on, and not told a second time.
        m_program.reset();
        m_daemon->closeAll();
        start({});
        QTRY_VERIFY_WITH_TIMEOUT(!strip()->isHidden(), kPatience);
        enqueue(1);
        QTest::qWait(3000); // it goes on being watched
        QCOMPARE(m_daemon->displayed(), 0);
        if (test::NotificationDaemon::hasHistory())
            QCOMPARE(toldOf(u"Jobs wait"_s), 1);
    }

    void aHiddenWindowCanEnd()
    {
        start({});
        window()->hide();
        QSignalSpy quits(qApp, &QCoreApplication::aboutToQuit);
        QTimer::singleShot(0, m_program.get(), [this] { m_program->end(); });
        QTimer patience;
        connect(&patience, &QTimer::timeout, this, [] { qFatal("The program did not end."); });
        patience.start(kPatience);
        QApplication::exec();
        QCOMPARE(quits.count(), 1);
    }
};

QTEST_MAIN(TestWindowAlerts)
#include "tst_window_alerts.moc"
