// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/label.h"

#include "ui/widgets/shown.h"

#include <QEvent>
#include <QHelpEvent>
#include <QPainter>

namespace queuedeck::ui {

Label::Label(const QString& text, TextRole role, Color color, QWidget* parent)
    : QLabel(parent)
    , m_color(color)
{
    setTextFormat(Qt::PlainText);
    setText(text);
    setRole(role);
    setForegroundRole(QPalette::WindowText); // whatever background the label is on
    recolor();
}

void Label::setText(const QString& text)
{
    QLabel::setText(shown(text));
}

void Label::setRole(TextRole role)
{
    setFont(textFont(role));
}

void Label::setColor(Color color)
{
    m_color = color;
    recolor();
}

void Label::changeEvent(QEvent* event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_recoloring)
        recolor();
}

void Label::recolor()
{
    m_recoloring = true;
    QPalette palette;
    palette.setColor(QPalette::WindowText, tokenColor(m_color));
    setPalette(palette);
    m_recoloring = false;
}

ElidedLabel::ElidedLabel(const QString& text, TextRole role, Color color, QWidget* parent)
    : Label(text, role, color, parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {fontMetrics().horizontalAdvance(QStringLiteral("…")),
            Label::minimumSizeHint().height()};
}

void ElidedLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setPen(palette().color(QPalette::WindowText));
    const QRect rect = contentsRect();
    painter.drawText(rect, int(alignment()) | Qt::TextSingleLine,
                     fontMetrics().elidedText(text(), m_mode, rect.width()));
}

bool ElidedLabel::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip && toolTip().isEmpty() &&
        fontMetrics().horizontalAdvance(text()) > contentsRect().width()) {
        showTip(static_cast<QHelpEvent*>(event)->globalPos(), text(), this);
        return true;
    }
    return Label::event(event);
}

SectionHead::SectionHead(const QString& text, QWidget* parent)
    : Label(text.toUpper(), TextRole::Micro, Color::Muted, parent)
{
    setAccessibleName(text);
}

Hairline::Hairline(Qt::Orientation orientation, QWidget* parent)
    : QWidget(parent)
{
    if (orientation == Qt::Horizontal)
        setFixedHeight(1);
    else
        setFixedWidth(1);
}

void Hairline::paintEvent(QPaintEvent*)
{
    QPainter(this).fillRect(rect(), tokenColor(Color::Line));
}

} // namespace queuedeck::ui
