// SPDX-License-Identifier: GPL-3.0-or-later
// The program and its saved connections: which page it starts on, what a connection's rules do in
// the window, and that a database is treated as it is saved however it is opened.
#include "app/queuedeck/program.h"
#include "core/service/profilestore.h"
#include "core/store/jobstore.h"
#include "tests/support/sessions.h"
#include "tests/support/windows.h"
#include "ui/actions/actionset.h"
#include "ui/connections/connectionspage.h"
#include "ui/connections/firstrunpage.h"
#include "ui/mainwindow/band.h"
#include "ui/palette/palettedialog.h"
#include "ui/widgets/dialogband.h"
#include "ui/widgets/namedialog.h"
#include "ui/widgets/theme.h"

#include <QDialog>
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using domain::Environment;
using domain::Safety;
using tests::await;
namespace profilestore = service::profilestore;

class TestWindowConnections : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<app::Program> m_program;

    QString address() const { return u"sqlite:"_s + m_home->filePath(u"jobs.db"_s); }
    static ui::MainWindow* window() { return test::mainWindow(); }
    static QAction* action(const QString& text) { return test::actionNamed(text); }
    static ui::BandInfo band() { return window()->findChild<ui::Band*>()->info(); }
    template <class T>
    static T* child()
    {
        return window() ? window()->findChild<T*>() : nullptr;
    }
    void start(const app::Options& options)
    {
        m_program = std::make_unique<app::Program>(options);
        m_program->start();
        QVERIFY(QTest::qWaitForWindowExposed(window()));
    }
    void save(const QString& name, Environment environment, Safety safety)
    {
        domain::Profile profile{{}, {name, environment, safety}, address()};
        profile.page = u"jobs"_s;
        await(profilestore::add({profile}));
    }

private Q_SLOTS:
    void initTestCase() { ui::Appearance::instance().install(*qApp, ui::ThemeChoice::Light); }
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        qputenv("QUEUEDECK_HOME", QFile::encodeName(m_home->path()));
        qputenv("XDG_CONFIG_HOME", QFile::encodeName(m_home->path()));
        QVERIFY(store::JobStore::initialise(
            db::DatabaseUrl::sqliteFile(m_home->filePath(u"jobs.db"_s))));
    }
    void cleanup() { m_program.reset(); }

    void withoutAnyItIsTheFirstRun()
    {
        start({});
        QVERIFY(child<ui::FirstRunPage>());
        QVERIFY(!QFile::exists(profilestore::file()));
    }

    void savedOnesAreTheStartPageAndEnterOpens()
    {
        save(u"laptop"_s, Environment::Local, Safety::Confirm);
        start({});
        QTRY_VERIFY(child<ui::ConnectionsPage>());
        QTRY_VERIFY(child<QPushButton>());
        auto* const open = window()->findChild<QPushButton*>(u"openConnection"_s);
        QTRY_VERIFY(open->isEnabled());
        open->click();
        QTRY_COMPARE(band().name, u"laptop"_s);
        QTRY_VERIFY(!child<ui::ConnectionsPage>());
        QCOMPARE(window()->currentPage()->key(), u"jobs"_s); // as it is saved
        QTRY_VERIFY(profilestore::read().profiles[0].lastUsed.isValid());
        // Ctrl+O goes there, and Esc back.
        action(u"Connections"_s)->trigger();
        QTRY_VERIFY(child<ui::ConnectionsPage>());
        QTest::keyClick(child<ui::ConnectionsPage>(), Qt::Key_Escape);
        QTRY_VERIFY(!child<ui::ConnectionsPage>());
        QCOMPARE(band().name, u"laptop"_s);
    }

    void productionIsSeenEverywhereAndAsksForItsName()
    {
        save(u"leora-production"_s, Environment::Production, Safety::TypeName);
        app::Options options;
        options.connection = u"Leora-Production"_s; // as typed
        start(options);
        QTRY_COMPARE(band().environment, Environment::Production);
        QCOMPARE(band().level, u"Type the name"_s);
        QVERIFY(window()->windowTitle().startsWith(u"PROD — leora-production"_s));
        // The icon differs from that of any other window.
        QVERIFY(window()->windowIcon().pixmap(32).toImage() !=
                ui::makeIcon(ui::Icon::App).pixmap(32).toImage());
        // A form, whatever it is for, shows where it works.
        action(u"Enqueue…"_s)->trigger();
        QTRY_VERIFY(child<QDialog>());
        QVERIFY(child<QDialog>()->findChild<ui::DialogBand*>());
        child<QDialog>()->close();
        QTRY_VERIFY(!child<QDialog>());
        // An engine does not start before the name is typed.
        QTRY_VERIFY(action(u"Start Engine"_s)->isEnabled());
        action(u"Start Engine"_s)->trigger();
        QTRY_VERIFY(window()->findChild<QLineEdit*>(u"name"_s));
        auto* const go = window()->findChild<QDialog*>()->findChild<QPushButton*>(u"go"_s);
        QVERIFY(!go->isEnabled());
        window()->findChild<QLineEdit*>(u"name"_s)->setText(u"leora-production"_s);
        QVERIFY(go->isEnabled());
        go->click();
        QTRY_VERIFY(action(u"Stop Engine"_s)->isEnabled());
    }

    void readOnlyHoldsHoweverItIsOpened()
    {
        save(u"replica"_s, Environment::Production, Safety::ReadOnly);
        app::Options options;
        options.address = address(); // as a script has it
        start(options);
        QTRY_COMPARE(band().name, u"replica"_s);
        QCOMPARE(band().level, u"Read-only"_s);
        for (const QString& off :
             {u"Start Engine"_s, u"Process Now"_s, u"Enqueue…"_s, u"Clean Up…"_s, u"Undo"_s,
              u"Import…"_s, u"Upload Card…"_s, u"Step One Job…"_s}) {
            QVERIFY2(!action(off)->isEnabled(), qPrintable(off));
            QVERIFY2(action(off)->toolTip().startsWith(u"Read-only"_s),
                     qPrintable(action(off)->toolTip()));
        }
    }

    // What is not saved starts as it always did.
    void anUnsavedDatabaseIsAsBefore()
    {
        app::Options options;
        options.address = address();
        start(options);
        QTRY_COMPARE(band().name, u"jobs.db"_s);
        QCOMPARE(band().environment, Environment::Local);
        QCOMPARE(band().level, u"Confirm"_s);
        QCOMPARE(window()->currentPage()->key(), u"overview"_s);
    }

    void anUnknownNameSaysSo()
    {
        app::Options options;
        options.connection = u"nowhere"_s;
        start(options);
        QTRY_VERIFY(child<ui::ConnectionsPage>());
    }

    void thePaletteOpensAConnection()
    {
        save(u"laptop"_s, Environment::Local, Safety::Confirm);
        start({});
        action(u"Go To…"_s)->trigger();
        QTRY_VERIFY(child<ui::PaletteDialog>());
        auto* const typed = child<ui::PaletteDialog>()->findChild<QLineEdit*>(u"typed"_s);
        typed->setText(u"@lap"_s);
        QTest::keyClick(typed, Qt::Key_Return);
        QTRY_COMPARE(band().name, u"laptop"_s);
    }
};

QTEST_MAIN(TestWindowConnections)
#include "tst_window_connections.moc"
