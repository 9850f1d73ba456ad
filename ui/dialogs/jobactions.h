// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/job.h"
#include "core/domain/jobrules.h"
#include "ui/actions/jobscope.h"
#include "ui/dialogs/bulkdialog.h"
#include "ui/notice/outcometext.h"

#include <QObject>

namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {

class ActionSet;
class EnqueueDialog;
class Notifier;

/// Changes jobs for the user: the selection, or all that match. A few are changed at once, with
/// Undo; many, or a deletion, only after a dialog. It is given the scope and handles the Job menu's
/// actions. GUI thread.
class JobActions : public QObject
{
    Q_OBJECT

public:
    /// The most jobs that are changed without asking.
    static constexpr int kAtOnce = 50;

    /// Dialogs open over `window`, which owns this object.
    JobActions(service::Session& session, ActionSet& actions, Notifier& notifier, QWidget* window);

    /// What the list of jobs offers. The only place that enables the actions on it.
    void setScope(const JobScope& scope);

    /// Changes these jobs, following the confirmation rules.
    void perform(domain::JobAction action, const QVector<domain::Job>& jobs);
    /// One job that is not selected, such as a failed scan's or a worker's.
    void performOn(domain::JobAction action, const domain::JobId& id);
    void performOnAll(domain::JobAction action);
    /// Always asks. `freeze` finds exactly the jobs that `scope` describes, `about` is how many.
    void performOnFrozen(
        domain::JobAction action, const domain::JobFilter& filter, const QString& scope,
        qint64 about,
        const std::function<QFuture<base::Result<domain::FrozenJobs>>(std::stop_token)>& freeze);
    void cleanUp();
    void enqueue();
    /// Opens the form for a new job with the payload of this one.
    void editAsNew(const domain::JobId& id);

Q_SIGNALS:
    void enqueued(const queuedeck::domain::JobIds& ids);

private:
    void connectActions(ActionSet& actions);
    void updateEnabled();
    QString whyNot(domain::JobAction action) const;
    QString whyNotAll() const;
    QString whyNoCopy() const;
    EnqueueDialog* openForm();
    void changeAtOnce(domain::JobAction action, const domain::JobIds& ids);
    void ask(const struct ChangeQuestion& question);
    void openBulk(BulkDialog* dialog, ChangeKind kind);
    void report(ChangeKind kind, const domain::Outcome& outcome);
    QStringList knownTypes() const;

    service::Session& m_session;
    ActionSet& m_actions;
    Notifier& m_notifier;
    QWidget* m_window;
    JobScope m_scope;
};

} // namespace queuedeck::ui
