// SPDX-License-Identifier: GPL-3.0-or-later
// The real window on a server that goes away and comes back, and on another application's table:
// every page reports the state, and what cannot be done is off with its reason.
#include "app/queuedeck/program.h"
#include "tests/support/pgcluster.h"
#include "tests/support/windows.h"
#include "ui/actions/actionset.h"
#include "ui/connections/connectdialog.h"
#include "ui/mainwindow/mainwindow.h"
#include "ui/notice/outagestrip.h"
#include "ui/overview/overviewpage.h"
#include "ui/overview/typesmodel.h"
#include "ui/widgets/card.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/theme.h"

#include <QAction>
#include <QApplication>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

using namespace Qt::StringLiterals;
using namespace queuedeck;

class TestWindowOutage : public QObject
{
    Q_OBJECT

    test::PgCluster m_cluster;
    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<app::Program> m_program;

    static ui::MainWindow* window() { return test::mainWindow(); }
    static QAction* action(const QString& text) { return test::actionNamed(text); }
    static ui::OutageStrip* outage() { return window()->findChild<ui::OutageStrip*>(); }
    static ui::FigureCard* card(const QString& title)
    {
        for (auto* each : window()->findChildren<ui::FigureCard*>()) {
            if (each->accessibleName().contains(title))
                return each;
        }
        return nullptr;
    }

    // The web application's table, made by its own migration.
    QString makeTable()
    {
        const db::DatabaseUrl url = m_cluster.freshDatabase();
        {
            QSqlDatabase database = QSqlDatabase::addDatabase(u"QPSQL"_s, u"application"_s);
            database.setHostName(url.host);
            database.setPort(url.port);
            database.setDatabaseName(url.database);
            database.setUserName(url.user);
            database.setPassword(url.password);
            if (!database.open())
                qFatal("%s", qPrintable(database.lastError().text()));
            for (const char* statement :
                 {"CREATE TABLE \"Job\" (\"id\" uuid PRIMARY KEY, \"type\" text NOT NULL, "
                  "\"payload\" jsonb NOT NULL, \"status\" text NOT NULL, \"attempts\" int, "
                  "\"error\" text, \"createdAt\" timestamp(3) NOT NULL DEFAULT now(), "
                  "\"completedAt\" timestamp(3))",
                  "INSERT INTO \"Job\" SELECT gen_random_uuid(), 'customer_enrichment', '{}', "
                  "(ARRAY['pending', 'failed', 'completed', 'PENDING'])[1 + n % 4], 1, NULL, "
                  "now(), "
                  "CASE WHEN n % 4 = 2 THEN now() END FROM generate_series(1, 40) n"}) {
                QSqlQuery query(database);
                if (!query.exec(QString::fromLatin1(statement)))
                    qFatal("%s", qPrintable(query.lastError().text()));
            }
        }
        QSqlDatabase::removeDatabase(u"application"_s);
        const auto encoded = [](const QString& text) {
            return QString::fromLatin1(QUrl::toPercentEncoding(text));
        };
        return u"postgresql://"_s + encoded(url.user) + u':' + encoded(url.password) + u'@' +
               url.host + u':' + QString::number(url.port) + u'/' + encoded(url.database);
    }

    void openWindow(const QString& address)
    {
        app::Options options;
        options.address = address;
        options.page = u"overview"_s;
        m_program = std::make_unique<app::Program>(options);
        m_program->start();
        QVERIFY(QTest::qWaitForWindowExposed(window()));
        QTRY_VERIFY_WITH_TIMEOUT(window()->currentPage(), 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(card(u"Pending"_s)->accessibleName().contains(u"10"_s), 30'000);
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_cluster.start(), qPrintable(m_cluster.error()));
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere");
        ui::Appearance::instance().install(*qApp, ui::ThemeChoice::Light);
    }
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        qputenv("QUEUEDECK_HOME", m_home->path().toUtf8());
        qputenv("XDG_CONFIG_HOME", m_home->path().toUtf8());
        openWindow(makeTable());
    }
    void cleanup()
    {
        m_program.reset();
        m_home.reset();
    }

