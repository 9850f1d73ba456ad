// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/jobactions.h"

#include "core/async/deliver.h"
#include "core/domain/payloadschema.h"
#include "core/service/changefeed.h"
#include "core/service/engineservice.h"
#include "core/service/session.h"
#include "core/service/snapshotfeed.h"
#include "ui/actions/actionset.h"
#include "ui/dialogs/changedialog.h"
#include "ui/dialogs/changesaside.h"
#include "ui/dialogs/cleanupdialog.h"
#include "ui/dialogs/enqueuedialog.h"
#include "ui/dialogs/jobwords.h"
#include "ui/notice/changesoff.h"
#include "ui/notice/notifier.h"
#include "ui/widgets/place.h"

#include <array>

namespace queuedeck::ui {

using domain::JobAction;

namespace {
struct Entry
{
    JobAction action;
    ActionId id;
};

constexpr std::array kEntries{
    Entry{JobAction::Retry, ActionId::Retry}, Entry{JobAction::Cancel, ActionId::Cancel},
    Entry{JobAction::Delete, ActionId::Delete}, Entry{JobAction::RunNext, ActionId::RunNext},
    Entry{JobAction::Repair, ActionId::Repair}};
} // namespace

JobActions::JobActions(service::Session& session, ActionSet& actions, Notifier& notifier,
                       QWidget* window)
    : QObject(window)
    , m_session(session)
    , m_actions(actions)
    , m_notifier(notifier)
    , m_window(window)
{
    connectActions(actions);
    connect(&session.changes(), &service::ChangeFeed::lost, this, &JobActions::updateEnabled);
    connect(&session.changes(), &service::ChangeFeed::restored, this, &JobActions::updateEnabled);
    updateEnabled();
}

void JobActions::connectActions(ActionSet& actions)
{
    for (const Entry& entry : kEntries)
        connect(actions.action(entry.id), &QAction::triggered, this, [this, action = entry.action] {
            if (m_scope.jobs.isEmpty() && m_scope.isAll)
                performOnAll(action); // too many to load one by one
            else
                perform(action, m_scope.jobs);
        });
    connect(actions.action(ActionId::RetryAll), &QAction::triggered, this,
            [this] { performOnAll(JobAction::Retry); });
    connect(actions.action(ActionId::CleanUp), &QAction::triggered, this, &JobActions::cleanUp);
    connect(actions.action(ActionId::Enqueue), &QAction::triggered, this, &JobActions::enqueue);
    connect(actions.action(ActionId::EditAsNew), &QAction::triggered, this, [this] {
        if (m_scope.jobs.size() == 1)
            editAsNew(m_scope.jobs.first().id);
    });
}

void JobActions::setScope(const JobScope& scope)
{
    m_scope = scope;
    updateEnabled();
}

QString JobActions::whyNot(JobAction action) const
{
    if (action == JobAction::RunNext && !placeOf(m_window).hasUndo)
        return withoutTables();
    if (action == JobAction::Delete && !m_session.info().deleteOff.isEmpty())
        return m_session.info().deleteOff.translated();
    if (m_scope.rows == 0)
        return tr("No job is selected.");
    if (m_scope.jobs.isEmpty() && m_scope.isAll)
        return whyNotAll();
    if (m_scope.jobs.isEmpty())
        return tr("Not all selected rows are loaded. Use a filter for this many.");
    QString why;
    for (const domain::Job& job : m_scope.jobs) {
        const auto refusal = domain::refusal(action, job);
        if (!refusal)
            return {};
        why = tr("Not for this selection: %1.").arg(refusal->words());
    }
    return why;
}

QString JobActions::whyNoCopy() const
{
    return m_scope.jobs.size() == 1 ? QString()
           : m_scope.rows == 0      ? tr("No job is selected.")
                                    : tr("Select one job only.");
}

QString JobActions::whyNotAll() const
{
    if (!m_scope.filter)
        return tr("The filter has a mistake.");
    if (!m_scope.matches)
        return tr("It is not known yet how many match.");
    return m_scope.matches->count > 0 ? QString() : tr("No job matches this filter.");
}

void JobActions::updateEnabled()
{
    const QString off = changesOff(m_session); // applies to every change
    const auto enable = [&](ActionId id, const QString& why) {
        const QString reason = off.isEmpty() ? why : off;
        m_actions.setEnabled(id, reason.isEmpty(), reason);
    };
    for (const Entry& entry : kEntries)
        enable(entry.id, whyNot(entry.action));
    enable(ActionId::RetryAll, whyNotAll());
    m_actions.setEnabled(ActionId::SelectAll, m_scope.filter.has_value(),
                         tr("The filter has a mistake."));
    m_actions.setEnabled(ActionId::GroupErrors, m_scope.filter.has_value(),
                         tr("The filter has a mistake."));
    const QString noGroup = m_scope.jobs.size() != 1 ? whyNoCopy()
                            : m_scope.jobs.first().status != domain::JobStatus::Failed
                                ? tr("This job has not failed.")
                                : QString();
    m_actions.setEnabled(ActionId::ShowGroup, noGroup.isEmpty(), noGroup);
    const QString notLoaded =
        m_scope.rows == 0 ? tr("No job is selected.")
                          : tr("Not all selected rows are loaded. Use a filter for this many.");
    for (const ActionId id : {ActionId::CopyId, ActionId::CopyCell, ActionId::CopyJson,
                              ActionId::CopyCsv, ActionId::CopySql, ActionId::CopyCurl})
        m_actions.setEnabled(id, !m_scope.jobs.isEmpty(), notLoaded);
    // They change nothing, so that they work where nothing may be changed.
    const QString noneMatch = whyNotAll();
    const QString noExport = !m_scope.jobs.isEmpty() ? QString()
                             : m_scope.isAll         ? noneMatch
                                                     : notLoaded;
    m_actions.setEnabled(ActionId::Export, noExport.isEmpty(), noExport);
    m_actions.setEnabled(ActionId::ExportAll, noneMatch.isEmpty(), noneMatch);
    const service::SessionInfo& info = m_session.info();
    enable(ActionId::CleanUp, info.deleteOff.translated());
    const QString noNewJobs = info.enqueueOff.translated();
    for (const ActionId id : {ActionId::Enqueue, ActionId::Import, ActionId::UploadCard})
        enable(id, noNewJobs);
    enable(ActionId::EditAsNew, noNewJobs.isEmpty() ? whyNoCopy() : noNewJobs);
}

void JobActions::perform(JobAction action, const QVector<domain::Job>& jobs)
{
    if (jobs.isEmpty())
        return;
    // A single key never does anything irreversible.
    const bool alwaysAsks = action == JobAction::Delete || action == JobAction::Repair ||
                            !placeOf(m_window).hasUndo ||
                            placeOf(m_window).safety == Safety::TypeName;
    if (alwaysAsks || jobs.size() > kAtOnce) {
        ask({action, jobs, {}, {}});
        return;
    }
    domain::JobIds ids;
    for (const domain::Job& job : jobs)
        ids += job.id;
    changeAtOnce(action, ids);
}

void JobActions::performOn(JobAction action, const domain::JobId& id)
{
    async::deliver(m_session.jobs().job(id), this,
                   [this, action](const base::Result<domain::JobDetail>& detail) {
                       if (detail)
                           perform(action, {detail->job});
                       else
                           m_notifier.fail(detail.error());
                   });
}

void JobActions::changeAtOnce(JobAction action, const domain::JobIds& ids)
{
    const service::Selection selection{ids, jobwords::journalScope(ids.size())};
    async::deliver(m_session.jobs().change(action, selection), this,
                   [this, action](const base::Result<domain::Outcome>& outcome) {
                       if (outcome)
                           report(jobwords::changeKind(action), *outcome);
                       else
                           m_notifier.fail(outcome.error());
                   });
}

void JobActions::performOnAll(JobAction action)
{
    if (m_scope.filter && m_scope.matches)
        ask({action, {}, m_scope.filter, *m_scope.matches});
}

void JobActions::performOnFrozen(
    JobAction action, const domain::JobFilter& filter, const QString& scope, qint64 about,
    const std::function<QFuture<base::Result<domain::FrozenJobs>>(std::stop_token)>& freeze)
{
    ChangeQuestion question{action, {}, filter, {about, true, {}}};
    question.freeze = freeze;
    question.scope = scope;
    ask(question);
}

void JobActions::cleanUp()
{
    openBulk(new CleanUpDialog(m_session.jobs(), knownTypes(), m_window), ChangeKind::CleanUp);
}

void JobActions::ask(const ChangeQuestion& question)
{
    openBulk(new ChangeDialog(m_session.jobs(), m_session.changes(), question, m_window),
             jobwords::changeKind(question.action));
}

void JobActions::openBulk(BulkDialog* dialog, ChangeKind kind)
{
    connect(dialog, &BulkDialog::carriedOut, this,
            [this, kind](const domain::Outcome& outcome) { report(kind, outcome); });
    ChangesAside::of(m_window).open(dialog);
}

void JobActions::report(ChangeKind kind, const domain::Outcome& outcome)
{
    m_notifier.report(kind, outcome);
    m_session.changes().poke();
}

QStringList JobActions::knownTypes() const
{
    QStringList types = domain::knownJobTypes();
    types += m_session.engine().handledTypes();
    types += m_session.snapshots().current().byType.keys();
    types.removeDuplicates();
    types.removeAll(QString());
    return types;
}

void JobActions::enqueue()
{
    openForm();
}

void JobActions::editAsNew(const domain::JobId& id)
{
    async::deliver(m_session.jobs().job(id), this,
                   [this](const base::Result<domain::JobDetail>& detail) {
                       if (detail)
                           openForm()->fillFrom(*detail);
                       else
                           m_notifier.fail(detail.error());
                   });
}

EnqueueDialog* JobActions::openForm()
{
    auto* dialog = new EnqueueDialog(m_session.jobs(), knownTypes(), m_window);
    connect(dialog, &EnqueueDialog::enqueued, this, [this](const domain::JobIds& ids) {
        domain::Outcome outcome;
        outcome.matched = outcome.changed = ids.size();
        report(ChangeKind::Enqueue, outcome);
        Q_EMIT enqueued(ids);
    });
    dialog->open();
    return dialog;
}

} // namespace queuedeck::ui
