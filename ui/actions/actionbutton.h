// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/button.h"

class QAction;

namespace queuedeck::ui {

/// A push button that triggers an action and is enabled with it, with the same tooltip. It may show
/// its scope ("Retry 50 selected"); its accessible name stays the action's plain name, and the
/// scope is its description.
class ActionButton : public QPushButton
{
    Q_OBJECT
public:
    explicit ActionButton(QAction* action, QWidget* parent = nullptr,
                          ButtonRole role = ButtonRole::Normal);

    void setScopeText(const QString& text);
    void setIconOnly(bool iconOnly);

private:
    void follow();

    QAction* m_action;
    QString m_scopeText;
    bool m_isIconOnly = false;
};

} // namespace queuedeck::ui
