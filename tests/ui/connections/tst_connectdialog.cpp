// SPDX-License-Identifier: GPL-3.0-or-later
// Looking before opening: nothing is made until a person says so, and what is there is said.
#include "tests/core/store/storefixture.h"
#include "ui/connections/connectdialog.h"
#include "ui/widgets/strip.h"
#include "ui/widgets/theme.h"

#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTest>
#include <QUrl>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::test;
using namespace queuedeck::ui;

class TestConnectDialog : public QObject
{
    Q_OBJECT

    StoreFixture m_fixture;
    std::unique_ptr<ConnectDialog> m_dialog;

    static QString addressOf(const db::DatabaseUrl& url)
    {
        const auto encoded = [](const QString& text) {
            return QString::fromLatin1(QUrl::toPercentEncoding(text));
        };
        return u"postgresql://"_s + encoded(url.user) + u':' + encoded(url.password) + u'@' +
               url.host + u':' + QString::number(url.port) + u'/' + encoded(url.database);
    }
    QPushButton* button(const QString& start) const
    {
        for (QPushButton* each : m_dialog->findChildren<QPushButton*>()) {
            if (each->text().startsWith(start))
                return each;
        }
        return nullptr;
    }
    bool says(const QString& text) const
    {
        for (const QLabel* label : m_dialog->findChildren<QLabel*>()) {
            if (label->isVisible() && label->text().contains(text))
                return true;
        }
        return m_dialog->findChild<Strip*>()->text().contains(text);
    }
    void look(const QString& address)
    {
        m_dialog->lookAt(address);
        QTRY_VERIFY_WITH_TIMEOUT(button(u"Look"_s)->isEnabled(), 30'000);
    }

private Q_SLOTS:
    void initTestCase()
    {
        Look::instance().install(*qApp, ThemeChoice::Light);
        const QString problem = m_fixture.start();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }
    void init()
    {
        m_dialog = std::make_unique<ConnectDialog>();
        m_dialog->show();
    }
    void cleanup() { m_dialog.reset(); }

    void aForeignTableIsOpenedAsAGuestOrGivenTables()
    {
        const db::DatabaseUrl url = m_fixture.freshDatabase(StoreKind::Deployed);
        StoreFixture::sql(*m_fixture.open(url), u"DROP SCHEMA queuedeck CASCADE"_s);
        QSignalSpy wanted(m_dialog.get(), &ConnectDialog::openWanted);
        look(addressOf(url));
        QVERIFY(says(u"Nothing of Queuedeck's was created here"_s));
        QVERIFY(!says(url.password));
        // The choice that changes nothing is the one that is made.
        QCOMPARE(button(u"Open"_s)->text(), u"Open"_s);
        QTest::keyClick(m_dialog.get(), Qt::Key_Return);
        QCOMPARE(wanted.size(), 1);
        QVERIFY(m_fixture.open(url)->shape().isGuest());

        m_dialog = std::make_unique<ConnectDialog>();
        m_dialog->show();
        QSignalSpy again(m_dialog.get(), &ConnectDialog::openWanted);
        look(addressOf(url));
        for (QRadioButton* choice : m_dialog->findChildren<QRadioButton*>()) {
            if (choice->text().startsWith(u"Beside"_s))
                choice->click();
        }
        QVERIFY(button(u"Create"_s));
        QTest::mouseClick(button(u"Create"_s), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(again.size(), 1, 30'000);
        QCOMPARE(m_fixture.open(url)->shape().mode, store::TableShape::Mode::Beside);
    }

    // The queue is there under another name or in another schema: it is chosen, not made anew.
    void aQueueElsewhereIsChosenAndNoSecondOneOffered_data()
    {
        QTest::addColumn<QString>("script");
        QTest::addColumn<QString>("name");
        const QString columns =
            u"(\"id\" text PRIMARY KEY, \"type\" text NOT NULL, \"payload\" jsonb NOT NULL, "
            "\"status\" text NOT NULL, \"attempts\" integer NOT NULL, \"error\" text, "
            "\"createdAt\" timestamp(3) NOT NULL, \"completedAt\" timestamp(3));"_s;
        QTest::newRow("a schema") << u"CREATE SCHEMA app; CREATE TABLE app.\"Job\" "_s + columns
                                  << u"app.Job"_s;
        QTest::newRow("a mapped name") << u"CREATE TABLE jobs "_s + columns << u"public.jobs"_s;
        QTest::newRow("a name of its own")
            << u"CREATE TABLE \"background work\" "_s + columns << u"public.background work"_s;
        QTest::newRow("both") << u"CREATE SCHEMA \"leora app\"; CREATE TABLE \"leora "
                                 "app\".\"queue_item\" "_s +
                                     columns
                              << u"leora app.queue_item"_s;
    }
    void aQueueElsewhereIsChosenAndNoSecondOneOffered()
    {
        QFETCH(QString, script);
        QFETCH(QString, name);
        const db::DatabaseUrl url = m_fixture.emptyDatabase();
        const QString problem = StoreFixture::psql(url, script);
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
        look(addressOf(url));
        QVERIFY(says(name));
        QVERIFY(!button(u"Create"_s));
        QVERIFY(!button(u"Open"_s)->isEnabled());
        QVERIFY(m_dialog->findChildren<QRadioButton*>().isEmpty());
        QPushButton* use = button(u"Use This Table"_s);
        QVERIFY(use);
        QCOMPARE(use->accessibleName(), u"Use "_s + name);
        use->click();
        QTRY_VERIFY_WITH_TIMEOUT(says(u"Nothing of Queuedeck's was created here"_s), 30'000);
        QVERIFY(button(u"Open"_s)->isEnabled());
        QSignalSpy wanted(m_dialog.get(), &ConnectDialog::openWanted);
        button(u"Open"_s)->click();
        QCOMPARE(wanted.size(), 1);
        const auto chosen = db::DatabaseUrl::parse(wanted.first().first().toString());
        QVERIFY(chosen);
        QCOMPARE(chosen->schema + u'.' + chosen->table, name);
        QCOMPARE(chosen->password, url.password);
    }

    void severalQueuesElsewhereAreAllOffered()
    {
        const db::DatabaseUrl url = m_fixture.emptyDatabase();
        for (const char* schema : {"one", "two"})
            QCOMPARE(StoreFixture::psql(url, u"CREATE SCHEMA %1; CREATE TABLE %1.\"Job\" (id text, "
                                             "type text, status text, attempts int);"_s.arg(
                                                 QLatin1String(schema))),
                     QString());
        look(addressOf(url));
        QVERIFY(says(u"one.Job"_s) && says(u"two.Job"_s));
        QVERIFY(!button(u"Create"_s));
    }

    void aQueueElsewhereInAFileIsChosen()
    {
        const db::DatabaseUrl url = m_fixture.emptyFile();
        QCOMPARE(StoreFixture::sqlite(
                     url, u"CREATE TABLE jobs (\"id\" TEXT PRIMARY KEY, \"type\" TEXT NOT NULL, "
                          "\"payload\" TEXT NOT NULL, \"status\" TEXT NOT NULL, \"attempts\" "
                          "INTEGER NOT NULL, \"error\" TEXT, \"createdAt\" TEXT NOT NULL, "
                          "\"completedAt\" TEXT);"_s),
                 QString());
        look(u"sqlite:"_s + url.path);
        QVERIFY(!button(u"Create"_s));
        button(u"Use This Table"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(button(u"Create"_s), 30'000); // our own tables beside it
        QSignalSpy wanted(m_dialog.get(), &ConnectDialog::openWanted);
        button(u"Create"_s)->click();
        QTRY_COMPARE_WITH_TIMEOUT(wanted.size(), 1, 30'000);
        const auto chosen = db::DatabaseUrl::parse(wanted.first().first().toString());
        QVERIFY(chosen);
        QCOMPARE(chosen->table, u"jobs"_s);
        QCOMPARE(m_fixture.open(*chosen)->shape().mode, store::TableShape::Mode::Beside);
    }

    void anEmptyDatabaseOpensOnlyWithTables()
    {
        const db::DatabaseUrl url = m_fixture.emptyDatabase();
        look(addressOf(url));
        QVERIFY(says(u"No table Job"_s));
        QVERIFY(button(u"Create"_s)->isEnabled());
        QVERIFY(!button(u"Open Read-Only"_s)->isVisible());
    }

    void theSqlIsShownBeforeItIsRun()
    {
        look(addressOf(m_fixture.emptyDatabase()));
        QTest::mouseClick(button(u"Show the SQL"_s), Qt::LeftButton);
        const auto* text = m_dialog->findChild<QPlainTextEdit*>();
        QVERIFY(text && text->toPlainText().contains(u"CREATE TABLE queuedeck.lease"_s));
    }

    void whatIsWrongIsSaidAndTheAddressStays()
    {
        db::DatabaseUrl url = m_fixture.emptyDatabase();
        url.password = u"wrong"_s;
        look(addressOf(url));
        QVERIFY(says(u"refused the user or the password"_s));
        QCOMPARE(m_dialog->findChild<QLineEdit*>()->text(), addressOf(url));
        QVERIFY(!button(u"Open"_s)->isVisible());
        look(u"sqlite:/no/such/folder/jobs.db"_s);
        QVERIFY(!says(u"refused"_s));
        QVERIFY(!button(u"Open"_s)->isVisible());
    }

    void whatWasFoundBelongsToItsAddress()
    {
        look(addressOf(m_fixture.freshDatabase(StoreKind::Postgres)));
        QVERIFY(button(u"Open"_s)->isVisible());
        QTest::keyClick(m_dialog->findChild<QLineEdit*>(), Qt::Key_X);
        QVERIFY(!button(u"Open"_s)->isVisible());
        QCOMPARE(button(u"Look"_s)->text(), u"Look"_s);
    }
};

QTEST_MAIN(TestConnectDialog)
#include "tst_connectdialog.moc"
