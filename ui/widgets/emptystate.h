// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/icon.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;

namespace queuedeck::ui {

class Label;

/// What is shown where rows would be: an icon, the situation, what can be done.
class EmptyState : public QWidget
{
    Q_OBJECT
public:
    explicit EmptyState(QWidget* parent = nullptr);

    /// Replaces all and removes the buttons.
    void show(Icon icon, const QString& title, const QString& text);
    /// Takes ownership; the first is outlined, give further ones ButtonRole::Quiet.
    void addButton(QWidget* button);
    using QWidget::show;

protected:
    void changeEvent(QEvent* event) override;

private:
    void redraw();

    Icon m_iconName = Icon::Jobs;
    QLabel* m_icon;
    Label* m_title;
    Label* m_text;
    QHBoxLayout* m_buttons;
};

} // namespace queuedeck::ui
