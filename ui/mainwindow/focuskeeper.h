// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>

#include <functional>

class QWidget;

namespace queuedeck::ui {

/// When a focused control is disabled or hidden, Qt moves the focus to whatever is next in the tab
/// order, anywhere in the window; the next key then does something unintended. Here the focus goes
/// to the page's main widget instead. It also checks when the window comes back from a dialog.
class FocusKeeper : public QObject
{
    Q_OBJECT

public:
    /// `main` returns the widget that takes over; null leaves the focus where Qt put it.
    FocusKeeper(QWidget& window, std::function<QWidget*()> main);

private:
    void moved(QWidget* from, QWidget* to);

    QWidget& m_window;
    std::function<QWidget*()> m_main;
    QPointer<QWidget> m_left; ///< had the focus when it went to another window
};

} // namespace queuedeck::ui
