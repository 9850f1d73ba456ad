// SPDX-License-Identifier: GPL-3.0-or-later
// What was chosen in one run is restored in the next.
#include "ui/actions/actionset.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/mainwindow/windowmemory.h"
#include "ui/widgets/settings.h"
#include "ui/widgets/theme.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck::ui;

class TestWindowMemory : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    std::unique_ptr<ActionSet> m_actions;
    std::unique_ptr<MainWindow> m_window;

    /// As if the program had been restarted.
    void start()
    {
        m_window.reset();
        setTimeZone(TimeZone::Utc);
        Appearance::instance().choose(ThemeChoice::System);
        WindowMemory::applyToProgram();
        m_actions = std::make_unique<ActionSet>();
        m_window = std::make_unique<MainWindow>(*m_actions);
        new WindowMemory(*m_window, *m_actions);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }

private Q_SLOTS:
    void initTestCase()
    {
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder.path());
        QCoreApplication::setOrganizationName(u"Queuedeck"_s);
        QCoreApplication::setApplicationName(u"memory"_s);
        Appearance::instance().install(*qApp);
    }
    void init()
    {
        QSettings().clear();
        start();
    }

    void everyAppearanceIsRemembered()
    {
        for (const auto& [id, choice] :
             {std::pair{ActionId::ThemeDark, ThemeChoice::Dark},
              std::pair{ActionId::ThemeContrast, ThemeChoice::HighContrast},
              std::pair{ActionId::ThemeLight, ThemeChoice::Light},
              std::pair{ActionId::ThemeSystem, ThemeChoice::System}}) {
            m_actions->action(id)->trigger();
            start();
            QCOMPARE(Appearance::instance().choice(), choice);
            QVERIFY(m_actions->action(id)->isChecked());
        }
    }

    void theTimesAreRemembered()
    {
        m_actions->action(ActionId::TimesLocal)->trigger();
        start();
        QCOMPARE(timeZone(), TimeZone::Local);
        QVERIFY(m_actions->action(ActionId::TimesLocal)->isChecked());
        m_actions->action(ActionId::TimesUtc)->trigger();
        start();
        QCOMPARE(timeZone(), TimeZone::Utc);
    }

    void theSidebarIsRemembered()
    {
        m_actions->action(ActionId::Sidebar)->trigger();
        start();
        QVERIFY(!m_actions->action(ActionId::Sidebar)->isChecked());
        m_actions->action(ActionId::Sidebar)->trigger();
        start();
        QVERIFY(m_actions->action(ActionId::Sidebar)->isChecked());
    }

    void placeAndSizeAreRemembered()
    {
        const QSize least = m_window->minimumSize();
        for (const QSize more : {QSize(0, 0), QSize(0, 30), QSize(0, 90)}) {
            m_window->resize(least + more);
            QTest::qWait(700); // at first the window positions itself
            m_window->close();
            start();
            QTest::qWait(700);
            QCOMPARE(m_window->size(), least + more);
        }
        QTest::qWait(1200);
        m_window->resize(least + QSize(0, 10)); // and when it is never closed
        QTRY_VERIFY_WITH_TIMEOUT(settings::window().read() == m_window->saveGeometry(), 5'000);
    }

    void aStrangeFileIsNoHarm()
    {
        for (const QVariant& strange :
             {QVariant(u"no geometry"_s), QVariant(QStringList{u"a"_s, u"b"_s}), QVariant(-7)}) {
            for (const QString& key : {u"window/geometry"_s, u"window/appearance"_s,
                                       u"window/localTimes"_s, u"window/wholeSidebar"_s})
                QSettings().setValue(key, strange);
            start();
            QVERIFY(m_window->isVisible());
            QCOMPARE(Appearance::instance().choice(), ThemeChoice::System);
        }
    }
};

QTEST_MAIN(TestWindowMemory)
#include "tst_windowmemory.moc"
