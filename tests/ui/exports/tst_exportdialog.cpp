// SPDX-License-Identifier: GPL-3.0-or-later
// The dialog of an export, over the real service and a temporary database.
#include "core/service/jobservice.h"
#include "tests/support/sessions.h"
#include "ui/exports/exportdialog.h"
#include "ui/widgets/place.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::tests;
using ui::ExportDialog;

namespace {
constexpr int kLong = 60'000; // ms; a loaded machine

template <class T>
T* part(QWidget& dialog, const QString& name)
{
    T* found = dialog.findChild<T*>(name);
    if (!found)
        qFatal("There is no %s.", qPrintable(name));
    return found;
}

QByteArray content(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void choose(QComboBox* box, const QVariant& data)
{
    box->setCurrentIndex(box->findData(data));
    Q_EMIT box->activated(box->currentIndex());
}
} // namespace

class TestExportDialog : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    std::shared_ptr<service::Session> m_session;
    domain::JobIds m_ids;

    QString path(const QString& name) const { return m_folder.filePath(name); }
    ExportDialog* opened(QWidget& window, const ui::ExportQuestion& question) const;
    ui::ExportQuestion all() const { return {{}, {m_ids.size(), true}}; }

private Q_SLOTS:
    void initTestCase();
    void showsWhatWouldBeWritten();
    void writesWhatWasChosen();
    void masksWhatLooksPersonal();
    void asksBeforeItReplaces();
    void saysWhyItCannot();
    void refusesTooManyForASheet();
    void everyControlHasAName();
};

void TestExportDialog::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(u"QueuedeckTests"_s);
    QCoreApplication::setApplicationName(u"tst_exportdialog"_s);
    QSettings().clear();
    m_session = openAt(path(u"jobs.db"_s));
    m_ids = await(m_session->jobs().enqueue(
        u"report_generation"_s,
        R"({"report":"scans","period":"last_day","note":"jo@secret.example","n":12.50})", 3));
    QCOMPARE(m_ids.size(), 3);
}

ExportDialog* TestExportDialog::opened(QWidget& window, const ui::ExportQuestion& question) const
{
    auto* dialog = new ExportDialog(*m_session, question, &window);
    dialog->open();
    if (!QTest::qWaitFor([&] { return part<QPushButton>(*dialog, u"go"_s)->isEnabled(); }, kLong))
        qFatal("The dialog does not become ready.");
    return dialog;
}

void TestExportDialog::showsWhatWouldBeWritten()
{
    QWidget window;
    ExportDialog* dialog = opened(window, all());
    auto* lines = part<QPlainTextEdit>(*dialog, u"previewLines"_s);
    QTRY_COMPARE_WITH_TIMEOUT(lines->blockCount(), 3, kLong);
    QVERIFY(lines->toPlainText().startsWith("id,type,status,attempts,"_L1));
    QCOMPARE(part<QPushButton>(*dialog, u"go"_s)->text(), u"Export 3 Jobs"_s);
    QVERIFY(dialog->focusWidget() == part<QPushButton>(*dialog, u"safe"_s));
    QTRY_VERIFY_WITH_TIMEOUT(part<QLabel>(*dialog, u"foot"_s)->text().contains("free"_L1), kLong);
    auto* columns = part<QListWidget>(*dialog, u"columns"_s);
    columns->item(0)->setCheckState(Qt::Unchecked);
    QTRY_VERIFY_WITH_TIMEOUT(lines->toPlainText().startsWith("type,status,"_L1), kLong);
    columns->setCurrentRow(1);
    QTest::keyClick(columns, Qt::Key_Down, Qt::AltModifier);
    QTRY_VERIFY_WITH_TIMEOUT(lines->toPlainText().startsWith("status,type,"_L1), kLong);
    part<QPushButton>(*dialog, u"format_jsonl"_s)->click();
    QTRY_VERIFY_WITH_TIMEOUT(lines->toPlainText().startsWith("{\"status\":"_L1), kLong);
    QVERIFY(part<QLineEdit>(*dialog, u"file"_s)->text().endsWith(".jsonl"_L1));
    part<QCheckBox>(*dialog, u"compress"_s)->click();
    QVERIFY(part<QLineEdit>(*dialog, u"file"_s)->text().endsWith(".jsonl.gz"_L1));
    part<QPushButton>(*dialog, u"format_xlsx"_s)->click();
    QVERIFY(part<QLineEdit>(*dialog, u"file"_s)->text().endsWith(".xlsx"_L1));
    dialog->reject();
}

void TestExportDialog::writesWhatWasChosen()
{
    QWidget window;
    ExportDialog* dialog = opened(window, {{{}, domain::JobIds{m_ids[1], m_ids[0]}}, {2, true}});
    part<QLineEdit>(*dialog, u"file"_s)->setText(path(u"two.csv"_s));
    choose(part<QComboBox>(*dialog, u"times"_s), int(domain::ExportChoice::Times::Plain));
    QSignalSpy exported(dialog, &ExportDialog::exported);
    part<QPushButton>(*dialog, u"go"_s)->click();
    QVERIFY(exported.wait(kLong));
    QVERIFY(exported[0][0].toString().startsWith("2 jobs written to"_L1));
    const QByteArray written = content(path(u"two.csv"_s));
    QCOMPARE(written.count("\r\n"), 3);
    QVERIFY(written.contains("createdAt (UTC)"));
    QVERIFY(written.indexOf(m_ids[1].value.toUtf8()) < written.indexOf(m_ids[0].value.toUtf8()));
    QVERIFY(!written.contains(m_ids[2].value.toUtf8()));
}

