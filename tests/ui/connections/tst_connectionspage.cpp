// SPDX-License-Identifier: GPL-3.0-or-later
// The page of saved connections over a real file and real databases, by what a person does.
#include "core/service/jobservice.h"
#include "core/service/profileimport.h"
#include "core/service/profilestore.h"
#include "tests/support/sessions.h"
#include "ui/connections/connectionform.h"
#include "ui/connections/connectionsmodel.h"
#include "ui/connections/connectionspage.h"
#include "ui/connections/importconnections.h"
#include "ui/connections/teststepsview.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/label.h"
#include "ui/widgets/strip.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::ui;
using domain::Profile;
using service::SavedConnections;
using tests::await;
namespace profilestore = service::profilestore;

class TestConnectionsPage : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<ConnectionsPage> m_page;

    QString path() const { return m_home->filePath(u"jobs.db"_s); }
    template <class T>
    T* find(const char* name) const
    {
        T* const found = m_page->findChild<T*>(QLatin1StringView(name));
        if (!found)
            qFatal("no %s", name);
        return found;
    }
    DataTable* table() const { return find<DataTable>("connections"); }
    QString cell(int row, int column, int role = Qt::DisplayRole) const
    {
        return table()->model()->index(row, column).data(role).toString();
    }
    void click(const char* name) { QTest::mouseClick(find<QPushButton>(name), Qt::LeftButton); }
    void choose(const QString& words)
    {
        for (auto* choice : m_page->findChildren<QRadioButton*>()) {
            if (choice->text() == words)
                choice->click();
        }
    }
    static Profile saved(int at) { return profilestore::read().profiles.value(at); }
    void open(const QString& offered = {}, const QString& from = {})
    {
        m_page = std::make_unique<ConnectionsPage>(offered, from);
        m_page->resize(1400, 860);
        m_page->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
    }
    static Profile named(const QString& name, const QString& address)
    {
        return {{}, {name}, address};
    }

