// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/finding.h"
#include "ui/actions/actionset.h"

#include <QObject>
#include <QPointer>

namespace queuedeck::ui {
class JobsPage;
class MainWindow;
} // namespace queuedeck::ui

namespace queuedeck::app {

/// Does what a finding's button offers, by the ways the user has anyway: the list of jobs with a
/// filter, and the actions of the action table, which ask before they change anything. GUI thread.
class Remedies : public QObject
{
    Q_OBJECT

public:
    Remedies(ui::MainWindow& window, ui::ActionSet& actions, ui::JobsPage& jobs, QObject* parent);

    void carryOut(domain::Remedy::Action action, const domain::Finding& finding);

private:
    void actOnAll(ui::ActionId action, const QString& filter);

    ui::MainWindow& m_window;
    ui::ActionSet& m_actions;
    ui::JobsPage& m_jobs;
    QPointer<QObject> m_awaited; ///< while the jobs of the filter are being counted
};

} // namespace queuedeck::app
