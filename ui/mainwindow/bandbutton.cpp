// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/bandbutton.h"

#include "ui/widgets/stylepaint.h"
#include "ui/widgets/theme.h"

#include <QPainter>
#include <QStyleOption>

namespace queuedeck::ui {

BandButton::BandButton(QWidget* parent)
    : QToolButton(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setFont(textFont(TextRole::Small));
}

void BandButton::setStrong(bool strong)
{
    QFont small = textFont(TextRole::Small);
    small.setWeight(strong ? QFont::DemiBold : QFont::Normal);
    setFont(small);
    updateGeometry();
}

void BandButton::setCap(const QString& keys)
{
    m_cap = keys;
    updateGeometry();
}

void BandButton::setFrame(const QColor& color)
{
    m_frame = color;
    update();
}

int BandButton::capWidth() const
{
    return m_cap.isEmpty() ? 0 : fontMetrics().horizontalAdvance(m_cap) + px(10);
}

QSize BandButton::sizeHint() const
{
    int width = fontMetrics().horizontalAdvance(text()) + 2 * px(space::kS);
    if (m_drawing != Icon::Count)
        width += px(14) + px(space::kS);
    if (menu())
        width += px(14) + px(space::kM);
    if (!m_cap.isEmpty())
        width += capWidth();
    return {width, px(size::kBandControl)};
}

void BandButton::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    QStyleOption option;
    option.initFrom(this);
    if (underMouse() || isDown()) {
        QColor wash = m_ink;
        wash.setAlphaF(isDown() ? 0.22F : 0.12F);
        paintBox(painter, rect().adjusted(1, 1, -1, -1), wash, Qt::transparent, 0, 3);
    }
    if (m_frame.isValid())
        paintBox(painter, rect(), Qt::transparent, m_frame, 1, 3);
    const int icon = px(14);
    int x = px(space::kS);
    if (m_drawing != Icon::Count) {
        paintIcon(painter, QRect(x, (height() - icon) / 2, icon, icon), m_drawing, m_ink);
        x += icon + px(space::kS);
    }
    painter.setPen(m_ink);
    painter.drawText(QRect(x, 0, width() - x, height()), Qt::AlignLeft | Qt::AlignVCenter, text());
    if (!m_cap.isEmpty()) {
        const QRect cap(width() - px(space::kS) - capWidth(), (height() - px(18)) / 2, capWidth(),
                        px(18));
        QColor line = m_ink;
        line.setAlphaF(0.6F);
        paintBox(painter, cap, Qt::transparent, line, 1, 3);
        painter.drawText(cap, Qt::AlignCenter, m_cap);
    }
    if (menu())
        paintIcon(painter, QRect(width() - icon - px(space::kS), (height() - icon) / 2, icon, icon),
                  Icon::ChevronDown, m_ink);
    if (showsFocus(option))
        paintBox(painter, rect().adjusted(1, 1, -1, -1), Qt::transparent, m_ink, focusWidth(), 3);
}

} // namespace queuedeck::ui
