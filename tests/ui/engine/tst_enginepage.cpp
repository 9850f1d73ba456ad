// SPDX-License-Identifier: GPL-3.0-or-later
// The Engine page over the real service: what runs here, what it did, which other engines work.
#include "core/service/changefeed.h"
#include "core/service/jobservice.h"
#include "core/service/scanservice.h"
#include "tests/ui/engine/fixture.h"
#include "ui/actions/actionset.h"
#include "ui/engine/enginepage.h"
#include "ui/engine/enginesmodel.h"
#include "ui/engine/localpanel.h"
#include "ui/engine/workersmodel.h"
#include "ui/widgets/datatable.h"
#include "ui/widgets/sidebarmodel.h"
#include "ui/widgets/tabledelegate.h"
#include "ui/widgets/theme.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSpinBox>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::ui;
using tests::await;
using tests::openAt;

class TestEnginePage : public QObject
{
    Q_OBJECT

    std::unique_ptr<tests::EngineFixture> m_fixture;
    std::shared_ptr<service::Session> m_session;
    std::unique_ptr<ActionSet> m_actions;
    std::unique_ptr<EnginePage> m_page;

    bool says(const QString& text) const { return tests::says(*m_page, text); }
    QString log() const { return m_page->findChild<QPlainTextEdit*>()->toPlainText(); }

private Q_SLOTS:
    void initTestCase() { tests::EngineFixture::prepare(); }
    void init()
    {
        m_fixture = std::make_unique<tests::EngineFixture>();
        m_fixture->open();
        m_session = m_fixture->session;
        m_actions = std::make_unique<ActionSet>();
        m_page = std::make_unique<EnginePage>(*m_session, *m_actions);
        m_page->resize(1200, 800);
        m_page->show();
        m_page->setShown(true);
    }
    void noTextIsCutAtAnySize_data()
    {
        QTest::addColumn<QSize>("size");
        for (const QSize size :
             {QSize(700, 360), QSize(860, 460), QSize(920, 600), QSize(1400, 800)})
            QTest::addRow("%d x %d", size.width(), size.height()) << size;
    }
    // Columns that are too low scroll; nothing in them is squeezed.
    void noTextIsCutAtAnySize()
    {
        QFETCH(QSize, size);
        m_page->resize(size);
        for (const QLabel* label : m_page->findChildren<QLabel*>()) {
            if (!label->isVisible() || label->text().isEmpty())
                continue;
            QTRY_VERIFY2(label->height() >= (label->wordWrap()
                                                 ? label->heightForWidth(label->width())
                                                 : label->minimumSizeHint().height()),
                         qPrintable(label->text()));
        }
    }

    void theLogStaysAtTheBeginningOfItsLines()
    {
        EnginePage page(*m_session, *m_actions);
        page.resize(920, 600);
        auto* log = page.findChild<QPlainTextEdit*>();
        const auto write = [this] {
            for (int i = 0; i < 60; ++i)
                Q_EMIT m_session->engine().logged(u"%1 "_s.arg(i) + QString(120, u'x'));
        };
        write(); // while another page is shown
        page.show();
        QVERIFY(QTest::qWaitForWindowExposed(&page));
        page.setShown(true);
        QTRY_COMPARE(log->horizontalScrollBar()->value(), 0);
        QTRY_COMPARE(log->verticalScrollBar()->value(), log->verticalScrollBar()->maximum());
        write();
        QTRY_VERIFY(log->horizontalScrollBar()->maximum() > 0);
        QCOMPARE(log->horizontalScrollBar()->value(), 0);
        QCOMPARE(log->verticalScrollBar()->value(), log->verticalScrollBar()->maximum());
    }

    // From any of them, Tab visits every control of the page and returns.
    void tabReachesEveryControl()
    {
        m_page->activateWindow();
        QTRY_VERIFY(m_page->isActiveWindow());
        m_page->findChild<QSpinBox*>(u"concurrency"_s)->setFocus(Qt::TabFocusReason);
        QSet<QWidget*> reached;
        QStringList names;
        for (QWidget* at = QApplication::focusWidget(); at && !reached.contains(at);
             at = QApplication::focusWidget()) {
            reached += at;
            names += at->accessibleName();
            QTest::keyClick(at, Qt::Key_Tab);
        }
        for (QAbstractButton* button : m_page->findChildren<QAbstractButton*>()) {
            if (button->isVisible() && button->isEnabled())
                QVERIFY2(reached.contains(button),
                         qPrintable(button->text() + u" is not in "_s + names.join(u", "_s)));
        }
        for (QSpinBox* box : m_page->findChildren<QSpinBox*>())
            QVERIFY(!box->isVisible() || !box->isEnabled() || reached.contains(box));
    }

    void cleanup()
    {
        m_page.reset();
        m_actions.reset();
        m_session.reset();
        m_fixture.reset();
    }

    void aRunIsLoggedLineByLine()
    {
        QVERIFY(says(u"Not running"_s));
        // A missing picture fails at once and for good.
        await(m_session->jobs().enqueue(
            u"image_extraction"_s,
            "{\"scanId\":\"01a20984-0000-7000-8000-000000000001\",\"scanType\":\"business_card\","
            "\"imageUrl\":\"queuedeck-image:gone\"}"));
        const auto report = await(m_session->engine().process({.maxJobs = 1}));
        QCOMPARE(report.failed, 1);
        QTRY_VERIFY(log().contains(u"claimed 1 job"_s));
        QTRY_VERIFY(log().contains(u"image_extraction  try 1  failed"_s));
        QVERIFY(log().contains(u"not in the database any more"_s)); // the reason
    }

