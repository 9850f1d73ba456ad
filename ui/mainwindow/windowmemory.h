// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>

namespace queuedeck::ui {

class ActionSet;
class MainWindow;

/// Gives a new window what was chosen before (place, sidebar) and remembers what is chosen now,
/// also appearance and times. Belongs to the window. GUI thread.
class WindowMemory : public QObject
{
    Q_OBJECT

public:
    WindowMemory(MainWindow& window, const ActionSet& actions);

    /// What concerns the whole program; before the first window.
    static void applyToProgram();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void savePlace();

    MainWindow& m_window;
    QTimer m_settled; ///< a window that is dragged is written down once
};

} // namespace queuedeck::ui
