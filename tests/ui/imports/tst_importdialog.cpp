// SPDX-License-Identifier: GPL-3.0-or-later
// The import dialog over a real PostgreSQL with the application's tables.
#include "core/service/importservice.h"
#include "core/service/jobservice.h"
#include "tests/core/store/storefixture.h"
#include "tests/support/apptables.h"
#include "tests/support/sessions.h"
#include "ui/imports/importcolumns.h"
#include "ui/imports/importdialog.h"
#include "ui/imports/importpreviewmodel.h"
#include "ui/imports/importpreviewpanel.h"
#include "ui/widgets/label.h"
#include "ui/widgets/linestable.h"
#include "ui/widgets/strip.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QElapsedTimer>
#include <QFile>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QUrl>

#include <atomic>
#include <thread>

using namespace queuedeck;
using namespace queuedeck::ui;
using namespace Qt::StringLiterals;

class TestImportDialog : public QObject
{
    Q_OBJECT

    test::StoreFixture m_fixture;
    db::DatabaseUrl m_url;
    std::unique_ptr<store::JobStore> m_store;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::shared_ptr<service::Session> m_session;
    std::unique_ptr<ImportDialog> m_dialog;

    QString write(const QString& name, const QByteArray& bytes)
    {
        const QString path = m_dir->filePath(name);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write");
        return path;
    }
    template <class Widget>
    Widget* find(const char* name) const
    {
        auto* found = m_dialog->findChild<Widget*>(QString::fromLatin1(name));
        if (!found)
            qFatal("There is no %s.", name);
        return found;
    }
    QString goText() const { return find<QPushButton>("go")->text(); }
    QStringList outcome() const
    {
        QStringList lines;
        for (const Line& line : find<LinesTable>("outcome")->model().lines())
            lines += line[0].text.trimmed() + u": "_s + line[1].text;
        return lines;
    }
    void open(const QString& path)
    {
        m_dialog =
            std::make_unique<ImportDialog>(*m_session, Environment::Local, u"test"_s, nullptr);
        m_dialog->setAttribute(Qt::WA_DeleteOnClose, false);
        m_dialog->open();
        if (!path.isEmpty())
            m_dialog->setFile(path);
    }
    QString one(const QString& query)
    {
        return test::StoreFixture::sql(*m_store, query)[0].text(0);
    }

private Q_SLOTS:
    void initTestCase()
    {
        Appearance::instance().install(*qApp, ThemeChoice::Light);
        const QString error = m_fixture.start();
        QVERIFY2(error.isEmpty(), qPrintable(error));
    }

    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        qputenv("QUEUEDECK_HOME", m_dir->path().toUtf8());
        qputenv("XDG_CONFIG_HOME", m_dir->path().toUtf8());
        QSettings().clear();
        m_url = m_fixture.freshDatabase(test::StoreKind::Postgres);
        QCOMPARE(test::StoreFixture::psql(m_url, test::appTables()), QString());
        m_store = m_fixture.open(m_url);
        const auto encoded = [](const QString& text) {
            return QString::fromLatin1(QUrl::toPercentEncoding(text));
        };
        m_session = tests::openSession({u"postgresql://%1:%2@%3:%4/%5"_s.arg(
            encoded(m_url.user), encoded(m_url.password), m_url.host, QString::number(m_url.port),
            m_url.database)});
    }
    void cleanup()
    {
        m_dialog.reset();
        m_session.reset();
    }

    void showsWhatHappensThenAddsTheJob();
    void aChangedChoiceMustBeTriedOutAgain();
    void saysWhatIsWrongWithAFile_data();
    void saysWhatIsWrongWithAFile();
    void remembersAMapping();
    void isCompleteByKeyboard();
    void neverKeepsTheWindowWaiting();
};

