// SPDX-License-Identifier: GPL-3.0-or-later
// Starting an engine from the window: on another application's table only after a preview of what
// would run.
#include "tests/support/foreignfile.h"
#include "tests/ui/engine/fixture.h"
#include "ui/actions/actionset.h"
#include "ui/engine/enginepage.h"
#include "ui/engine/preflightdialog.h"
#include "ui/engine/processaction.h"
#include "ui/notice/notifier.h"
#include "ui/widgets/linestable.h"

#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::ui;
using tests::child;

class TestProcessAction : public QObject
{
    Q_OBJECT

    std::unique_ptr<tests::EngineFixture> m_fixture;
    std::unique_ptr<ActionSet> m_actions;
    std::unique_ptr<Notifier> m_notifier;
    std::unique_ptr<EnginePage> m_page;
    ProcessAction* m_process = nullptr; ///< the page's

    QString file() const { return m_fixture->folder.filePath(u"jobs.db"_s); }

    void add(const QString& type, const QString& payload, int count, const QString& prefix)
    {
        tests::runForeign(
            file(), u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %4) "
                    "INSERT INTO \"Job\" SELECT '%3' || i, '%1', '%2', 'pending', 0, NULL, "
                    "'2026-01-01T00:00:00.000+00:00', NULL FROM n"_s.arg(type, payload, prefix)
                        .arg(count));
    }

    void open(bool isForeign)
    {
        if (isForeign)
            tests::makeForeignFile(file());
        m_fixture->open();
        QCOMPARE(m_fixture->session->info().mode,
                 isForeign ? domain::QueueMode::Beside : domain::QueueMode::Own);
        m_page = std::make_unique<EnginePage>(*m_fixture->session, *m_actions);
        m_process = new ProcessAction(*m_fixture->session, *m_actions, *m_notifier, m_page.get());
        m_process->setChoices(m_page->choices());
        connect(m_page.get(), &EnginePage::choicesChanged, m_process, &ProcessAction::setChoices);
        m_page->resize(1200, 800);
        m_page->show();
    }
    void trigger(ActionId id) { m_actions->action(id)->trigger(); }
    QString log() const { return m_page->findChild<QPlainTextEdit*>()->toPlainText(); }

