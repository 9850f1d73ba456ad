// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/card.h"

#include "ui/widgets/format.h"
#include "ui/widgets/shown.h"
#include "ui/widgets/stylepaint.h"
#include "ui/widgets/theme.h"

#include <QPainter>
#include <QStyleOption>

namespace queuedeck::ui {

FigureCard::FigureCard(Mark mark, const QString& title, QWidget* parent)
    : QAbstractButton(parent)
    , m_mark(mark)
    , m_title(title)
{
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    rename();
}

void FigureCard::setFigure(const QString& figure)
{
    m_figure = showControls(figure);
    rename();
    update();
}

void FigureCard::setNote(const QString& note, Color color)
{
    m_note = showControls(note);
    m_noteColor = color;
    setTip(this, note);
    updateGeometry();
    rename();
    update();
}

void FigureCard::rename()
{
    setAccessibleName(m_figure.isEmpty() ? m_title : tr("%1, %2").arg(m_title, m_figure));
    setAccessibleDescription(m_note);
}

QSize FigureCard::sizeHint() const
{
    const QFontMetrics small(textFont(TextRole::Small));
    const int words = qMax(small.horizontalAdvance(m_note),
                           small.horizontalAdvance(m_title) + px(size::kStatusIcon + space::kS));
    return {qMax(px(150), words + px(30)), px(size::kOverviewCard)};
}

QSize FigureCard::minimumSizeHint() const
{
    return {px(120), px(size::kOverviewCard)};
}

void FigureCard::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    QStyleOption option;
    option.initFrom(this);
    const bool isActive = underMouse() || isDown();
    paintBox(painter, rect(), tokenColor(isActive ? Color::Hover : Color::Base),
             tokenColor(Color::Line), 1, size::kRadiusPanel);
    if (showsFocus(option))
        paintFocusRing(painter, rect(), size::kRadiusPanel);

    const QRect inner = rect().adjusted(px(14), px(10), -px(14), -px(10));
    const auto line = [&](int top, int height, TextRole role, Color color, const QString& text,
                          int left = 0) {
        painter.setFont(textFont(role));
        painter.setPen(tokenColor(color));
        const QRect place(inner.left() + left, inner.top() + px(top), inner.width() - left,
                          px(height));
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                         painter.fontMetrics().elidedText(text, Qt::ElideRight, place.width()));
    };
    const int icon = px(size::kStatusIcon);
    paintIcon(painter, QRect(inner.left(), inner.top() + px(2), icon, icon), markIcon(m_mark),
              tokenColor(markColor(m_mark)));
    line(0, 18, TextRole::Small, markColor(m_mark), m_title, icon + px(space::kS) - 1);
    line(22, 30, TextRole::Figure, Color::Text,
         m_figure.isEmpty() ? QStringLiteral("–") : m_figure);
    line(55, 16, TextRole::Small, m_noteColor, m_note);
}

} // namespace queuedeck::ui
