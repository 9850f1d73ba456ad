// SPDX-License-Identifier: GPL-3.0-or-later
// The form beside the raw JSON: what is entered in one shows in the other, and what has no field
// stays exactly as it is written.
#include "core/domain/payloadschema.h"
#include "core/service/jobservice.h"
#include "core/service/session.h"
#include "tests/support/sessions.h"
#include "ui/dialogs/enqueuedialog.h"
#include "ui/dialogs/jobchooser.h"
#include "ui/widgets/label.h"

#include <QComboBox>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::ui;
using tests::await;
using tests::openAt;

namespace {
const QString kType = u"label_run"_s;
// As a file of handlers.d brings it.
const QByteArray kSchema = R"({
  "title": "Labels", "description": "Prints labels.",
  "required": ["zone", "count"],
  "properties": {
    "zone": {"title": "Zone", "enum": ["north", "south"]},
    "count": {"title": "Count", "type": "integer", "minimum": 1, "maximum": 500, "default": 12},
    "price": {"type": "number"},
    "urgent": {"type": "boolean"},
    "day": {"title": "Day", "type": "string", "format": "date"},
    "note": {"type": "string", "maxLength": 5, "description": "For the printer"}
  }
})";
} // namespace

class TestEnqueueForm : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_session = openAt(m_folder->filePath(u"queue.db"_s));
        domain::setOwnSchemas({{kType, kSchema}}); // after the session has read its own
        m_window = std::make_unique<QWidget>();
        m_window->resize(1100, 800);
        m_window->show();
        m_form = new EnqueueDialog(
            m_session->jobs(), {kType, u"report_generation"_s, u"unheard_of"_s}, m_window.get());
        m_form->open();
        QVERIFY(QTest::qWaitForWindowExposed(m_form));
    }

    void cleanup()
    {
        m_window.reset();
        m_session.reset();
        m_folder.reset();
        domain::setOwnSchemas({});
    }

    void beginsWithWhatIsNeeded()
    {
        QCOMPARE(text(), u"{\n  \"zone\": \"north\",\n  \"count\": 12\n}"_s);
        QCOMPARE(choice("zone")->currentText(), u"north"_s);
        QCOMPARE(line("count")->text(), u"12"_s);
        QVERIFY(line("note")->text().isEmpty());
        QCOMPARE(words("note"), u"For the printer, at most 5 characters"_s);
        QCOMPARE(words("count"), u"1 to 500"_s);
        QCOMPARE(line("count")->accessibleName(), u"Count, needed"_s);
        QVERIFY(go()->isEnabled());
        QVERIFY(QApplication::focusWidget() == choice("zone"));
    }

    // With the keyboard alone.
    void whatIsEnteredIsWritten()
    {
        QTest::keyClick(choice("zone"), Qt::Key_Down);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QCOMPARE(QApplication::focusWidget(), line("count"));
        QTest::keyClick(line("count"), Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(line("count"), u"7"_s);
        QTest::keyClick(line("count"), Qt::Key_Tab);
        QCOMPARE(QApplication::focusWidget(), line("price"));
        QTest::keyClicks(line("price"), u"1.50"_s);
        QTest::keyClick(line("price"), Qt::Key_Tab);
        QCOMPARE(QApplication::focusWidget(), choice("urgent"));
        QTest::keyClick(choice("urgent"), Qt::Key_Down);
        QTest::keyClicks(line("note"), u"a\"b"_s);
        QCOMPARE(text(), u"{\n  \"zone\": \"south\",\n  \"count\": 7,\n  \"price\": 1.50,\n"
                         "  \"urgent\": true,\n  \"note\": \"a\\\"b\"\n}"_s);
        QVERIFY(go()->isEnabled());
        // Emptied fields go.
        line("price")->selectAll();
        QTest::keyClick(line("price"), Qt::Key_Delete);
        choice("urgent")->setCurrentIndex(0);
        QVERIFY(!text().contains("price"_L1) && !text().contains("urgent"_L1));
        QSignalSpy enqueued(m_form, &EnqueueDialog::enqueued);
        QTest::keyClick(go(), Qt::Key_Space);
        QTRY_COMPARE(enqueued.size(), 1);
        const auto ids = enqueued[0][0].value<domain::JobIds>();
        QCOMPARE(
            await(m_session->jobs().job(ids[0])).payload,
            QByteArray("{\n  \"zone\": \"south\",\n  \"count\": 7,\n  \"note\": \"a\\\"b\"\n}"));
    }

    void whatHasNoFieldStaysAsItIs()
    {
        const QString before = u"{ \"z\": [1.0, 12345678901234567890],\n \"zone\":\"north\", "
                               "\"count\" : 3, \"a\":{} }"_s;
        payload()->setPlainText(before);
        QTRY_COMPARE(line("count")->text(), u"3"_s);
        QCOMPARE(label("outside")->text(),
                 u"2 values outside the form are kept as written: z, a"_s);
        line("count")->setFocus();
        QTest::keyClick(line("count"), Qt::Key_End);
        QTest::keyClicks(line("count"), u"4"_s);
        QCOMPARE(text(), QString(before).replace(u": 3,"_s, u": 34,"_s));
    }

    void namesEveryFieldThatIsWrong()
    {
        payload()->setPlainText(
            u"{\n  \"count\": 501,\n  \"day\": \"2026-02-31\",\n  \"zone\": \"east\",\n"
            "  \"note\": \"ok\"\n}"_s);
        QTRY_COMPARE(words("count"), u"Is greater than 500."_s);
        QCOMPARE(words("day"), u"Not a day, as in 2026-11-16."_s);
        QCOMPARE(words("zone"), u"Is none of the values allowed."_s);
        QCOMPARE(choice("zone")->currentText(), u"\"east\""_s);
        QCOMPARE(line("count")->accessibleDescription(), u"Is greater than 500."_s);
        QVERIFY(!go()->isEnabled());
        QVERIFY(note().startsWith("3 fields need correcting."_L1));
        QCOMPARE(payload()->extraSelections().size(), 3);
        payload()->setPlainText(u"{\"count\": 5}"_s);
        QTRY_COMPARE(words("zone"), u"Needed."_s);
        QVERIFY(note().startsWith("1 field needs correcting."_L1));
        choice("zone")->setFocus();
        QTest::keyClick(choice("zone"), Qt::Key_Down);
        QVERIFY(go()->isEnabled());
        QVERIFY(note().isEmpty());
        QTest::keyClicks(line("count"), u"x"_s);
        QCOMPARE(words("count"), u"Has the wrong type."_s);
        QVERIFY(text().contains("\"count\": \"5x\""_L1)); // the text says what was entered
        QVERIFY(!go()->isEnabled());
    }

    void brokenTextTurnsTheFormOff()
    {
        payload()->setPlainText(u"{\n  \"zone\": \"north\"\n  \"count\": 3\n}"_s);
        QTRY_COMPARE(label("validity")->text(), u"Line 2: a comma is missing."_s);
        QVERIFY(!line("count")->isEnabled());
        QVERIFY(!go()->isEnabled());
        payload()->setPlainText(u"{\"zone\": \"north\", \"count\": 3}"_s);
        QTRY_VERIFY(line("count")->isEnabled());
        QTRY_VERIFY(go()->isEnabled());
        QTest::mouseClick(m_form->findChild<QPushButton*>(u"indent"_s), Qt::LeftButton);
        QCOMPARE(text(), u"{\n  \"zone\": \"north\",\n  \"count\": 3\n}"_s);
        payload()->undo();
        QCOMPARE(text(), u"{\"zone\": \"north\", \"count\": 3}"_s);
    }

    void aTypeWithoutASchemaHasOnlyTheText()
    {
        m_form->findChild<QComboBox*>(u"type"_s)->setCurrentText(u"unheard_of"_s);
        QVERIFY(!m_form->findChild<QWidget*>(u"formSide"_s)->isVisible());
        QCOMPARE(text(), u"{\n}"_s);
        QVERIFY(go()->isEnabled());
        m_form->findChild<QComboBox*>(u"type"_s)->setCurrentText(kType);
        QVERIFY(m_form->findChild<QWidget*>(u"formSide"_s)->isVisible());
        QVERIFY(text().contains("zone"_L1));
    }

    void fillsFromAJob()
    {
        const QByteArray old = "{\"count\": 9, \"z\":1.0, \"zone\": \"south\"}";
        const auto ids = await(m_session->jobs().enqueue(kType, old, 2));
        JobChooser* chooser = choose();
        auto* newest = chooser->findChild<QListWidget*>(u"newest"_s);
        QTRY_COMPARE(newest->count(), 2);
        QVERIFY(!chooser->findChild<QPushButton*>(u"go"_s)->isEnabled());
        newest->setCurrentRow(1);
        QTest::mouseClick(chooser->findChild<QPushButton*>(u"go"_s), Qt::LeftButton);
        const QString filled = u"{\n  \"count\": 9,\n  \"z\": 1.0,\n  \"zone\": \"south\"\n}"_s;
        QTRY_COMPARE(text(), filled);
        QCOMPARE(line("count")->text(), u"9"_s);
        // By an id that was copied; one that is not there is said.
        payload()->setPlainText(u"{}"_s);
        chooser = choose();
        auto* id = chooser->findChild<QLineEdit*>(u"id"_s);
        QTest::keyClicks(id, u"0198-no-such"_s);
        QTest::keyClick(id, Qt::Key_Return);
        QTRY_VERIFY(chooser->findChild<QLabel*>(u"words"_s)->text().contains("0198-no-such"_L1));
        id->setText(u' ' + ids[0].value);
        QTest::keyClick(id, Qt::Key_Return);
        QTRY_COMPARE(text(), filled);
        // Another type comes along, and does not replace what was filled in.
        m_form->findChild<QComboBox*>(u"type"_s)->setCurrentText(u"report_generation"_s);
        QCOMPARE(text(), filled);
    }

private:
    QPlainTextEdit* payload() const { return m_form->findChild<QPlainTextEdit*>(u"payload"_s); }
    QString text() const { return payload()->toPlainText(); }
    QLineEdit* line(const char* key) const
    {
        return m_form->findChild<QLineEdit*>(u"field:"_s + QLatin1String(key));
    }
    QComboBox* choice(const char* key) const
    {
        return m_form->findChild<QComboBox*>(u"field:"_s + QLatin1String(key));
    }
    QLabel* label(const char* name) const
    {
        return m_form->findChild<QLabel*>(QLatin1String(name));
    }
    QString words(const char* key) const
    {
        return m_form->findChild<QLabel*>(u"words:"_s + QLatin1String(key))->text();
    }
    QString note() const { return label("footNote")->text(); }
    QPushButton* go() const { return m_form->findChild<QPushButton*>(u"go"_s); }
    JobChooser* choose() const
    {
        QTest::mouseClick(m_form->findChild<QPushButton*>(u"fill"_s), Qt::LeftButton);
        return m_form->findChildren<JobChooser*>().last();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<service::Session> m_session;
    std::unique_ptr<QWidget> m_window;
    EnqueueDialog* m_form = nullptr;
};

QTEST_MAIN(TestEnqueueForm)
#include "tst_enqueueform.moc"
