// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/jobactions.h"

#include "core/async/deliver.h"
#include "core/service/changefeed.h"
#include "core/service/jobservice.h"
#include "core/service/snapshotfeed.h"
#include "ui/actions/actionset.h"
#include "ui/dialogs/cleanupdialog.h"
#include "ui/dialogs/confirmdialog.h"
#include "ui/dialogs/enqueuedialog.h"
#include "ui/dialogs/retryalldialog.h"
#include "ui/notice/notifier.h"
#include "ui/widgets/label.h"

#include <QBoxLayout>
#include <QWidget>

#include <array>

namespace queuedeck::ui {

using domain::JobAction;

namespace {
struct Entry
{
    JobAction action;
    ActionId id;
    Deed deed;
};

constexpr std::array kEntries{Entry{JobAction::Retry, ActionId::Retry, Deed::Retry},
                              Entry{JobAction::Cancel, ActionId::Cancel, Deed::Cancel},
                              Entry{JobAction::Delete, ActionId::Delete, Deed::Delete},
                              Entry{JobAction::RunNext, ActionId::RunNext, Deed::RunNext}};

Deed deedOf(JobAction action)
{
    for (const Entry& entry : kEntries) {
        if (entry.action == action)
            return entry.deed;
    }
    return Deed::Retry;
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
    for (const Entry& entry : kEntries)
        connect(actions.action(entry.id), &QAction::triggered, this,
                [this, action = entry.action] { act(action); });
    connect(actions.action(ActionId::RetryAll), &QAction::triggered, this, &JobActions::retryAll);
    connect(actions.action(ActionId::CleanUp), &QAction::triggered, this, &JobActions::cleanUp);
    connect(actions.action(ActionId::Enqueue), &QAction::triggered, this, &JobActions::enqueue);
    enable();
}

void JobActions::setSelection(const QVector<domain::Job>& jobs)
{
    m_selection = jobs;
    enable();
}

void JobActions::setFilter(const domain::JobFilter& filter)
{
    m_filter = filter;
    enable();
}

void JobActions::setMatches(const domain::MatchCount& matches)
{
    m_matches = matches;
    enable();
}

void JobActions::enable()
{
    const bool isReadOnly = m_session.info().readOnly;
    const QString readOnly =
        tr("Read-only: the database itself refuses changes on this connection.");
    for (const Entry& entry : kEntries) {
        QString whyNot = isReadOnly ? readOnly : tr("No job is selected.");
        bool isAllowed = false;
        for (const domain::Job& job : m_selection) {
            if (isReadOnly)
                break;
            whyNot = skipReason(domain::refusal(entry.action, job));
            isAllowed = whyNot.isEmpty();
            if (isAllowed)
                break;
        }
        m_actions.setEnabled(entry.id, isAllowed, whyNot);
    }
    m_actions.setEnabled(ActionId::RetryAll, !isReadOnly && m_matches.count > 0,
                         isReadOnly ? readOnly : tr("No job matches this filter."));
    for (const ActionId id : {ActionId::CleanUp, ActionId::Enqueue, ActionId::UploadCard,
                              ActionId::Undo})
        m_actions.setEnabled(id, !isReadOnly, readOnly);
}

void JobActions::act(JobAction action)
{
    domain::JobIds ids;
    for (const domain::Job& job : std::as_const(m_selection))
        ids.push_back(job.id);
    if (ids.isEmpty())
        return;
    if (action == JobAction::Delete || ids.size() > kAtOnce)
        ask(action, ids);
    else
        carryOut(action, ids);
}

void JobActions::ask(JobAction action, const domain::JobIds& ids)
{
    const int count = int(ids.size());
    QString title;
    QString question;
    QString act;
    QString safe;
    switch (action) {
    case JobAction::Delete:
        title = tr("Delete jobs");
        question = tr("Delete %n job(s)?", nullptr, count);
        act = tr("Delete %n Job(s)", nullptr, count);
        safe = tr("Keep Them");
        break;
    case JobAction::Retry:
        title = tr("Retry jobs");
        question = tr("Retry %n job(s)?", nullptr, count);
        act = tr("Retry %n Job(s)", nullptr, count);
        safe = tr("Don’t Retry");
        break;
    case JobAction::Cancel:
        title = tr("Cancel jobs");
        question = tr("Cancel %n job(s)?", nullptr, count);
        act = tr("Cancel %n Job(s)", nullptr, count);
        safe = tr("Let Them Run");
        break;
    case JobAction::RunNext:
        title = tr("Run next");
        question = tr("Run %n job(s) before all others?", nullptr, count);
        act = tr("Run %n Job(s) Next", nullptr, count);
        safe = tr("Keep the Order");
        break;
    }
    auto* dialog = new ConfirmDialog(title, question, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setMinimumWidth(px(460));
    auto* words = new Label(tr("They are kept in the journal and can be restored."),
                            TextRole::Body, Color::Text, dialog);
    words->setWordWrap(true);
    dialog->content()->addWidget(words);
    dialog->setButtons(safe, act, action == JobAction::Delete);
    connect(dialog, &ConfirmDialog::confirmed, this, [this, dialog, action, ids] {
        dialog->accept();
        carryOut(action, ids);
    });
    dialog->open();
}

void JobActions::carryOut(JobAction action, const domain::JobIds& ids)
{
    const service::Selection selection{ids, tr("%n selected job(s)", nullptr, int(ids.size()))};
    async::deliver(m_session.jobs().change(action, selection), this,
                   [this, action](const base::Result<domain::Outcome>& outcome) {
                       if (outcome)
                           report(deedOf(action), *outcome);
                       else
                           m_notifier.fail(outcome.error());
                   });
}

void JobActions::retryJob(const domain::JobId& id)
{
    carryOut(JobAction::Retry, {id});
}

void JobActions::report(Deed deed, const domain::Outcome& outcome)
{
    m_notifier.report(deed, outcome);
    m_session.changes().poke();
}

void JobActions::retryAll()
{
    auto* dialog = new RetryAllDialog(m_session.jobs(), m_filter, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &RetryAllDialog::done, this,
            [this](const domain::Outcome& outcome) { report(Deed::Retry, outcome); });
    connect(dialog, &RetryAllDialog::failed, &m_notifier, &Notifier::fail);
    dialog->open();
}

void JobActions::cleanUp()
{
    auto* dialog = new CleanUpDialog(m_session.jobs(),
                                     m_session.snapshots().current().byType.keys(), m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CleanUpDialog::done, this,
            [this](const domain::Outcome& outcome) { report(Deed::CleanUp, outcome); });
    connect(dialog, &CleanUpDialog::failed, &m_notifier, &Notifier::fail);
    dialog->open();
}

void JobActions::enqueue()
{
    auto* dialog = new EnqueueDialog(m_session.jobs(), m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &EnqueueDialog::enqueued, this, [this](int jobs) {
        domain::Outcome outcome;
        outcome.matched = jobs;
        outcome.changed = jobs;
        report(Deed::Enqueue, outcome);
    });
    dialog->open();
}

} // namespace queuedeck::ui