void TestImportDialog::showsWhatHappensThenAddsTheJob()
{
    test::StoreFixture::psql(
        m_url, u"INSERT INTO \"Customer\" (\"id\", \"tenantId\", \"name\", \"externalId\", "
               "\"updatedAt\") VALUES (gen_random_uuid(), '%1', 'Old name', '10443', now())"_s.arg(
                   test::kTenant));
    open(write(u"kunden.csv"_s, "Kundennr;Firma;E-Mail;PLZ;Notiz\n"
                                "10442;Weinhaus Nord;info@nord.example;01067;a\n"
                                "10443;Odell;orders@odell.example;20457;b\n"
                                "10444;Caf\xE9;almendra(at)cafe.example;28013;\n"
                                "10445;Blue Heron;;9701;\n"
                                "10443;Odell and Sons;;20457;\n"
                                "10447;;;97201;\n"));
    QAbstractItemModelTester tester(m_dialog->findChild<ImportPreviewModel*>(),
                                    QAbstractItemModelTester::FailureReportingMode::QtTest);
    QTRY_COMPARE(goText(), u"Import 3 Customers"_s);
    QCOMPARE(outcome(),
             QStringList({u"new: 2"_s, u"updated, found by externalId: 1"_s, u"lines rejected: 3"_s,
                          u"email: not an email address: 1"_s, u"name is empty: 1"_s,
                          u"twice in the file: 1"_s, u"Lines with data: 6"_s}));
    QCOMPARE(one(u"SELECT count(*) FROM \"Customer\""_s), u"1"_s);
    QCOMPARE(find<Label>("used")->text(), u"4 of 5 are used"_s);
    const auto* preview = m_dialog->findChild<ImportPreviewModel*>();
    const auto text = [preview](int row, int column, int role = Qt::DisplayRole) {
        return preview->index(row, column).data(role).toString();
    };
    QCOMPARE(preview->rowCount(), 6);
    QCOMPARE(text(0, 1), u"new"_s);
    QCOMPARE(text(1, 1), u"update"_s);
    QCOMPARE(text(2, 1), u"rejected"_s);
    QCOMPARE(text(2, 4, ImportPreviewModel::Problem), u"not an email address"_s);
    QCOMPARE(text(3, 1), u"new, check"_s);
    QCOMPARE(text(3, 5, ImportPreviewModel::Problem), u"4 digits; a leading zero may be lost"_s);
    QCOMPARE(text(4, 2, ImportPreviewModel::Problem), u"twice in the file, see line 3"_s);
    QCOMPARE(text(5, 3), u"empty"_s);
    QCOMPARE(text(5, 3, ImportPreviewModel::Problem), u"name is needed"_s);
    find<QPushButton>("showWarnings")->click();
    QCOMPARE(preview->rowCount(), 1);
    find<QPushButton>("showProblems")->click();
    QCOMPARE(preview->rowCount(), 3);

    QSignalSpy added(m_dialog.get(), &ImportDialog::added);
    find<QPushButton>("go")->click();
    QTRY_COMPARE(added.count(), 1);
    QVERIFY(!m_dialog->isVisible());
    QFile rejected(m_dir->filePath(u"kunden.rejected.csv"_s));
    QVERIFY(rejected.open(QIODevice::ReadOnly));
    QCOMPARE(rejected.readAll().count('\n'), 4);
    const QString job = added.front().front().value<domain::JobId>().value;
    QCOMPARE(one(u"SELECT type || status FROM \"Job\" WHERE id::text = '%1'"_s.arg(job)),
             u"bulk_importpending"_s);
    QCOMPARE(one(u"SELECT payload -> 'mapping' ->> 'email' FROM \"Job\""_s), u"E-Mail"_s);
}

void TestImportDialog::aChangedChoiceMustBeTriedOutAgain()
{
    open(write(u"c.csv"_s, "name,mail,extra\nOne,a@b.example,x\n"));
    QTRY_COMPARE(goText(), u"Import 1 Customer"_s);
    QVERIFY(!find<QPushButton>("again")->isEnabled());
    auto* extra = find<QComboBox>("field2");
    extra->setCurrentIndex(extra->findText(u"email"_s));
    QVERIFY(!find<QPushButton>("go")->isEnabled());
    QVERIFY(find<QPushButton>("again")->isEnabled());
    // A field is filled from one column.
    QCOMPARE(find<QComboBox>("field1")->currentIndex(), 0);
    find<QPushButton>("again")->click();
    QTRY_VERIFY(outcome().contains(u"lines rejected: 1"_s));
    QVERIFY(!find<QPushButton>("go")->isEnabled());
    QCOMPARE(find<Strip>("error")->text(), u"No line can be imported."_s);
    extra->setCurrentIndex(0);
    find<QPushButton>("again")->click();
    QTRY_COMPARE(goText(), u"Import 1 Customer"_s);
    // Another way to read the file: looked at anew, and not tried out unasked.
    auto* separator = find<QComboBox>("separator");
    separator->setCurrentIndex(separator->findData(u";"_s));
    Q_EMIT separator->activated(separator->currentIndex());
    QTRY_COMPARE(m_dialog->findChild<ImportColumns*>()->columnNames(),
                 QStringList(u"name,mail,extra"_s));
    QTRY_VERIFY(find<QPushButton>("again")->isEnabled());
    auto* names = find<QCheckBox>("hasNames");
    separator->setCurrentIndex(0);
    names->click();
    QTRY_COMPARE(m_dialog->findChild<ImportColumns*>()->columnNames(),
                 QStringList({u"Column 1"_s, u"Column 2"_s, u"Column 3"_s}));
    auto* first = find<QComboBox>("field0");
    first->setCurrentIndex(first->findText(u"name"_s));
    find<QPushButton>("again")->click();
    QTRY_COMPARE(goText(), u"Import 2 Customers"_s);
}

void TestImportDialog::saysWhatIsWrongWithAFile_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("said");
    QTest::newRow("no text") << QByteArray("name\n1\0\n", 8)
                             << u"This is not text: byte 0x00 in line 2."_s;
    QTest::newRow("empty") << QByteArray() << u"holds no table"_s;
    QTest::newRow("no lines") << "name,email\n"_ba << u"no lines with data"_s;
    QTest::newRow("cut off") << "name,email\n\"One,x\n"_ba << u"is never closed"_s;
    QTest::newRow("no workbook") << "PK\3\4 and nothing"_ba << u"damaged"_s;
    QTest::newRow("nothing mapped") << "a,b\n1,2\n"_ba << u"No column of the file is mapped"_s;
}

