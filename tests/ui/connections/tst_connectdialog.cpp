// SPDX-License-Identifier: GPL-3.0-or-later
// Inspecting before opening: nothing is created until the user says so, and what exists is
// reported.
#include "tests/core/store/storefixture.h"
#include "ui/connections/connectdialog.h"
#include "ui/widgets/strip.h"
#include "ui/widgets/theme.h"

#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QScreen>
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
    QLineEdit* field(const QString& name) const
    {
        for (QLineEdit* each : m_dialog->findChildren<QLineEdit*>()) {
            if (each->accessibleName() == name)
                return each;
        }
        return nullptr;
    }
    // QTest::keyClicks supports only ASCII.
    void type(const QString& text) const
    {
        addressField()->setFocus();
        for (const QChar c : text) {
            QKeyEvent key(QEvent::KeyPress, 0, Qt::NoModifier, c);
            QCoreApplication::sendEvent(addressField(), &key);
        }
    }
    QLineEdit* addressField() const { return field(u"Address"_s); }
    QLineEdit* passwordField() const { return field(u"Password"_s); }
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
        m_dialog->surveyAt(address);
        QTRY_VERIFY_WITH_TIMEOUT(button(u"Look"_s)->isEnabled(), 30'000);
    }

private Q_SLOTS:
    void initTestCase()
    {
        Appearance::instance().install(*qApp, ThemeChoice::Light);
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
        // The choice that changes nothing is the default.
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
        QCOMPARE(m_fixture.open(url)->shape().mode, domain::QueueMode::Beside);
    }

    // What was found needs room: the dialog grows downwards, wherever it stood.
    void aDialogThatGrowsStaysOnTheScreen()
    {
        const QRect screen = m_dialog->screen()->availableGeometry();
        m_dialog->move(screen.left(), screen.bottom() - m_dialog->height());
        const int before = m_dialog->height();
        look(addressOf(m_fixture.freshDatabase(StoreKind::Deployed)));
        QVERIFY(m_dialog->height() > before);
        QTRY_VERIFY(screen.contains(m_dialog->frameGeometry()));
    }

    // The queue exists under another name or in another schema: it is used instead of creating a
    // new one.
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
        QCOMPARE(m_fixture.open(*chosen)->shape().mode, domain::QueueMode::Beside);
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
        QCOMPARE(addressField()->text(), addressOf(url).remove(u":wrong"_s));
        QCOMPARE(passwordField()->text(), u"wrong"_s);
        QVERIFY(!says(u"not allowed"_s));
        QVERIFY(!button(u"Open"_s)->isVisible());
        look(u"sqlite:/no/such/folder/jobs.db"_s);
        QVERIFY(!says(u"refused"_s));
        QVERIFY(!button(u"Open"_s)->isVisible());
    }

    void aPasswordIsNeverShown_data()
    {
        QTest::addColumn<QString>("way");
        for (const char* way : {"open connection", "pasted", "typed", "typed, then left"})
            QTest::newRow(way) << QString::fromLatin1(way);
    }
    void aPasswordIsNeverShown()
    {
        QFETCH(QString, way);
        const db::DatabaseUrl url = m_fixture.freshDatabase(StoreKind::Postgres);
        const QString whole = addressOf(url);
        m_dialog->activateWindow();
        QTRY_VERIFY(m_dialog->isActiveWindow());
        if (way == "open connection"_L1) {
            m_dialog->surveyAt(whole);
        } else if (way == "pasted"_L1) {
            QGuiApplication::clipboard()->setText(whole);
            addressField()->setFocus();
            addressField()->paste();
        } else if (way == "typed"_L1) {
            type(whole);
        } else {
            QString secret = url.password;
            secret.replace(u'\\', u"\\\\"_s).replace(u'\'', u"\\'"_s);
            type(u"host=%1 port=%2 dbname='%3' user='%4' password='"_s.arg(
                     url.host, QString::number(url.port), url.database, url.user) +
                 secret + u'\'');
            QTest::keyClick(addressField(), Qt::Key_Tab);
        }
        QCOMPARE(passwordField()->echoMode(), QLineEdit::Password);
        QCOMPARE(passwordField()->text(), url.password);
        QVERIFY(!addressField()->text().contains(url.password));
        addressField()->undo();
        QVERIFY(!addressField()->text().contains(url.password));
        addressField()->redo();
        QTRY_VERIFY_WITH_TIMEOUT(button(u"Look"_s)->isEnabled(), 30'000);
        button(u"Look"_s)->click();
        QTRY_VERIFY_WITH_TIMEOUT(button(u"Open"_s)->isEnabled(), 30'000);
        QVERIFY(!says(url.password));
        QSignalSpy wanted(m_dialog.get(), &ConnectDialog::openWanted);
        button(u"Open"_s)->click();
        const auto chosen = db::DatabaseUrl::parse(wanted.first().first().toString());
        QVERIFY(chosen);
        QCOMPARE(chosen->password, url.password);
    }

    // All of the dialog's text is visible, however long an error is.
    void nothingIsClipped()
    {
        const QString long0 =
            u"The database postgresql://me@db.example:5432/jobs refused the user or "
            "the password. Check both (the database said: "_s +
            u"no pg_hba.conf entry for host, "_s.repeated(12) + u")."_s;
        for (const QString& text : {long0, u"Short."_s, long0 + long0}) {
            m_dialog->showError(text);
            QTRY_VERIFY(m_dialog->findChild<Strip*>()->isVisible());
            QTest::qWait(50);
            for (const QLabel* label : m_dialog->findChildren<QLabel*>()) {
                if (!label->isVisible() || label->text().isEmpty())
                    continue;
                const int needed = label->wordWrap() ? label->heightForWidth(label->width())
                                                     : label->sizeHint().height();
                QVERIFY2(label->height() >= needed &&
                             (label->wordWrap() || label->width() >= label->sizeHint().width()),
                         qPrintable(label->text()));
                QVERIFY(m_dialog->rect().contains(
                    QRect(label->mapTo(m_dialog.get(), QPoint()), label->size())));
            }
        }
    }

    void whatWasFoundBelongsToItsAddress()
    {
        look(addressOf(m_fixture.freshDatabase(StoreKind::Postgres)));
        QVERIFY(button(u"Open"_s)->isVisible());
        QTest::keyClick(addressField(), Qt::Key_X);
        QVERIFY(!button(u"Open"_s)->isVisible());
        QCOMPARE(button(u"Look"_s)->text(), u"Look"_s);
    }
};

QTEST_MAIN(TestConnectDialog)
#include "tst_connectdialog.moc"
