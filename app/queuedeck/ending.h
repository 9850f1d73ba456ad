// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>

class QMessageBox;

namespace queuedeck::service {
class EngineService;
}
namespace queuedeck::ui {
class ActionSet;
class MainWindow;
} // namespace queuedeck::ui

namespace queuedeck::app {

/// How a window with an open database ends: nothing new is claimed, what runs is handed back within
/// the engine's grace, and then the window closes. A person is asked first where jobs run; a signal
/// or the end of the desktop's session asks nobody. GUI thread; lives as long as its window.
class Ending : public QObject
{
    Q_OBJECT

public:
    Ending(service::EngineService& engine, ui::MainWindow& window, ui::ActionSet& actions);

    /// Ends without a question. Called again it does nothing.
    void begin();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void ask();
    void showStopping();
    void closeIfQuiet();

    service::EngineService& m_engine;
    ui::MainWindow& m_window;
    ui::ActionSet& m_actions;
    QPointer<QMessageBox> m_question;
    bool m_hasBegun = false;
};

} // namespace queuedeck::app
