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

    /// Ends without a question.
    void begin();
    /// The same so that another database can be opened here: `afterwards` instead of the closing. A
    /// person is asked where jobs run, with the name of what is to be opened; after a no nothing
    /// follows.
    void leave(const QString& forWhat, std::function<void()> afterwards);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void ask(const QString& one, const QString& many, const QString& go);
    void stop();
    void showStopping();
    void closeIfQuiet();

    service::EngineService& m_engine;
    ui::MainWindow& m_window;
    ui::ActionSet& m_actions;
    QPointer<QMessageBox> m_question;
    std::function<void()> m_afterwards; ///< none: the window closes
    bool m_hasBegun = false;
};

} // namespace queuedeck::app
