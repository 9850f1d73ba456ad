// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/icon.h"
#include "ui/widgets/theme.h"

#include <QPainter>
#include <QWidget>

namespace queuedeck::ui {

/// An icon in a layout; painted by token, so it follows a theme switch. There is text beside it.
class IconView : public QWidget
{
    Q_OBJECT

public:
    explicit IconView(int side, QWidget* parent = nullptr)
        : QWidget(parent)
    {
        setFixedSize(px(side), px(side));
    }

    void show(Icon icon, Color color)
    {
        m_icon = icon;
        m_color = color;
        update();
    }
    using QWidget::show;

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        paintIcon(painter, rect(), m_icon, tokenColor(m_color));
    }

private:
    Icon m_icon = Icon::Info;
    Color m_color = Color::Muted;
};

} // namespace queuedeck::ui
