// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/ids.h"
#include "core/domain/link.h"
#include "core/service/session.h"
#include "ui/palette/paletteitem.h"

#include <QDateTime>
#include <QObject>
#include <QTimer>

namespace queuedeck::ui {
class ActionSet;
class DiagnosticsPage;
class JobActions;
class JobDetailPane;
class JobsPage;
class JournalActions;
class JournalPanel;
class MainWindow;
class Notifier;
class OverviewPage;
class ProcessAction;
class EnginePage;
class ErrorsPanel;
class ScansPage;
} // namespace queuedeck::ui

namespace queuedeck::app {

class AlertWiring;

/// One open database in the window: creates the pages and connects pages, actions and services.
/// Lives as long as its window shows that database; the pages belong to the window.
class WindowController : public QObject
{
    Q_OBJECT

public:
    WindowController(std::shared_ptr<service::Session> session, ui::MainWindow& window,
                     ui::ActionSet& actions, bool isDemo);
    ~WindowController() override;

    service::Session& session() { return *m_session; }
    /// Shows the page of jobs with this one.
    void showJob(const domain::JobId& id);
    /// The saved views, for the palette.
    ui::PaletteItems viewItems();
    /// Shows the job or the filter that a link names.
    void show(const domain::Link& link);

Q_SIGNALS:
    /// The user wants Queuedeck's own tables in this database.
    void tablesWanted();

private:
    void makePages();
    void connectPages();
    void connectErrors();
    void connectLive();
    void connectAlerts();
    void connectActions();
    void showBand(bool isDemo);
    void updateLive();
    void followSpend();
    void readSpend();
    void upload(const QStringList& files);
    void import();
    void exportJobs(bool isAll);
    void copyLink();

    const std::shared_ptr<service::Session> m_session;
    std::unique_ptr<AlertWiring> m_alerts; ///< uses the session
    ui::MainWindow& m_window;
    ui::ActionSet& m_actions;
    ui::Notifier* m_notifier;
    const bool m_isDemo;
    ui::OverviewPage* m_overview = nullptr;
    ui::JobsPage* m_jobs = nullptr;
    ui::JobDetailPane* m_detail = nullptr;
    ui::JobActions* m_jobActions = nullptr;
    ui::ProcessAction* m_process = nullptr;
    ui::ScansPage* m_scans = nullptr;
    ui::EnginePage* m_engine = nullptr;
    ui::DiagnosticsPage* m_diagnostics = nullptr;
    ui::JournalPanel* m_journalPanel = nullptr;
    ui::ErrorsPanel* m_errors = nullptr;
    ui::JournalActions* m_journal = nullptr;
    domain::JournalId m_toastUndo;
    QDateTime m_confirmedAt;
    QString m_lostReason;
    QTimer m_spendTimer; ///< when it is to be read again
    bool m_isReadingSpend = false;
};

} // namespace queuedeck::app
