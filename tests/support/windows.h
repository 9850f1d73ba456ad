// SPDX-License-Identifier: GPL-3.0-or-later
// What the window's tests look for in it.
#pragma once

#include "ui/mainwindow/mainwindow.h"

#include <QAction>
#include <QApplication>

namespace queuedeck::test {

/// The program's window; null while there is none.
inline ui::MainWindow* mainWindow()
{
    for (QWidget* widget : QApplication::topLevelWidgets()) {
        if (auto* found = qobject_cast<ui::MainWindow*>(widget))
            return found;
    }
    return nullptr;
}

/// By its text without the mnemonic; null if there is none.
inline QAction* actionNamed(const QString& text)
{
    for (QWidget* top : QApplication::allWidgets()) {
        for (QAction* candidate : top->actions()) {
            if (candidate->text().remove(u'&') == text)
                return candidate;
        }
    }
    return nullptr;
}

} // namespace queuedeck::test
