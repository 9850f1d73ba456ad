// SPDX-License-Identifier: GPL-3.0-or-later
// Schedules in the window: created, put into words, enabled, run and removed.
#include "core/schedule/scheduler.h"
#include "tests/ui/engine/fixture.h"
#include "ui/engine/outcomesdialog.h"
#include "ui/engine/scheduledialog.h"
#include "ui/engine/schedulerow.h"
#include "ui/engine/schedulespanel.h"
#include "ui/widgets/linestable.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>

using namespace Qt::StringLiterals;
using namespace queuedeck;
using namespace queuedeck::ui;
using schedule::Schedule;
using tests::child;
using tests::says;

class TestSchedulesPanel : public QObject
{
    Q_OBJECT

    std::unique_ptr<tests::EngineFixture> m_fixture;
    std::unique_ptr<SchedulesPanel> m_panel;

    schedule::Scheduler& schedules() { return m_fixture->session->schedules(); }
    ScheduleDialog* add()
    {
        child<QPushButton>(*m_panel, u"addSchedule"_s)->click();
        auto* dialog = tests::openDialog<ScheduleDialog>();
        if (!dialog)
            qFatal("No dialog came.");
        return dialog;
    }
    QString keep(const schedule::ScheduledWork& work, const QString& cron = u"@yearly"_s)
    {
        const auto id = schedules().save({{}, u"A schedule"_s, cron, {}, work});
        if (!id)
            qFatal("%s", qPrintable(id.error().detail));
        return *id;
    }

private Q_SLOTS:
    void initTestCase() { tests::EngineFixture::prepare(); }
    void init()
    {
        m_fixture = std::make_unique<tests::EngineFixture>();
        m_fixture->open();
        schedules().start();
        m_panel = std::make_unique<SchedulesPanel>(*m_fixture->session);
        m_panel->resize(372, 400);
        m_panel->show();
    }
    void cleanup()
    {
        m_panel.reset();
        m_fixture.reset();
    }

    void whatIsTypedIsToldInWords()
    {
        ScheduleDialog* dialog = add();
        auto* cron = child<QLineEdit>(*dialog, u"cron"_s);
        auto* go = child<QPushButton>(*dialog, u"go"_s);
        QVERIFY(says(*dialog, u"every 5 minutes"_s));
        QCOMPARE(tests::textOf(*dialog, u"runs"_s).count(u'\n'), 4); // five runs
        cron->setText(u"0 2 * * MON"_s);
        QVERIFY(says(*dialog, u"at 02:00 on Mondays"_s));
        QVERIFY(tests::textOf(*dialog, u"runs"_s).contains(u"02:00"_s));
        QVERIFY(go->isEnabled());
        cron->setText(u"61 * * * *"_s);
        QVERIFY(says(*dialog, u"0 to 59"_s));
        QVERIFY(tests::textOf(*dialog, u"runs"_s).isEmpty());
        QVERIFY(!go->isEnabled());
        cron->setText(u"0 0 31 2 *"_s); // never
        QVERIFY(!go->isEnabled());
        cron->setText(u"0 4 * * *"_s);
        child<QComboBox>(*dialog, u"zone"_s)->setCurrentText(u"Nowhere/Land"_s);
        QVERIFY(!go->isEnabled());
        QVERIFY(says(*dialog, u"Nowhere/Land"_s));
        child<QComboBox>(*dialog, u"zone"_s)->setCurrentText(u"Asia/Bangkok"_s);
        QVERIFY(go->isEnabled());
        QVERIFY(tests::textOf(*dialog, u"runs"_s).contains(u"04:00"_s));
        go->click();
        QCOMPARE(schedules().all().size(), 1);
        QCOMPARE(schedules().all()[0].zone, "Asia/Bangkok");
        QCOMPARE(schedules().all()[0].name, u"Run up to 10 jobs here"_s); // because none was given
    }