void TestExportDialog::masksWhatLooksPersonal()
{
    QWidget window;
    ExportDialog* dialog = opened(window, all());
    auto* mask = part<QComboBox>(*dialog, u"mask_note"_s); // an address of mail by its looks
    QCOMPARE(mask->currentData().toInt(), int(domain::Masking::Hidden));
    const QPointF middle = mask->rect().center();
    for (const int angle : {120, -120}) { // scrolling past it shows nothing
        QWheelEvent wheel(middle, mask->mapToGlobal(middle), {}, {0, angle}, Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(mask, &wheel);
        QCOMPARE(mask->currentData().toInt(), int(domain::Masking::Hidden));
    }
    auto* lines = part<QPlainTextEdit>(*dialog, u"previewLines"_s);
    QTRY_VERIFY_WITH_TIMEOUT(lines->toPlainText().contains(u"•••"_s), kLong);
    QVERIFY(!lines->toPlainText().contains("secret"_L1));
    choose(part<QComboBox>(*dialog, u"payloadForm"_s), int(domain::ExportChoice::Payload::Paths));
    QTRY_VERIFY_WITH_TIMEOUT(lines->toPlainText().contains("payload.note"_L1), kLong);
    QVERIFY(!lines->toPlainText().contains("secret"_L1));
    mask = part<QComboBox>(*dialog, u"mask_note"_s);
    QCOMPARE(mask->currentData().toInt(), int(domain::Masking::Hidden)); // still
    mask->setCurrentIndex(mask->findData(int(domain::Masking::AsStored)));
    QTRY_VERIFY_WITH_TIMEOUT(lines->toPlainText().contains("secret"_L1), kLong);
    part<QPushButton>(*dialog, u"addPath"_s)->click();
    part<QLineEdit>(*dialog, u"newPath"_s)->setText(u"payload.who.phone"_s);
    part<QPushButton>(*dialog, u"takePath"_s)->click();
    QCOMPARE(part<QComboBox>(*dialog, u"mask_who.phone"_s)->currentData().toInt(),
             int(domain::Masking::Hidden));
    dialog->reject();
}

void TestExportDialog::asksBeforeItReplaces()
{
    QFile mine(path(u"mine.csv"_s));
    QVERIFY(mine.open(QIODevice::WriteOnly));
    mine.write("mine");
    mine.close();
    QWidget window;
    ExportDialog* dialog = opened(window, all());
    part<QLineEdit>(*dialog, u"file"_s)->setText(mine.fileName());
    part<QPushButton>(*dialog, u"go"_s)->click();
    auto* strip = part<QWidget>(*dialog, u"error"_s);
    QTRY_VERIFY_WITH_TIMEOUT(strip->isVisible(), kLong);
    QCOMPARE(content(mine.fileName()), QByteArray("mine"));
    QSignalSpy exported(dialog, &ExportDialog::exported);
    for (QPushButton* button : strip->findChildren<QPushButton*>()) {
        if (button->text() == "Replace It"_L1)
            button->click();
    }
    QVERIFY(exported.count() > 0 || exported.wait(kLong));
    QCOMPARE(content(mine.fileName()).count("\r\n"), 4);
}

void TestExportDialog::saysWhyItCannot()
{
    QWidget window;
    ExportDialog* dialog = opened(window, all());
    part<QLineEdit>(*dialog, u"file"_s)->setText(path(u"no/such/folder.csv"_s));
    part<QPushButton>(*dialog, u"go"_s)->click();
    auto* strip = part<QWidget>(*dialog, u"error"_s);
    QTRY_VERIFY_WITH_TIMEOUT(strip->isVisible(), kLong);
    QVERIFY(dialog->isVisible());
    QVERIFY(part<QPushButton>(*dialog, u"go"_s)->isEnabled()); // nothing entered is lost
    auto* columns = part<QListWidget>(*dialog, u"columns"_s);
    for (int i = 0; i < columns->count(); ++i)
        columns->item(i)->setCheckState(Qt::Unchecked);
    QVERIFY(!part<QPushButton>(*dialog, u"go"_s)->isEnabled());
    dialog->reject();
}

void TestExportDialog::refusesTooManyForASheet()
{
    QWidget window;
    ExportDialog* dialog = opened(window, {{}, {domain::kMostInSheet + 1, true}});
    QVERIFY(part<QPushButton>(*dialog, u"go"_s)->isEnabled());
    part<QPushButton>(*dialog, u"format_xlsx"_s)->click();
    QVERIFY(!part<QPushButton>(*dialog, u"go"_s)->isEnabled());
    QVERIFY(part<QLabel>(*dialog, u"formatNote"_s)->text().contains("1,048,575"_L1));
    part<QPushButton>(*dialog, u"format_csv"_s)->click();
    QVERIFY(part<QPushButton>(*dialog, u"go"_s)->isEnabled());
    dialog->reject();
}

void TestExportDialog::everyControlHasAName()
{
    QWidget window;
    ExportDialog* dialog = opened(window, all());
    for (QWidget* control : dialog->findChildren<QWidget*>()) {
        if (control->focusPolicy() == Qt::NoFocus || !control->isVisible())
            continue;
        const auto* button = qobject_cast<QAbstractButton*>(control);
        QVERIFY2(!control->accessibleName().isEmpty() || (button && !button->text().isEmpty()),
                 control->metaObject()->className());
    }
    dialog->reject();
}

QTEST_MAIN(TestExportDialog)
#include "tst_exportdialog.moc"
