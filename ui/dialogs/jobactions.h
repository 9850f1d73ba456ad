// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/domain/job.h"
#include "core/domain/jobfilter.h"
#include "core/domain/jobrules.h"
#include "core/domain/outcome.h"
#include "core/domain/page.h"
#include "ui/notice/outcometext.h"

#include <QObject>
#include <QPointer>

class QDialog;
class QWidget;

namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {

class ActionSet;
class BulkDialog;
class Notifier;

/// Does what a person asks of jobs: enables the actions for what is selected, asks where that is
/// due, carries it out, reports it with Undo, and has everything read again. A failure is shown in
/// a dialog that stays until it is read. Lives on the GUI thread.
class JobActions : public QObject
{
    Q_OBJECT

public:
    /// `window` is the parent of the dialogs.
    JobActions(service::Session& session, ActionSet& actions, Notifier& notifier, QWidget* window);
    ~JobActions() override;

    void setSelection(const QVector<domain::Job>& jobs);
    void setFilter(const domain::JobFilter& filter, const domain::MatchCount& matches);
    /// While false ("Not connected.") everything is off.
    void setConnected(bool isConnected);

    /// Of exactly these jobs, as the buttons of a detail pane ask; the same questions apply.
    void carryOut(domain::JobAction action, const QVector<domain::Job>& jobs);
    /// Takes an action back; an empty id means the newest that can be.
    void undo(const domain::JournalId& entry = {});

    /// Up to so many are changed at once, without a question.
    static constexpr int kAtOnce = 50;

Q_SIGNALS:
    /// A dialog of ours has been opened.
    void asked(QDialog* dialog);
    /// The job at the end of an enqueueing, to be shown.
    void enqueued(const queuedeck::domain::JobIds& ids);

private:
    void updateActions();
    void changed(Deed deed, const domain::Outcome& outcome);
    void failed(const base::Error& error);
    void retryAll();
    void cleanUp();
    void enqueue();
    void ask(BulkDialog* dialog);
    void open(QDialog* dialog);

    service::Session& m_session;
    ActionSet& m_actions;
    Notifier& m_notifier;
    QWidget* m_window;
    QVector<domain::Job> m_selection;
    domain::JobFilter m_filter;
    domain::MatchCount m_matches;
    bool m_isConnected = true;
    QPointer<QDialog> m_dialog; ///< at most one question at a time
};

} // namespace queuedeck::ui
