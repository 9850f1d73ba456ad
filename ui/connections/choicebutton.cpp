// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/choicebutton.h"

#include "ui/widgets/stylepaint.h"
#include "ui/widgets/theme.h"

#include <QKeyEvent>
#include <QPainter>

namespace queuedeck::ui {

ChoiceButton::ChoiceButton(Icon icon, const QString& title, const QString& text, QWidget* parent)
    : QAbstractButton(parent)
    , m_drawing(icon)
    , m_sentence(text)
{
    setText(title);
    setAccessibleName(title);
    setAccessibleDescription(text);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize ChoiceButton::sizeHint() const
{
    const int words = QFontMetrics(textFont(TextRole::Body)).horizontalAdvance(m_sentence);
    return {words + px(120), px(74)};
}

void ChoiceButton::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const bool isActive = underMouse() || isDown();
    paintBox(painter, rect(), tokenColor(isActive ? Color::Hover : Color::Base),
             tokenColor(isActive ? Color::Control : Color::Line), 1, size::kRadiusPanel);
    // The ring is always shown here: it shows what Enter does.
    if (hasFocus())
        paintFocusRing(painter, rect(), size::kRadiusPanel);
    const int icon = px(24);
    paintIcon(painter, QRect(px(20), (height() - icon) / 2, icon, icon), m_drawing,
              tokenColor(Color::Accent));
    const int left = px(61);
    const int width = this->width() - left - px(52);
    painter.setFont(textFont(TextRole::Title));
    painter.setPen(tokenColor(Color::Text));
    painter.drawText(QRect(left, px(16), width, px(20)), Qt::AlignLeft | Qt::AlignVCenter, text());
    painter.setFont(textFont(TextRole::Body));
    painter.setPen(tokenColor(Color::Muted));
    painter.drawText(QRect(left, px(39), width, px(18)), Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(m_sentence, Qt::ElideRight, width));
    const int arrow = px(size::kIcon);
    paintIcon(painter, QRect(this->width() - px(36), (height() - arrow) / 2, arrow, arrow),
              Icon::ChevronRight, tokenColor(Color::Text));
}

void ChoiceButton::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter: click(); return;
    case Qt::Key_Down: focusNextChild(); return;
    case Qt::Key_Up: focusPreviousChild(); return;
    default: QAbstractButton::keyPressEvent(event);
    }
}

} // namespace queuedeck::ui
