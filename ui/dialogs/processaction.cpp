// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/processaction.h"

#include "core/async/deliver.h"
#include "core/service/changefeed.h"
#include "core/service/engineservice.h"
#include "core/service/session.h"
#include "ui/actions/actionset.h"
#include "ui/dialogs/errordialog.h"
#include "ui/dialogs/words.h"
#include "ui/notice/notifier.h"
#include "ui/widgets/format.h"

#include <QWidget>

namespace queuedeck::ui {
namespace {

constexpr int kJobsARound = 10;

QString reportText(const service::ProcessReport& report)
{
    if (report.processed == 0 && report.failed == 0)
        return ProcessAction::tr("No pending job could be run here.");
    if (report.failed == 0)
        return ProcessAction::tr("%1 completed.").arg(formatCount(report.processed));
    return ProcessAction::tr("%1 completed, %2 failed.")
        .arg(formatCount(report.processed), formatCount(report.failed));
}

} // namespace

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
            &ProcessAction::process);
    connect(actions.action(ActionId::StartEngine), &QAction::triggered, this, [this] {
        m_session.engine().start();
        updateActions();
    });
    connect(actions.action(ActionId::StopEngine), &QAction::triggered, this, [this] {
        m_isStopping = true;
        m_session.engine().stop();
        updateActions();
    });
    connect(&engine, &service::EngineService::started, this, [this] {
        m_isStopping = false;
        updateActions();
    });
    connect(&engine, &service::EngineService::stopped, this,
            [this](const service::ProcessReport& report) {
                m_isStopping = false;
                m_notifier.say(tr("Engine stopped: %1").arg(reportText(report)));
                m_session.changes().poke();
                updateActions();
            });
    connect(&engine, &service::EngineService::progressed, this, [this](int done, int failedOnes) {
        m_session.changes().poke();
        emit progressed(
            tr("%1 completed, %2 failed so far.").arg(formatCount(done), formatCount(failedOnes)));
    });
    connect(&engine, &service::EngineService::failed, this, &ProcessAction::failed);
    updateActions();
}

ProcessAction::~ProcessAction()
{
    m_stop.request_stop();
}

void ProcessAction::stop()
{
    m_stop.request_stop();
}

void ProcessAction::process()
{
    if (m_isProcessing)
        return;
    m_isProcessing = true;
    m_stop = std::stop_source();
    updateActions();
    m_notifier.say(tr("Processing up to %1 pending jobs.").arg(kJobsARound));
    emit processingChanged(true);
    service::EngineSettings settings;
    settings.maxJobs = kJobsARound;
    settings.untilEmpty = true;
    async::deliver(m_session.engine().process(settings, m_stop.get_token()), this,
                   [this](const base::Result<service::ProcessReport>& report) {
                       m_isProcessing = false;
                       updateActions();
                       emit processingChanged(false);
                       if (report)
                           processed(*report);
                       else
                           failed(report.error());
                   });
}

void ProcessAction::processed(const service::ProcessReport& report)
{
    m_notifier.say(reportText(report));
    m_session.changes().poke();
}

void ProcessAction::failed(const base::Error& error)
{
    updateActions();
    if (error.kind != base::ErrorKind::Cancelled)
        (new ErrorDialog(error, m_window))->open();
    m_session.changes().poke();
}

void ProcessAction::updateActions()
{
    QString off;
    if (m_session.info().readOnly)
        off = tr("Read-only: the database itself refuses changes on this connection.");
    const bool isRunning = m_session.engine().isRunning();
    const auto set = [this, &off](ActionId id, bool isOn, const QString& why) {
        m_actions.setEnabled(id, off.isEmpty() && isOn, off.isEmpty() ? why : off);
    };
    set(ActionId::StartEngine, !isRunning, tr("The engine is running."));
    set(ActionId::StopEngine, isRunning && !m_isStopping,
        m_isStopping ? tr("The engine is stopping; this takes up to 20 s.")
                     : tr("The engine is not running."));
    set(ActionId::ProcessNow, !m_isProcessing, tr("A round of jobs is running."));
}

} // namespace queuedeck::ui