    void eachKindOfWorkCanBeAsked()
    {
        m_panel->setEndpoint(u"https://app.example/api/jobs/process"_s);
        ScheduleDialog* dialog = add();
        child<QSpinBox>(*dialog, u"jobsACall"_s)->setValue(50);
        child<QCheckBox>(*dialog, u"drain"_s)->setChecked(true);
        child<QPushButton>(*dialog, u"go"_s)->click();
        QVERIFY(schedules().all()[0].work ==
                schedule::ScheduledWork(
                    schedule::RemoteRound{u"https://app.example/api/jobs/process"_s, 50, true}));
        QTRY_VERIFY(!tests::openDialog<ScheduleDialog>());

        dialog = add();
        child<QComboBox>(*dialog, u"what"_s)->setCurrentIndex(2);
        child<QSpinBox>(*dialog, u"days"_s)->setValue(7);
        child<QCheckBox>(*dialog, u"failed"_s)->setChecked(false);
        QVERIFY(child<QPushButton>(*dialog, u"go"_s)->isEnabled());
        child<QCheckBox>(*dialog, u"completed"_s)->setChecked(false);
        QVERIFY(!child<QPushButton>(*dialog, u"go"_s)->isEnabled()); // would clean up nothing
        child<QCheckBox>(*dialog, u"completed"_s)->setChecked(true);
        child<QPushButton>(*dialog, u"go"_s)->click();
        QVERIFY(schedules().all()[1].work ==
                schedule::ScheduledWork(schedule::CleanUpRound{7, {domain::JobStatus::Completed}}));
        QTRY_COMPARE(m_panel->findChildren<ScheduleRow*>().size(), 2);
        QTRY_VERIFY(!tests::openDialog<ScheduleDialog>());

        dialog = add();
        child<QComboBox>(*dialog, u"what"_s)->setCurrentIndex(3);
        auto* report = child<QComboBox>(*dialog, u"report"_s);
        report->setCurrentIndex(report->findData(u"spend"_s));
        auto* format = child<QComboBox>(*dialog, u"format"_s);
        format->setCurrentIndex(format->findData(u"csv"_s));
        child<QPushButton>(*dialog, u"go"_s)->click();
        QVERIFY(schedules().all()[2].work ==
                schedule::ScheduledWork(
                    schedule::ReportRound{domain::ReportKind::Spend, domain::ReportFormat::Csv}));
    }

    void aScheduleIsRunAndItsOutcomeShown()
    {
        QVERIFY(m_fixture->handle(u"label_printing"_s, R"({"command":["/bin/true"]})"));
        m_fixture->enqueue(u"label_printing"_s, 4);
        const QString id = keep(schedule::LocalRound{3});
        auto* row = m_panel->findChild<ScheduleRow*>();
        QVERIFY(row);
        QVERIFY(tests::textOf(*row, u"when"_s).contains(u"next"_s));
        QSignalSpy ended(&schedules(), &schedule::Scheduler::runEnded);
        Q_EMIT row->runWanted();
        QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, 60'000);
        QVERIFY(tests::textOf(*row, u"outcome"_s).contains(u"Processed 3 jobs, 0 failed"_s));
        QCOMPARE(m_fixture->counts().pending, 1);
        Q_EMIT row->outcomesWanted();
        auto* outcomes = tests::openDialog<OutcomesDialog>();
        QVERIFY(outcomes);
        QCOMPARE(outcomes->findChild<LinesTable*>()->model().rowCount(), 1);
        outcomes->reject();
        QVERIFY(schedules().find(id));
    }

    void itIsSwitchedEditedAndRemoved()
    {
        const QString id = keep(schedule::LocalRound{10}, u"*/5 * * * *"_s);
        auto* row = m_panel->findChild<ScheduleRow*>();
        child<QCheckBox>(*row, u"enabled"_s)->click();
        QVERIFY(!schedules().find(id)->enabled);
        QVERIFY(tests::textOf(*row, u"when"_s).contains(u"off"_s));
        Q_EMIT row->editWanted();
        auto* dialog = tests::openDialog<ScheduleDialog>();
        QVERIFY(dialog);
        child<QLineEdit>(*dialog, u"cron"_s)->setText(u"@hourly"_s);
        child<QPushButton>(*dialog, u"go"_s)->click();
        QCOMPARE(schedules().find(id)->cron, u"@hourly"_s);
        QVERIFY(!schedules().find(id)->enabled); // editing does not enable it
        QSignalSpy said(m_panel.get(), &SchedulesPanel::said);
        Q_EMIT row->removeWanted();
        QVERIFY(!schedules().find(id));
        QCOMPARE(said.size(), 1);
        QTRY_COMPARE(m_panel->findChildren<ScheduleRow*>().size(), 0);
    }

    void anotherQueuedeckOnTheFileIsTold()
    {
        schedules().flush();
        const auto second = tests::openAt(m_fixture->folder.filePath(u"jobs.db"_s));
        second->schedules().start();
        SchedulesPanel panel(*second);
        panel.show();
        QVERIFY(!tests::textOf(panel, u"scheduleTrouble"_s).isEmpty());
        QVERIFY(child<QWidget>(panel, u"scheduleTrouble"_s)->isVisible());
    }
};

QTEST_MAIN(TestSchedulesPanel)
#include "tst_schedulespanel.moc"