    void theEngineOfThisWindowIsSeen()
    {
        DataTable* table = nullptr;
        for (DataTable* each : m_page->findChildren<DataTable*>()) {
            if (qobject_cast<EnginesModel*>(each->model()))
                table = each;
        }
        QVERIFY(table);
        auto* model = m_page->findChild<EnginesModel*>();
        const QAbstractItemModelTester tester(model);
        QVERIFY(!table->isVisible()); // "No engine works on this queue."
        QVERIFY(says(u"Not running"_s));
        m_session->engine().start(m_page->choices().engine);
        QTRY_VERIFY_WITH_TIMEOUT(model->rowCount() == 1, 20'000);
        QVERIFY(table->isVisible());
        QCOMPARE(model->index(0, EnginesModel::Pid).data().toString(),
                 QString::number(QCoreApplication::applicationPid()));
        QCOMPARE(model->index(0, EnginesModel::State).data().toString(), u"running"_s);
        QTRY_VERIFY(says(u"Running: 0 of"_s));
        QSignalSpy stopped(&m_session->engine(), &service::EngineService::stopped);
        m_session->engine().stop();
        QTRY_COMPARE_WITH_TIMEOUT(stopped.size(), 1, 20'000);
        QTRY_VERIFY(says(u"Not running"_s));
        QTRY_VERIFY_WITH_TIMEOUT(model->rowCount() == 0, 20'000);
    }

    void aRunningJobIsSeenAndCanBeCancelled()
    {
        QVERIFY(m_fixture->handle(u"label_printing"_s, R"({"command":["/bin/sleep","60"]})"));
        const domain::JobIds ids = m_fixture->enqueue(u"label_printing"_s, 1);
        auto* model = m_page->findChild<WorkersModel*>();
        auto* cancel = tests::child<QPushButton>(*m_page, u"cancelJob"_s);
        const QAbstractItemModelTester tester(model);
        QVERIFY(says(u"No job runs on this computer now."_s));
        QVERIFY(!cancel->isEnabled());
        m_session->engine().start(m_page->choices().engine);
        QTRY_COMPARE_WITH_TIMEOUT(model->rowCount(), 1, 20'000);
        QCOMPARE(model->jobAt(0), ids[0]);
        QCOMPARE(model->index(0, WorkersModel::Try).data().toString(), u"1 / 3"_s);
        QVERIFY(tests::child<QWidget>(*m_page, u"workers"_s)
                    ->findChild<DataTable*>()
                    ->columnWidth(WorkersModel::Id) >= shortIdWidth());
        QSignalSpy wanted(m_page.get(), &EnginePage::cancelWanted);
        tests::child<QWidget>(*m_page, u"workers"_s)->findChild<DataTable*>()->selectRow(0);
        cancel->click();
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted[0][0].value<domain::JobId>(), ids[0]);
        await(m_session->jobs().change(domain::JobAction::Cancel, {ids, u"a test"_s}));
        QTRY_COMPARE_WITH_TIMEOUT(model->rowCount(), 0, 20'000);
        QVERIFY(!cancel->isEnabled());
    }

    void aSilentEngineIsTold()
    {
        EnginesModel model;
        const QAbstractItemModelTester tester(&model);
        const QDateTime now = QDateTime::currentDateTimeUtc();
        domain::EngineSeen engine{u"a/1/ff"_s,     u"worker-2"_s, 1, u"0.1.0"_s, now.addSecs(-4000),
                                  now.addSecs(-5), u"running"_s,  3};
        model.setEngines({engine}, now);
        QCOMPARE(model.index(0, EnginesModel::State).data().toString(), u"running"_s);
        engine.seenAt = now.addSecs(-61);
        model.setEngines({engine}, now);
        QCOMPARE(model.index(0, EnginesModel::State).data().toString(), u"silent"_s);
        QCOMPARE(model.index(0, EnginesModel::Jobs).data().toString(), u"3"_s);
    }

    void whatIsChosenIsKeptForThisDatabase()
    {
        QSignalSpy changed(m_page.get(), &EnginePage::choicesChanged);
        tests::child<QSpinBox>(*m_page, u"concurrency"_s)->setValue(7);
        tests::child<QSpinBox>(*m_page, u"round"_s)->setValue(25);
        QCOMPARE(changed.size(), 2);
        QCOMPARE(m_page->choices().engine.concurrency, 7);
        QVERIFY(!m_page->choices().engine.othersWork); // depends on whose table it is
        tests::child<QCheckBox>(*m_page, u"othersWork"_s)->click();
        const EnginePage again(*m_session, *m_actions);
        QCOMPARE(again.choices().engine.concurrency, 7);
        QCOMPARE(again.choices().round, 25);
        QCOMPARE(again.choices().engine.othersWork, std::optional(true));
        const auto other = openAt(m_fixture->folder.filePath(u"other.db"_s));
        const EnginePage elsewhere(*other, *m_actions);
        QCOMPARE(elsewhere.choices().round, 10);
    }

    void everyRegionTakesTheFocus()
    {
        m_page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        for (QWidget* region : m_page->regions()) {
            if (!region->isVisible()) // the tables, while they are empty
                continue;
            region->setFocus();
            QWidget* const focus = QApplication::focusWidget();
            QVERIFY(focus && focus->focusPolicy() != Qt::NoFocus);
            QVERIFY(focus == region || region->isAncestorOf(focus));
        }
    }

    void theSidebarSaysWhoWorks()
    {
        QStringList texts;
        for (const SidebarItem& item : m_page->sidebar()->items())
            texts += item.text;
        QVERIFY(texts.contains(u"Local engine"_s));
        QVERIFY(texts.contains(u"No endpoint"_s));
        QCOMPARE(m_page->count(), QString());
        m_session->engine().start();
        QCOMPARE(m_page->count(), u"Running"_s);
    }
};

QTEST_MAIN(TestEnginePage)
#include "tst_enginepage.moc"