private Q_SLOTS:
    void initTestCase() { tests::EngineFixture::prepare(); }
    void init()
    {
        m_fixture = std::make_unique<tests::EngineFixture>();
        QVERIFY(m_fixture->handle(u"label_printing"_s, R"({"command":["/bin/true"]})"));
        QVERIFY(m_fixture->handle(u"balance_sync"_s, R"({"command":["/bin/false"]})"));
        m_actions = std::make_unique<ActionSet>();
        m_notifier = std::make_unique<Notifier>();
    }
    void cleanup()
    {
        m_page.reset();
        m_notifier.reset();
        m_actions.reset();
        m_fixture.reset();
    }

    void whatWouldRunIsShownFirst_data()
    {
        QTest::addColumn<ActionId>("id");
        QTest::addColumn<int>("good");
        QTest::addColumn<int>("bad");
        for (const auto& [id, name] : {std::pair{ActionId::StartEngine, "start"},
                                       std::pair{ActionId::ProcessNow, "round"}}) {
            QTest::addRow("%s, nothing waits", name) << id << 0 << 0;
            QTest::addRow("%s, all good", name) << id << 3 << 0;
            QTest::addRow("%s, all bad", name) << id << 0 << 384;
            QTest::addRow("%s, mixed", name) << id << 40 << 7;
        }
    }
    void whatWouldRunIsShownFirst()
    {
        QFETCH(const ActionId, id);
        QFETCH(const int, good);
        QFETCH(const int, bad);
        open(true);
        if (good > 0)
            add(u"label_printing"_s, u"{\"reportType\":\"weekly\"}"_s, good, u"g"_s);
        if (bad > 0)
            add(u"balance_sync"_s, u"[]"_s, bad, u"b"_s);
        trigger(id);
        QVERIFY(!m_actions->action(id)->isEnabled()); // while it reads the preview
        QTRY_VERIFY(tests::openDialog<PreflightDialog>());
        const auto* dialog = tests::openDialog<PreflightDialog>();
        QVERIFY(m_actions->action(id)->isEnabled());
        if (good + bad == 0) {
            QVERIFY(tests::textOf(*dialog, u"scope"_s).startsWith(u"No pending job"_s));
        } else {
            QVERIFY(tests::textOf(*dialog, u"scope"_s).startsWith(QString::number(good + bad)));
            QHash<QString, QString> failing;
            for (const Line& line : child<LinesTable>(*dialog, u"types"_s)->model().lines())
                failing[line[0].text] = line[3].text;
            QCOMPARE(failing.value(u"label_printing"_s), good > 0 ? u"0"_s : QString());
            QCOMPARE(failing.value(u"balance_sync"_s), bad > 0 ? QString::number(bad) : QString());
        }
        if (bad > 0) {
            QVERIFY(tests::textOf(*dialog, u"said"_s)
                        .startsWith(u"%1 of %2 checked would fail"_s.arg(bad).arg(good + bad)));
            QVERIFY(dialog->findChild<QPushButton*>(u"cancel"_s)->hasFocus());
        }
        dialog->findChild<QPushButton*>(u"cancel"_s)->click();
        QVERIFY(!m_fixture->session->engine().isRunning());
        QVERIFY(m_fixture->session->engine().isQuiet());
        QCOMPARE(m_fixture->counts().pending, good + bad);
    }

    void ofOnesOwnNothingIsAsked()
    {
        open(false);
        trigger(ActionId::StartEngine);
        QVERIFY(m_fixture->session->engine().isRunning());
        QVERIFY(!tests::openDialog<PreflightDialog>());
    }

    void itStopsAfterFailuresInARowAndSaysWhy_data()
    {
        QTest::addColumn<ActionId>("id");
        QTest::newRow("the engine that stays") << ActionId::StartEngine;
        QTest::newRow("a round") << ActionId::ProcessNow;
    }
    void itStopsAfterFailuresInARowAndSaysWhy()
    {
        QFETCH(const ActionId, id);
        open(true);
        QCOMPARE(child<QSpinBox>(*m_page, u"stopAfter"_s)->value(), 5);
        child<QSpinBox>(*m_page, u"stopAfter"_s)->setValue(3);
        child<QSpinBox>(*m_page, u"concurrency"_s)->setValue(1);
        child<QSpinBox>(*m_page, u"round"_s)->setValue(100);
        add(u"balance_sync"_s, u"[]"_s, 100, u"b"_s);
        QSignalSpy said(m_notifier.get(), &Notifier::toastWanted);
        trigger(id);
        QTRY_VERIFY(tests::openDialog<PreflightDialog>());
        child<QPushButton>(*tests::openDialog<PreflightDialog>(), u"go"_s)->click();
        QTRY_VERIFY(m_page->findChild<Strip*>(u"halt"_s)->isVisible());
        QTRY_VERIFY(m_fixture->session->engine().isQuiet());
        QTRY_VERIFY(!m_fixture->session->engine().isRunning());
        QVERIFY(tests::textOf(*m_page, u"halt"_s).contains(u"3 attempts failed in a row"_s));
        QVERIFY(tests::textOf(*m_page, u"halt"_s).contains(u"balance_sync"_s));
        QVERIFY(m_page->statusTexts().join(u' ').contains(u"after 3 failures in a row"_s));
        QTRY_VERIFY(log().contains(u"stopped: 3 attempts failed in a row"_s));
        QTRY_VERIFY(said.last()[0].toString().contains(u"after 3 failures in a row"_s));
        QCOMPARE(m_fixture->counts().failed, 3);
        QCOMPARE(m_fixture->counts().pending, 97);
        QCOMPARE(m_fixture->counts().processing, 0);
        // Once chosen, it is kept for this database.
        QCOMPARE(EngineChoices::load(m_fixture->session->info()).engine.stopAfterFailures, 3);
        m_fixture->session->engine().start({.stopAfterFailures = 1});
        QVERIFY(!m_page->findChild<Strip*>(u"halt"_s)->isVisible());
    }
};

QTEST_MAIN(TestProcessAction)
#include "tst_processaction.moc"