void TestImportDialog::saysWhatIsWrongWithAFile()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, said);
    open(write(u"f.csv"_s, bytes));
    QTRY_VERIFY2(find<Strip>("error")->text().contains(said),
                 qPrintable(find<Strip>("error")->text()));
    QVERIFY(!find<QPushButton>("go")->isEnabled());
    QVERIFY(find<QPushButton>("safe")->isEnabled());
}

void TestImportDialog::remembersAMapping()
{
    const QString path = write(u"c.csv"_s, "Wer,Was\nOne,1\n");
    open(path);
    QTRY_VERIFY(find<QPushButton>("again")->isEnabled());
    QVERIFY(!find<QPushButton>("earlier")->isVisible());
    auto* who = find<QComboBox>("field0");
    who->setCurrentIndex(who->findText(u"name"_s));
    find<QPushButton>("again")->click();
    QTRY_COMPARE(goText(), u"Import 1 Customer"_s);
    QSignalSpy added(m_dialog.get(), &ImportDialog::added);
    find<QPushButton>("go")->click();
    QTRY_COMPARE(added.count(), 1);
    open(path);
    QTRY_VERIFY(find<QPushButton>("earlier")->isVisible());
    QTRY_VERIFY(find<QPushButton>("again")->isEnabled());
    find<QPushButton>("earlier")->click();
    QCOMPARE(find<QComboBox>("field0")->currentText(), u"name"_s);
    find<QPushButton>("again")->click();
    QTRY_COMPARE(goText(), u"Import 1 Customer"_s);
}

// Every control is reached by Tab, none twice before all, and Enter fires the one that has it.
void TestImportDialog::isCompleteByKeyboard()
{
    open(write(u"c.csv"_s, "name,email\nOne,a@b.example\n"));
    m_dialog->activateWindow();
    QTRY_COMPARE(goText(), u"Import 1 Customer"_s);
    QSet<QString> reached;
    for (int i = 0; i < 40; ++i) {
        QTest::keyClick(m_dialog->focusWidget() ? m_dialog->focusWidget() : m_dialog.get(),
                        Qt::Key_Tab);
        if (m_dialog->focusWidget())
            reached += m_dialog->focusWidget()->objectName();
    }
    for (const char* name :
         {"target", "choose", "encoding", "separator", "numbers", "hasNames", "field0", "field1",
          "updateExisting", "showAll", "preview", "safe", "go"})
        QVERIFY2(reached.contains(QString::fromLatin1(name)), name);
    QSignalSpy added(m_dialog.get(), &ImportDialog::added);
    find<QPushButton>("go")->setFocus();
    QTest::keyClick(m_dialog.get(), Qt::Key_Return);
    QTRY_COMPARE(added.count(), 1);
    open({});
    QTest::keyClick(m_dialog.get(), Qt::Key_Escape);
    QVERIFY(!m_dialog->isVisible());
}

// 100 MB: looked at, tried out and stopped while the window goes on answering.
void TestImportDialog::neverKeepsTheWindowWaiting()
{
    QByteArray line = "One and more;info@weinhaus.example;01067;" + QByteArray(150, 'x') + "\n";
    QByteArray bytes = "name;email;postalCode;Notiz\n";
    while (bytes.size() < 100'000'000)
        bytes += line;
    const QString path = write(u"large.csv"_s, bytes);
    bytes = {};
    // How long the machine itself keeps a thread waiting that does nothing but sleep.
    std::atomic<bool> isOver = false;
    std::atomic<qint64> ofMachine = 0;
    std::thread control([&] {
        while (!isOver) {
            QElapsedTimer slept;
            slept.start();
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
            ofMachine = std::max<qint64>(ofMachine, slept.elapsed());
        }
    });
    qint64 longest = 0;
    QElapsedTimer last;
    QTimer beat;
    beat.setInterval(5);
    connect(&beat, &QTimer::timeout, this, [&] {
        if (last.isValid())
            longest = std::max(longest, last.elapsed());
        last.start();
    });
    beat.start();
    open(path);
    const bool isTried = QTest::qWaitFor(
        [this] { return find<Label>("foot")->text().contains(u"lines tried out"_s); }, 120'000);
    QTest::qWait(500);
    m_dialog->reject();
    QTest::qWait(500);
    beat.stop();
    isOver = true;
    control.join();
    QVERIFY(isTried);
    qInfo("longest gap: %lld ms, of the machine: %lld ms", static_cast<long long>(longest),
          static_cast<long long>(ofMachine.load()));
    QVERIFY(longest < 50 + 3 * ofMachine);
}

QTEST_MAIN(TestImportDialog)
#include "tst_importdialog.moc"
