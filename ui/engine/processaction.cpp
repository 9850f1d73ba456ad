// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/processaction.h"

#include "core/async/deliver.h"
#include "core/service/changefeed.h"
#include "core/service/engineservice.h"
#include "ui/actions/actionset.h"
#include "ui/engine/preflightdialog.h"
#include "ui/engine/stepdialog.h"
#include "ui/notice/changesoff.h"
#include "ui/notice/notifier.h"
#include "ui/widgets/place.h"

#include <QWidget>

namespace queuedeck::ui {

ProcessAction::ProcessAction(service::Session& session, ActionSet& actions, Notifier& notifier,
                             QWidget* window)
    : QObject(window)
    , m_session(session)
    , m_actions(actions)
    , m_notifier(notifier)
    , m_window(window)
{
    service::EngineService& engine = session.engine();
    connect(actions.action(ActionId::ProcessNow), &QAction::triggered, this, [this] {
        preflight(
            {tr("Process up to %1 jobs of %2?").arg(m_choices.round).arg(m_session.info().name),
             tr("Process Now"), m_choices.round, m_choices.engine.stopAfterFailures},
            [this] { processNow(); });
    });
    connect(actions.action(ActionId::StartEngine), &QAction::triggered, this, [this] {
        preflight({tr("Start the engine on %1?").arg(m_session.info().name), tr("Start Engine"), 0,
                   m_choices.engine.stopAfterFailures},
                  [this] { start(); });
    });
    connect(actions.action(ActionId::StepJob), &QAction::triggered, this, &ProcessAction::step);
    // One Stop for both: the continuous engine and a running round.
    connect(actions.action(ActionId::StopEngine), &QAction::triggered, this, [this, &engine] {
        m_isStopping = true;
        m_stop.request_stop();
        engine.stop();
        enable();
        m_notifier.say(stoppingText(engine.runningCount()));
        Q_EMIT stopping();
    });
    connect(&engine, &service::EngineService::started, this, &ProcessAction::enable);
    connect(&session.changes(), &service::ChangeFeed::lost, this, &ProcessAction::enable);
    connect(&session.changes(), &service::ChangeFeed::restored, this, &ProcessAction::enable);
    connect(&engine, &service::EngineService::stopped, this,
            [this](const service::ProcessReport& report) {
                m_isStopping = false;
                enable();
                m_session.changes().poke();
                if (report.haltedAfter > 0)
                    m_notifier.warn(tr("The engine stopped by itself after %1 failures in a row.")
                                        .arg(report.haltedAfter));
                else
                    m_notifier.sayDone(tr("The engine has stopped: %1 completed, %2 failed.")
                                           .arg(report.processed)
                                           .arg(report.failed),
                                       report.processed, report.failed);
            });
    connect(&engine, &service::EngineService::failed, &notifier, &Notifier::fail);
    enable();
}

ProcessAction::~ProcessAction()
{
    m_stop.request_stop();
}

void ProcessAction::enable()
{
    const bool isRunning = m_session.engine().isRunning();
    const QString off = m_isLooking ? tr("Looking at what would run.") : changesOff(m_session);
    const auto enable = [&](ActionId id, const QString& why) {
        const QString reason = off.isEmpty() ? why : off;
        m_actions.setEnabled(id, reason.isEmpty(), reason);
    };
    enable(ActionId::StartEngine, isRunning ? tr("The engine is running.") : QString());
    enable(ActionId::ProcessNow, m_isProcessing ? tr("A round is running.") : QString());
    enable(ActionId::StepJob, {});
    m_actions.setEnabled(ActionId::StopEngine, (isRunning || m_isProcessing) && !m_isStopping,
                         m_isStopping ? stoppingText(m_session.engine().runningCount())
                                      : tr("The engine is not running."));
}

void ProcessAction::preflight(const PreflightQuestion& question, const std::function<void()>& go)
{
    if (m_session.info().mode == domain::QueueMode::Own && !placeOf(m_window).asksForName()) {
        go();
        return;
    }
    m_isLooking = true;
    enable();
    async::deliver(m_session.engine().preflight(m_choices.engine), this,
                   [this, question, go](const base::Result<domain::Preflight>& found) {
                       m_isLooking = false;
                       enable();
                       auto* dialog = new PreflightDialog(question, found, m_window);
                       connect(dialog, &PreflightDialog::goWanted, this, go);
                       dialog->open();
                   });
}

void ProcessAction::start()
{
    m_session.engine().start(m_choices.engine);
}

void ProcessAction::processNow()
{
    m_isProcessing = true;
    m_stop = std::stop_source();
    enable();
    service::EngineSettings settings = m_choices.engine;
    settings.maxJobs = m_choices.round;
    m_notifier.say(
        tr("Processing up to %1 jobs. Stop Engine ends the round.").arg(m_choices.round));
    async::deliver(
        m_session.engine().process(settings, m_stop.get_token()), this,
        [this](const base::Result<service::ProcessReport>& report) {
            m_isProcessing = false;
            m_isStopping = false;
            enable();
            m_session.changes().poke();
            if (!report)
                m_notifier.fail(report.error());
            else if (report->haltedAfter > 0)
                m_notifier.warn(tr("The round stopped by itself after %1 failures in a row.")
                                    .arg(report->haltedAfter));
            else if (report->processed + report->failed == 0)
                m_notifier.say(tr("Nothing could be processed: no pending job has a "
                                  "handler here and is due."));
            else
                m_notifier.sayDone(
                    tr("%1 completed, %2 failed.").arg(report->processed).arg(report->failed),
                    report->processed, report->failed);
        });
}

void ProcessAction::setChoices(const EngineChoices& choices)
{
    m_choices = choices;
    enable();
}

void ProcessAction::step()
{
    auto* dialog = new StepDialog(m_session, m_choices.engine, m_window);
    connect(dialog, &StepDialog::jobWanted, this, &ProcessAction::jobWanted);
    dialog->open();
}

} // namespace queuedeck::ui
