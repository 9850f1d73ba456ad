// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/dialog.h"

#include <functional>

namespace queuedeck::ui {

/// What is asked before a change that has no dialog of its own.
struct NameQuestion
{
    QString title; ///< "Undo the last change?"
    QString text;  ///< what will happen; may be empty
    QString safe;  ///< "Don’t Undo"
    QString go;    ///< "Undo"
};

/// Asks for the connection's name before a change.
class NameDialog : public Dialog
{
    Q_OBJECT

public:
    NameDialog(const NameQuestion& question, QWidget* parent);

Q_SIGNALS:
    void agreed();
};

/// Does it at once, or, where the place of `window` asks for its name, after that is typed.
void askForName(QWidget* window, const NameQuestion& question, std::function<void()> then);

} // namespace queuedeck::ui
