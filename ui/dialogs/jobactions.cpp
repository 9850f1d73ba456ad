// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/jobactions.h"

#include "core/async/deliver.h"
#include "core/service/changefeed.h"
#include "core/service/jobservice.h"
#include "core/service/session.h"
#include "ui/actions/actionset.h"
#include "ui/dialogs/cleanupdialog.h"
#include "ui/dialogs/confirmdialog.h"
#include "ui/dialogs/enqueuedialog.h"
#include "ui/dialogs/errordialog.h"
#include "ui/dialogs/retryalldialog.h"
#include "ui/notice/notifier.h"

#include <QWidget>

#include <algorithm>
#include <array>

namespace queuedeck::ui {

using domain::JobAction;

namespace {

constexpr std::array kOfSelection{std::pair{ActionId::Retry, JobAction::Retry},
                                  std::pair{ActionId::Cancel, JobAction::Cancel},
                                  std::pair{ActionId::Delete, JobAction::Delete},
                                  std::pair{ActionId::RunNext, JobAction::RunNext}};

/// The reason all of them share; empty if one is allowed, a general one if they differ.
QString whyNone(JobAction action, const QVector<domain::Job>& jobs)
{
    QString reason;
    for (const domain::Job& job : jobs) {
        const QString one = domain::refusal(action, job);
        if (one.isEmpty())
            return {};
        if (!reason.isEmpty() && reason != one)
            return JobActions::tr("None of the selected jobs allows this.");
        reason = one;
    }
    return JobActions::tr("Not for this selection: %1.").arg(skipReason(reason));
}

} // namespace

JobActions::JobActions(service::Session& session, ActionSet& actions, Notifier& notifier,
                       QWidget* window)
    : QObject(window)
    , m_session(session)
    , m_actions(actions)
    , m_notifier(notifier)
    , m_window(window)
{
    for (const auto& [id, action] : kOfSelection) {
        connect(actions.action(id), &QAction::triggered, this,
                [this, what = action] { carryOut(what, m_selection); });
    }
    connect(actions.action(ActionId::RetryAll), &QAction::triggered, this, &JobActions::retryAll);
    connect(actions.action(ActionId::CleanUp), &QAction::triggered, this, &JobActions::cleanUp);
    connect(actions.action(ActionId::Enqueue), &QAction::triggered, this, &JobActions::enqueue);
    connect(actions.action(ActionId::Undo), &QAction::triggered, this, [this] { undo(); });
    updateActions();
}

JobActions::~JobActions() = default;

void JobActions::setSelection(const QVector<domain::Job>& jobs)
{
    m_selection = jobs;
    updateActions();
}

void JobActions::setFilter(const domain::JobFilter& filter, const domain::MatchCount& matches)
{
    m_filter = filter;
    m_matches = matches;
    updateActions();
}

void JobActions::setConnected(bool isConnected)
{
    m_isConnected = isConnected;
    updateActions();
}

void JobActions::updateActions()
{
    QString off;
    if (m_session.info().readOnly)
        off = tr("Read-only: the database itself refuses changes on this connection.");
    else if (!m_isConnected)
        off = tr("Not connected.");
    for (const auto& [id, action] : kOfSelection) {
        QString why = off;
        if (why.isEmpty())
            why = m_selection.isEmpty() ? tr("No job is selected.") : whyNone(action, m_selection);
        m_actions.setEnabled(id, why.isEmpty(), why);
    }
    const QString whyAll =
        !off.isEmpty() || m_matches.count > 0 ? off : tr("No job matches the filter.");
    m_actions.setEnabled(ActionId::RetryAll, whyAll.isEmpty(), whyAll);
    for (ActionId id : {ActionId::CleanUp, ActionId::Enqueue, ActionId::Undo})
        m_actions.setEnabled(id, off.isEmpty(), off);
}

void JobActions::carryOut(JobAction action, const QVector<domain::Job>& jobs)
{
    domain::JobIds ids;
    qint64 allowed = 0;
    for (const domain::Job& job : jobs) {
        ids.append(job.id);
        allowed += domain::isAllowed(action, job) ? 1 : 0;
    }
    if (allowed == 0)
        return;
    const service::Selection selection{
        ids, ids.size() == 1 ? QStringLiteral("1 selected job")
                             : QStringLiteral("%1 selected jobs").arg(ids.size())};
    const auto work = [this, action, selection](const service::ChangeOptions& options) {
        return m_session.jobs().change(action, selection, options);
    };
    if (action == JobAction::Delete || allowed > kAtOnce) {
        ask(new ConfirmDialog(action, jobs, work, m_window));
        return;
    }
    async::deliver(work({}), this, [this, action](const base::Result<domain::Outcome>& outcome) {
        if (outcome)
            changed(deedOf(action), *outcome);
        else
            failed(outcome.error());
    });
}

void JobActions::undo(const domain::JournalId& entry)
{
    async::deliver(m_session.jobs().undo(entry), this,
                   [this](const base::Result<domain::Outcome>& outcome) {
                       if (outcome)
                           changed(Deed::Undo, *outcome);
                       else if (outcome.error().kind == base::ErrorKind::NotFound)
                           m_notifier.say(tr("There is nothing to undo."));
                       else
                           failed(outcome.error());
                   });
}

void JobActions::changed(Deed deed, const domain::Outcome& outcome)
{
    // One that ended in an error has said so in its dialog.
    if (outcome.matched > 0 || outcome.changed > 0 || outcome.cancelled)
        m_notifier.report(deed, outcome);
    m_session.changes().poke();
}

void JobActions::failed(const base::Error& error)
{
    if (error.kind == base::ErrorKind::Cancelled)
        return;
    open(new ErrorDialog(error, m_window));
    m_session.changes().poke();
}

void JobActions::retryAll()
{
    ask(new RetryAllDialog(m_session, m_filter, m_matches, m_window));
}

void JobActions::cleanUp()
{
    ask(new CleanUpDialog(m_session, m_window));
}

void JobActions::enqueue()
{
    auto* dialog = new EnqueueDialog(m_session, m_window);
    connect(dialog, &EnqueueDialog::enqueued, this, [this](const domain::JobIds& ids) {
        domain::Outcome outcome;
        outcome.matched = outcome.changed = ids.size();
        changed(Deed::Enqueue, outcome);
        emit enqueued(ids);
    });
    open(dialog);
}

void JobActions::ask(BulkDialog* dialog)
{
    connect(dialog, &BulkDialog::carriedOut, this, &JobActions::changed);
    open(dialog);
}

void JobActions::open(QDialog* dialog)
{
    if (m_dialog && m_dialog->isVisible()) {
        // A key pressed twice asks once.
        dialog->deleteLater();
        m_dialog->raise();
        return;
    }
    m_dialog = dialog;
    dialog->open();
    emit asked(dialog);
}

} // namespace queuedeck::ui
