// SPDX-License-Identifier: GPL-3.0-or-later
// One job at a time, with its row before and after.
#include "tests/ui/engine/fixture.h"
#include "ui/engine/stepdialog.h"
#include "ui/widgets/linestable.h"

#include <QPushButton>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::ui;
using tests::child;

class TestStepDialog : public QObject
{
    Q_OBJECT

    std::unique_ptr<tests::EngineFixture> m_fixture;
    StepDialog* m_dialog = nullptr; ///< deletes itself when it is closed

    void open(const service::EngineSettings& settings = {})
    {
        m_dialog = new StepDialog(*m_fixture->session, settings, nullptr);
        m_dialog->show();
    }
    void step()
    {
        auto* go = child<QPushButton>(*m_dialog, u"go"_s);
        go->click();
        QVERIFY(!go->isEnabled());
        QTRY_VERIFY_WITH_TIMEOUT(go->isEnabled(), 60'000);
    }
    QString said() const { return tests::textOf(*m_dialog, u"said"_s); }
    QString cell(const QString& column, int place) const
    {
        for (const Line& line : m_dialog->findChild<LinesTable*>()->model().lines()) {
            if (line[0].text == column)
                return line[place].text;
        }
        return u"no such column"_s;
    }

private Q_SLOTS:
    void initTestCase() { tests::EngineFixture::prepare(); }
    void init()
    {
        m_fixture = std::make_unique<tests::EngineFixture>();
        QVERIFY(m_fixture->handle(u"label_printing"_s, R"({"command":["/bin/true"]})"));
        QVERIFY(m_fixture->handle(u"balance_sync"_s, R"({"command":["/bin/false"]})"));
        m_fixture->open();
    }
    void cleanup()
    {
        delete m_dialog;
        m_fixture.reset();
    }

    void oneJobIsRunAndItsRowShown()
    {
        const domain::JobIds ids = m_fixture->enqueue(u"label_printing"_s, 3);
        open();
        step();
        QCOMPARE(said(), u"Completed."_s);
        QCOMPARE(cell(u"status"_s, 1), u"Pending"_s);
        QCOMPARE(cell(u"status"_s, 2), u"Completed"_s);
        QCOMPARE(cell(u"attempts"_s, 1), u"0"_s);
        QCOMPARE(cell(u"attempts"_s, 2), u"1"_s);
        QCOMPARE(cell(u"completedAt"_s, 1), u"NULL"_s);
        QVERIFY(cell(u"completedAt"_s, 2) != u"NULL"_s);
        QCOMPARE(m_fixture->counts().completed, 1);
        QCOMPARE(m_fixture->counts().pending, 2);
        QVERIFY(tests::textOf(*m_dialog, u"title"_s).contains(ids[0].value)); // the oldest one
        step();
        QCOMPARE(m_fixture->counts().completed, 2);
        QSignalSpy wanted(m_dialog, &StepDialog::jobWanted);
        child<QPushButton>(*m_dialog, u"open"_s)->click();
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted[0][0].value<domain::JobId>(), ids[1]);
        m_dialog = nullptr;
    }

    void aFailureIsShownWithWhatComesOfIt()
    {
        m_fixture->enqueue(u"balance_sync"_s, 1);
        open({.types = {u"balance_sync"_s}});
        step();
        QVERIFY(said().contains(u"tried again"_s));
        QCOMPARE(cell(u"status"_s, 2), u"Pending"_s);
        QCOMPARE(cell(u"attempts"_s, 2), u"1"_s);
        QCOMPARE(cell(u"error"_s, 1), u"NULL"_s);
        QVERIFY(cell(u"error"_s, 2) != u"NULL"_s);
        step(); // its back-off has not expired
        QVERIFY(said().startsWith(u"Nothing could be run"_s));
    }

    void anEmptyQueueIsTold()
    {
        open();
        step();
        QVERIFY(said().startsWith(u"Nothing could be run"_s));
        QVERIFY(!m_dialog->findChild<LinesTable*>()->isVisible());
    }
};

QTEST_MAIN(TestStepDialog)
#include "tst_stepdialog.moc"
