// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/jobrules.h"
#include "core/domain/page.h"
#include "core/service/session.h"
#include "ui/notice/outcometext.h"

#include <QObject>

class QWidget;

namespace queuedeck::ui {

class ActionSet;
class Notifier;

/// What a person does to jobs: enables the actions by the rules, asks where a question is due,
/// carries the change out and says what came of it. Left alone, nothing changes.
class JobActions : public QObject
{
    Q_OBJECT

public:
    /// Retry, cancel and run next of up to this many happen at once, with Undo; more are asked for.
    static constexpr int kAtOnce = 50;

    JobActions(service::Session& session, ActionSet& actions, Notifier& notifier, QWidget* window);

    void setSelection(const QVector<domain::Job>& jobs);
    void setFilter(const domain::JobFilter& filter);
    void setMatches(const domain::MatchCount& matches);
    /// One job that is not selected: the failed scan's.
    void retryJob(const domain::JobId& id);

private:
    void enable();
    void act(domain::JobAction action);
    void ask(domain::JobAction action, const domain::JobIds& ids);
    void carryOut(domain::JobAction action, const domain::JobIds& ids);
    void report(Deed deed, const domain::Outcome& outcome);
    void retryAll();
    void cleanUp();
    void enqueue();

    service::Session& m_session;
    ActionSet& m_actions;
    Notifier& m_notifier;
    QWidget* m_window;
    QVector<domain::Job> m_selection;
    domain::JobFilter m_filter;
    domain::MatchCount m_matches;
};

} // namespace queuedeck::ui
