// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>

#include <functional>

class QMessageBox;

namespace queuedeck::service {
class EngineService;
}
namespace queuedeck::ui {
class ActionSet;
class ChangesAside;
class MainWindow;
} // namespace queuedeck::ui

namespace queuedeck::app {

/// How a window with an open database ends: nothing new is claimed, running jobs are handed back
/// within the engine's grace period, a change that goes on ends after its batch, and then the
/// window closes. While jobs run or a change goes on, the user is asked first; a signal or the end
/// of the desktop session does not ask. GUI thread; lives as long as its window.
class Ending : public QObject
{
    Q_OBJECT

public:
    Ending(service::EngineService& engine, ui::MainWindow& window, ui::ActionSet& actions);

    /// Ends without asking.
    void begin();
    /// The same so that another database can be opened here: calls `afterwards` instead of closing.
    /// While jobs run, the user is asked, with the name of what is to be opened; after a no,
    /// nothing happens.
    void leave(const QString& forWhat, std::function<void()> afterwards);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    /// Whether something would be cut short.
    bool isBusy() const;
    bool isQuiet() const;
    void ask(const QString& one, const QString& many, const QString& go);
    void stop();
    void showStopping();
    void closeIfQuiet();
    void closeWindow();

    service::EngineService& m_engine;
    ui::MainWindow& m_window;
    ui::ActionSet& m_actions;
    ui::ChangesAside& m_changes;
    QPointer<QMessageBox> m_question;
    std::function<void()> m_afterwards; ///< none: the window closes
    bool m_hasBegun = false;
};

} // namespace queuedeck::app
