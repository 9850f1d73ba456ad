// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/engineseen.h"
#include "ui/engine/enginechoices.h"
#include "ui/widgets/page.h"

class QPlainTextEdit;
class QPushButton;
class QScrollArea;
class QStackedLayout;

namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {

class ActionSet;
class DataTable;
class EnginesModel;
class LocalPanel;
class RemotePanel;
class SchedulesPanel;
class SidebarModel;
class Strip;
class WorkersPanel;

/// What works on this queue: this computer's engine with its log, the web application's endpoint,
/// the schedules, and every engine that has left a heartbeat in the database.
class EnginePage : public Page
{
    Q_OBJECT

public:
    EnginePage(service::Session& session, const ActionSet& actions, QWidget* parent = nullptr);

    const EngineChoices& choices() const;
    /// The URL of the web application's endpoint; empty: none is set.
    QString endpoint() const;
    SidebarModel* sidebar() override { return m_sidebar; }
    QList<QWidget*> regions() override;
    QWidget* mainWidget() override;
    void setShown(bool shown) override;

Q_SIGNALS:
    void choicesChanged(const queuedeck::ui::EngineChoices& choices);
    void copied(const QString& text);
    void said(const QString& text);
    void jobWanted(const queuedeck::domain::JobId& id);
    void failuresWanted(); ///< the jobs that failed are to be shown
    void cancelWanted(const queuedeck::domain::JobId& id);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeEngines();
    QWidget* makeLog();
    QWidget* makeRight();
    void readEngines();
    void showSidebar();
    void showHalt(const service::ProcessReport& report);
    void goTo(const QString& key);

    service::Session& m_session;
    Strip* m_halt; ///< why the last run stopped by itself
    LocalPanel* m_local;
    WorkersPanel* m_workers;
    RemotePanel* m_remote;
    SchedulesPanel* m_schedules;
    EnginesModel* m_engines;
    SidebarModel* m_sidebar;
    QScrollArea* m_right = nullptr;
    DataTable* m_table = nullptr;
    QStackedLayout* m_stack = nullptr;
    QPlainTextEdit* m_log = nullptr;
    QVector<domain::EngineSeen> m_seen;
    QString m_lastCall; ///< the answer of the last call, for the sidebar
    int m_haltedAfter = 0;
    bool m_isShown = false;
    bool m_wasShown = false; ///< once, so that the log stays where the user scrolled it
    bool m_isReading = false;
};

} // namespace queuedeck::ui
