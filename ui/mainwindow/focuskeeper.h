// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>

#include <functional>

class QWidget;

namespace queuedeck::ui {

/// Qt gives the focus of a control that is switched off or hidden to whatever comes next in the
/// order of Tab, anywhere in the window; the next key then does what nobody meant. Here it goes to
/// the main widget of the page instead. It also looks when the window comes back from a dialog.
class FocusKeeper : public QObject
{
    Q_OBJECT

public:
    /// `main` is asked for the widget that takes over; null leaves the focus where Qt put it.
    FocusKeeper(QWidget& window, std::function<QWidget*()> main);

private:
    void moved(QWidget* from, QWidget* to);

    QWidget& m_window;
    std::function<QWidget*()> m_main;
    QPointer<QWidget> m_left; ///< had the focus when it went to another window
};

} // namespace queuedeck::ui