private Q_SLOTS:
    void initTestCase()
    {
        Appearance::instance().install(*qApp, ThemeChoice::Light);
        qRegisterMetaType<domain::Profile>();
    }
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        qputenv("QUEUEDECK_HOME", QFile::encodeName(m_home->filePath(u"home"_s)));
        const auto session = tests::openAt(path());
        await(session->jobs().enqueue(tests::kReport, tests::kReportPayload, 3));
    }
    void cleanup() { m_page.reset(); }

    void aNewOneIsTestedSavedAndOpened()
    {
        open();
        QTRY_VERIFY(find<EmptyState>("noConnections")->isVisible());
        QVERIFY(!find<QPushButton>("openConnection")->isEnabled());
        click("newConnection");
        QTRY_COMPARE(m_page->focusWidget(), find<QLineEdit>("connectionAddress"));
        QTest::keyClicks(m_page->focusWidget(), u"sqlite:"_s + path());
        click("test");
        auto* const steps = find<TestStepsView>("testSteps");
        const auto titles = [steps] {
            QStringList all;
            for (Label* label : steps->findChildren<Label*>())
                all += label->text();
            return all;
        };
        QTRY_VERIFY2(titles().contains(u"Table Job"_s), qPrintable(titles().join(u'|')));
        choose(u"Production"_s);
        choose(u"Type the name"_s);
        QTest::keyClicks(find<QLineEdit>("connectionName"), u"leora-production"_s);
        QSignalSpy wanted(m_page.get(), &ConnectionsPage::openWanted);
        click("openConnection"); // saves it first
        QTRY_COMPARE(wanted.size(), 1);
        const auto profile = wanted[0][0].value<Profile>();
        QCOMPARE(profile, saved(0));
        QCOMPARE(profile.rules.name, u"leora-production"_s);
        QCOMPARE(profile.rules.environment, domain::Environment::Production);
        QCOMPARE(profile.rules.safety, domain::Safety::TypeName);
        QCOMPARE(wanted[0][2].toBool(), false);
        QTRY_COMPARE(cell(0, ConnectionsModel::Now), u"Answers"_s);
        QCOMPARE(cell(0, ConnectionsModel::Pending), u"3"_s);
        QCOMPARE(cell(0, ConnectionsModel::Table), u"Own"_s);
        QVERIFY(cell(0, 0, Qt::AccessibleTextRole).startsWith(u"PROD, leora-production"_s));
    }

    void aPasswordMovesOutOfTheAddress()
    {
        open();
        click("newConnection");
        auto* const address = find<QLineEdit>("connectionAddress");
        QTest::keyClicks(address, u"postgresql://me:s3cr3t-x@db.example/jobs"_s);
        QTest::keyClick(address, Qt::Key_Tab);
        QTRY_COMPARE(address->text(),
                     u"postgresql://me@db.example/jobs?sslmode=verify-full&sslrootcert=system"_s);
        QCOMPARE(find<QLineEdit>("connectionPassword")->text(), u"s3cr3t-x"_s);
        QCOMPARE(find<QLineEdit>("connectionPassword")->echoMode(), QLineEdit::Password);
        auto* const encryption = find<QComboBox>("encryption");
        QCOMPARE(encryption->currentIndex(), 0); // the full check, for a server elsewhere
        encryption->setCurrentIndex(encryption->count() - 1);
        Q_EMIT encryption->activated(encryption->currentIndex());
        QCOMPARE(address->text(), u"postgresql://me@db.example/jobs?sslmode=disable"_s);
        click("saveConnection");
        QTRY_COMPARE(saved(0).rules.name, u"jobs"_s); // what the database is called
        QFile file(profilestore::file());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("s3cr3t"));
    }

    void removingCanBeUndone()
    {
        await(profilestore::add(
            {named(u"a"_s, u"sqlite:"_s + path()), named(u"b"_s, u"sqlite:/nowhere/b.db"_s)}));
        open();
        QTRY_COMPARE(table()->model()->rowCount(), 2);
        QTRY_COMPARE(find<Label>("connectionTitle")->text(), u"a"_s);
        const Profile before = saved(0);
        click("removeConnection");
        QTRY_COMPARE(table()->model()->rowCount(), 1);
        auto* const strip = find<Strip>("connectionsStrip");
        QTRY_VERIFY(strip->text().contains(u"a was removed"_s));
        QVERIFY(QFile::exists(path())); // the database is untouched
        Q_EMIT strip->pressed();
        QTRY_COMPARE(table()->model()->rowCount(), 2);
        QCOMPARE(*domain::findProfile(profilestore::read().profiles, u"a"_s), before);
    }

    void duplicatesAndRefusesANameTwice()
    {
        await(profilestore::add(
            {named(u"a"_s, u"sqlite:"_s + path()), named(u"b"_s, u"sqlite:"_s + path())}));
        open();
        QTRY_COMPARE(find<Label>("connectionTitle")->text(), u"a"_s);
        auto* const name = find<QLineEdit>("connectionName");
        name->setText(u"B"_s);
        click("saveConnection");
        auto* const strip = find<Strip>("connectionsStrip");
        QTRY_VERIFY2(strip->text().contains(u"B already"_s), qPrintable(strip->text()));
        QCOMPARE(name->text(), u"B"_s); // nothing entered is lost
        QCOMPARE(saved(0).rules.name, u"a"_s);
    }

    void healthIsToldForEach()
    {
        await(profilestore::add({named(u"here"_s, u"sqlite:"_s + path()),
                                 named(u"gone"_s, u"sqlite:/nowhere/b.db"_s),
                                 named(u"shut"_s, u"postgresql://me@127.0.0.1:9/jobs"_s)}));
        open();
        QTRY_COMPARE(table()->model()->rowCount(), 3);
        const QAbstractItemModelTester tester(
            table()->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QTRY_COMPARE(cell(0, ConnectionsModel::Now), u"Answers"_s);
        QTRY_COMPARE(cell(1, ConnectionsModel::Now), u"No answer"_s);
        QTRY_COMPARE(cell(2, ConnectionsModel::Now), u"No answer"_s);
        QCOMPARE(cell(1, ConnectionsModel::Pending), u"–"_s); // not known, and not 0
        find<QLineEdit>("sought")->setText(u"127.0"_s);
        QCOMPARE(table()->model()->rowCount(), 1);
        QCOMPARE(cell(0, 0), u"shut"_s);
    }

    void databaseUrlIsOfferedUntilItIsSaved()
    {
        open(u"sqlite:"_s + path(), u"DATABASE_URL"_s);
        auto* const offer = find<Strip>("offer");
        QTRY_VERIFY(offer->isVisible());
        Q_EMIT offer->pressed();
        QTRY_VERIFY(m_page->findChild<ImportConnections*>());
        auto* const dialog = m_page->findChild<ImportConnections*>();
        QTest::mouseClick(dialog->findChild<QPushButton*>(u"go"_s), Qt::LeftButton);
        QTRY_COMPARE(saved(0).rules.name, u"jobs.db"_s);
        QTRY_VERIFY(!offer->isVisible());
    }

    void aFileThatCannotBeReadIsToldAndKept()
    {
        QDir().mkpath(m_home->filePath(u"home"_s));
        QFile file(profilestore::file());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"version\":1,");
        file.close();
        open();
        auto* const strip = find<Strip>("connectionsStrip");
        QTRY_VERIFY2(strip->text().contains(u"cannot be read"_s), qPrintable(strip->text()));
        QVERIFY(find<QLineEdit>("connectionAddress")->isEnabled());
    }

    void everythingHasANameAndEnterOpens()
    {
        await(profilestore::add({named(u"a"_s, u"sqlite:"_s + path())}));
        open();
        QTRY_COMPARE(find<Label>("connectionTitle")->text(), u"a"_s);
        for (QWidget* widget : m_page->findChildren<QWidget*>()) {
            if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus ||
                widget->objectName().startsWith("qt_"_L1) ||
                qobject_cast<QAbstractScrollArea*>(widget))
                continue;
            const auto* button = qobject_cast<QAbstractButton*>(widget);
            QVERIFY2(!widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()),
                     widget->metaObject()->className());
        }
        QSignalSpy wanted(m_page.get(), &ConnectionsPage::openWanted);
        table()->setFocus();
        QTest::keyClick(table(), Qt::Key_Return);
        QTRY_COMPARE(wanted.size(), 1);
        QSignalSpy left(m_page.get(), &ConnectionsPage::leaveWanted);
        QTest::keyClick(table(), Qt::Key_Escape);
        QCOMPARE(left.size(), 1);
    }
};

QTEST_MAIN(TestConnectionsPage)
#include "tst_connectionspage.moc"
