// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/processaction.h"

#include "core/async/deliver.h"
#include "core/service/changefeed.h"
#include "core/service/engineservice.h"
#include "ui/actions/actionset.h"
#include "ui/engine/stepdialog.h"
#include "ui/notice/notifier.h"

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
    connect(actions.action(ActionId::ProcessNow), &QAction::triggered, this,
            &ProcessAction::processNow);
    connect(actions.action(ActionId::StartEngine), &QAction::triggered, this,
            [this, &engine] { engine.start(m_choices.engine); });
    connect(actions.action(ActionId::StepJob), &QAction::triggered, this, &ProcessAction::step);
    // One Stop for both: the engine that stays and the round that runs.
    connect(actions.action(ActionId::StopEngine), &QAction::triggered, this, [this, &engine] {
        m_isStopping = true;
        m_stop.request_stop();
        engine.stop();
        enable();
    });
    connect(&engine, &service::EngineService::started, this, &ProcessAction::enable);
    connect(&engine, &service::EngineService::stopped, this,
            [this](const service::ProcessReport& report) {
                m_isStopping = false;
                enable();
                m_session.changes().poke();
                m_notifier.say(tr("The engine has stopped: %1 completed, %2 failed.")
                                   .arg(report.processed)
                                   .arg(report.failed));
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
    const bool isReadOnly = m_session.info().readOnly;
    const QString readOnly =
        tr("Read-only: the database itself refuses changes on this connection.");
    const bool isRunning = m_session.engine().isRunning();
    m_actions.setEnabled(ActionId::StartEngine, !isReadOnly && !isRunning,
                         isReadOnly ? readOnly : tr("The engine is running."));
    m_actions.setEnabled(ActionId::StopEngine, (isRunning || m_isProcessing) && !m_isStopping,
                         m_isStopping ? tr("The engine is stopping, at most 20 s.")
                                      : tr("The engine is not running."));
    m_actions.setEnabled(ActionId::ProcessNow, !isReadOnly && !m_isProcessing,
                         isReadOnly ? readOnly : tr("A round is running."));
    m_actions.setEnabled(ActionId::StepJob, !isReadOnly, readOnly);
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
            else if (report->processed + report->failed == 0)
                m_notifier.say(tr("Nothing could be processed: no pending job has a "
                                  "handler here and is due."));
            else
                m_notifier.say(
                    tr("%1 completed, %2 failed.").arg(report->processed).arg(report->failed));
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
