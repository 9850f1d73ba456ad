// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/alerts/desktopnotifier.h"
#include "core/service/alertservice.h"

#include <QObject>
#include <QPointer>

namespace queuedeck::service {
class Session;
}
namespace queuedeck::ui {
class ActionSet;
class AlertsDialog;
class MainWindow;
class TrayIcon;
} // namespace queuedeck::ui

namespace queuedeck::app {

/// The alerts of a window's database: watches them, and tells people by strip, tray and desktop.
/// Lives as long as the window shows that database, and goes before its session. GUI thread.
class AlertWiring : public QObject
{
    Q_OBJECT

public:
    AlertWiring(service::Session& session, ui::MainWindow& window, ui::ActionSet& actions,
                const QString& name, service::AlertSampler::Endpoint endpoint);
    ~AlertWiring() override;

    /// What is shown above every page; for MainWindow::setNotice.
    QWidget* makeStrip(QWidget* parent);
    void openDialog();

Q_SIGNALS:
    void jobsWanted(const QString& filter);

private:
    void tell(const alerts::Telling& telling);
    void pressed(const QString& tag, const QString& key);
    void showInTray();

    service::Session& m_session;
    ui::MainWindow& m_window;
    const QString m_name;
    service::AlertService m_alerts;
    alerts::DesktopNotifier m_notifier;
    std::unique_ptr<ui::TrayIcon> m_tray;
    QPointer<ui::AlertsDialog> m_dialog;
};

} // namespace queuedeck::app
