// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/queuedeck/remedies.h"

#include "ui/jobs/jobspage.h"
#include "ui/mainwindow/mainwindow.h"

#include <QTimer>

using namespace Qt::StringLiterals;

namespace queuedeck::app {

Remedies::Remedies(ui::MainWindow& window, ui::ActionSet& actions, ui::JobsPage& jobs,
                   QObject* parent)
    : QObject(parent)
    , m_window(window)
    , m_actions(actions)
    , m_jobs(jobs)
{
}

void Remedies::carryOut(domain::Remedy::Action action, const domain::Finding& finding)
{
    using Action = domain::Remedy::Action;
    switch (action) {
    case Action::Retry: actOnAll(ui::ActionId::RetryAll, finding.filter); break;
    case Action::Repair: actOnAll(ui::ActionId::Repair, finding.filter); break;
    case Action::StartEngine:
        m_window.showPage(u"engine"_s);
        m_actions.action(ui::ActionId::StartEngine)->trigger();
        break;
    case Action::ShowEngine: m_window.showPage(u"engine"_s); break;
    case Action::ClaudeKey: m_actions.action(ui::ActionId::ClaudeKey)->trigger(); break;
    case Action::ShowJobs:
        m_window.showPage(u"jobs"_s);
        m_jobs.setFilterText(finding.filter);
        break;
    case Action::None:
    case Action::CopyStatement: break; // the page does that
    }
}

// As if the user had filtered the list and then chosen the action, which asks first.
void Remedies::actOnAll(ui::ActionId action, const QString& filter)
{
    delete m_awaited;
    m_awaited = new QObject(this);
    const auto act = [this, action, filter, awaited = m_awaited](const ui::JobScope& scope) {
        if (awaited != m_awaited || !scope.filter || scope.filter->text() != filter ||
            !scope.matches)
            return;
        m_awaited->deleteLater();
        m_awaited.clear();
        if (action != ui::ActionId::RetryAll) // it acts on the selection
            m_actions.action(ui::ActionId::SelectAll)->trigger();
        QTimer::singleShot(0, this, [this, action] { m_actions.action(action)->trigger(); });
    };
    m_window.showPage(u"jobs"_s);
    connect(&m_jobs, &ui::JobsPage::scopeChanged, m_awaited, act);
    m_jobs.setFilterText(filter);
    act(m_jobs.scope());
}

} // namespace queuedeck::app
