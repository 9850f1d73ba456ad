// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>

namespace queuedeck::ui {

class ActionSet;
class MainWindow;

/// Restores earlier choices (place, sidebar) in a new window and saves new ones, including
/// appearance and times. Belongs to the window. GUI thread.
class WindowMemory : public QObject
{
    Q_OBJECT

public:
    WindowMemory(MainWindow& window, const ActionSet& actions);

    /// The program-wide settings; call before the first window.
    static void applyToProgram();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void savePlace();

    MainWindow& m_window;
    QTimer m_settled; ///< a window that is dragged is saved once
};

} // namespace queuedeck::ui