    void everyPageSaysThatTheDatabaseIsGone()
    {
        const QStringList changing{u"Start Engine"_s, u"Process Now"_s, u"Clean Up…"_s,
                                   u"Enqueue…"_s};
        for (const QString& name : changing)
            QVERIFY2(action(name)->isEnabled(), qPrintable(name));
        QVERIFY(outage() && !outage()->isVisible());
        m_cluster.crash();
        QTRY_VERIFY_WITH_TIMEOUT(outage()->isVisible(), 30'000);
        for (const QString& page : {u"overview"_s, u"jobs"_s, u"scans"_s, u"engine"_s}) {
            window()->showPage(page);
            QVERIFY2(outage()->isVisible(), qPrintable(page));
            QVERIFY(outage()->text().contains(u"No answer since 20"_s));
            int strips = 0; // one reports it, and no other repeats it
            for (const auto* strip : window()->findChildren<ui::Strip*>())
                strips += strip->isVisible() && strip->text().contains(u"does not answer"_s);
            QCOMPARE(strips, 1);
        }
        QTRY_VERIFY_WITH_TIMEOUT(outage()->text().contains(u"Next try in "_s) ||
                                     outage()->text().contains(u"Trying again now"_s),
                                 5'000);
        for (const QString& name : changing) {
            QVERIFY2(!action(name)->isEnabled(), qPrintable(name));
            QVERIFY2(action(name)->toolTip().contains(u"Not connected"_s), qPrintable(name));
        }
        QVERIFY2(m_cluster.startAgain(), qPrintable(m_cluster.error()));
        for (QPushButton* button : outage()->findChildren<QPushButton*>()) {
            if (button->text() == "Try Now"_L1)
                button->click();
        }
        QTRY_VERIFY_WITH_TIMEOUT(!outage()->isVisible(), 30'000);
        for (const QString& name : changing)
            QVERIFY2(action(name)->isEnabled(), qPrintable(name));
    }

    void aGuestIsToldWhatIsNotKnownAndWhatIsOff()
    {
        QTRY_VERIFY(card(u"Failed, last hour"_s)->accessibleName().contains(u"–"_s));
        QCOMPARE(card(u"Failed, last hour"_s)->accessibleDescription(), u"not known to a guest"_s);
        for (const QString& name : {u"Run Next"_s, u"Undo"_s}) {
            QVERIFY2(!action(name)->isEnabled(), qPrintable(name));
            QVERIFY2(action(name)->toolTip().contains(u"Not for a guest"_s),
                     qPrintable(action(name)->toolTip()));
        }
        auto* page = window()->findChild<ui::OverviewPage*>();
        QSignalSpy wanted(page, &ui::OverviewPage::jobsWanted);
        card(u"Completed, last hour"_s)->click();
        QVERIFY(wanted.last()[0].toString().startsWith(u"status:completed finished:20"_s));
        card(u"Failed, last hour"_s)->click();
        QCOMPARE(wanted.last()[0].toString(), u"status:failed"_s);
        // Rows of unknown status are counted if there are any.
        auto* types = page->findChild<ui::TypesModel*>();
        QCOMPARE(types->index(0, ui::TypesModel::Other).data().toString(), u"10"_s);
        for (const auto* table : page->findChildren<ui::DataTable*>()) {
            if (table->model() == types)
                QVERIFY(!table->isColumnHidden(ui::TypesModel::Other));
        }
    }

    void createTablesOpensWithThatChosen()
    {
        auto* page = window()->findChild<ui::OverviewPage*>();
        Q_EMIT page->tablesWanted();
        QTRY_VERIFY(window()->findChild<ui::ConnectDialog*>());
        const auto* dialog = window()->findChild<ui::ConnectDialog*>();
        QTRY_VERIFY_WITH_TIMEOUT(dialog->findChildren<QRadioButton*>().size() == 2, 30'000);
        for (const auto* choice : dialog->findChildren<QRadioButton*>())
            QCOMPARE(choice->isChecked(), choice->text().startsWith(u"Beside"_s));
    }
};

QTEST_MAIN(TestWindowOutage)
#include "tst_window_outage.moc"
