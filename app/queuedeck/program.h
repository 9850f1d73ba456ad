// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/endsignals.h"
#include "app/queuedeck/ending.h"
#include "app/queuedeck/options.h"
#include "app/queuedeck/windowcontroller.h"
#include "core/base/error.h"
#include "core/domain/profile.h"

#include <QObject>
#include <QPointer>

#include <memory>

namespace queuedeck::ui {
class ActionSet;
class ConnectDialog;
class ConnectionsPage;
class FirstRunPage;
class MainWindow;
} // namespace queuedeck::ui

namespace queuedeck::app {

/// The running program: its window and the database open in it. Starts at the first-run page unless
/// given a database, and ends in an orderly way when the window closes.
class Program : public QObject
{
    Q_OBJECT

public:
    /// `trouble`: with the settings; said in the window.
    explicit Program(const Options& options, QString trouble = {});
    ~Program() override;

    void start();
    /// Ends in an orderly way without asking: for a signal, or the end of the desktop session.
    void end();

private:
    void startAt(const domain::Profiles& saved);
    void newWindow();
    void showFirstRun();
    void showPalette();
    /// The page of saved connections, with `trouble` if there is any to tell.
    void showConnections(const QString& trouble = {});
    void hideConnections();
    void openSaved(const domain::Profile& profile, const QString& password, bool isReadOnly);
    void showConnect(const QString& address = {}, bool wantsTables = false);
    void open(const service::Session::Options& wanted, bool isDemo);
    void opened(std::shared_ptr<service::Session> session, bool isDemo);
    void show(const std::shared_ptr<service::Session>& session, bool isDemo);
    void openFailed(const base::Error& error);
    void showSettings();
    void say(const QString& sentence);

    Options m_options;
    QString m_trouble; ///< to be said once there is a window
    std::unique_ptr<ui::ActionSet> m_actions;
    std::unique_ptr<ui::MainWindow> m_window;
    std::unique_ptr<WindowController> m_controller; ///< none at the first-run page
    std::unique_ptr<Ending> m_ending;               ///< of the same window
    EndSignals m_signals;
    ui::ConnectDialog* m_connect = nullptr;
    QPointer<ui::ConnectionsPage> m_connections;
    domain::Profile m_profile; ///< the saved one that is being opened or is open; else empty
    QString m_address; ///< of what was opened last; in memory only, since it may hold a password
};

} // namespace queuedeck::app
