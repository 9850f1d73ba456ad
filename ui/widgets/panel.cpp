// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/panel.h"

#include "ui/widgets/label.h"
#include "ui/widgets/stylepaint.h"
#include "ui/widgets/theme.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace queuedeck::ui {

Panel::Panel(const QString& title, Content content, QWidget* parent)
    : QFrame(parent)
    , m_title(new Label(title, TextRole::Strong))
    , m_note(new ElidedLabel({}, TextRole::Small, Color::Muted))
    , m_head(new QHBoxLayout)
    , m_content(new QVBoxLayout)
{
    setAccessibleName(title);
    m_note->setVisible(false);
    const bool isFlush = content == Content::Flush;
    m_head->setContentsMargins(px(13), px(3), px(13), px(3));
    m_title->setMinimumHeight(px(size::kControl));
    m_head->setSpacing(px(space::kS));
    m_head->addWidget(m_title);
    m_head->addWidget(m_note);
    m_head->addStretch(1);
    m_content->setSpacing(isFlush ? 0 : px(space::kS));
    const int side = isFlush ? 0 : px(13);
    m_content->setContentsMargins(side, 0, side, isFlush ? 0 : px(10));
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(1, 1, 1, isFlush ? px(2) : 1);
    all->setSpacing(0);
    auto* head = new QWidget; // keeps its own height, however tall the panel is
    head->setLayout(m_head);
    head->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    all->addWidget(head);
    if (isFlush)
        all->addWidget(new Hairline);
    auto* body = new QWidget; // takes what the head leaves, even if its content does not grow
    body->setLayout(m_content);
    all->addWidget(body, 1);
}

void Panel::setTitle(const QString& title)
{
    m_title->setText(title);
    setAccessibleName(title);
}

void Panel::setNote(const QString& note)
{
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

void Panel::addToHead(QWidget* widget)
{
    m_head->addWidget(widget);
}

void Panel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintBox(painter, rect(), tokenColor(Color::Base), tokenColor(Color::Line), 1,
             size::kRadiusPanel);
}

Surface::Surface(Color color, QWidget* parent, Qt::Edges lines)
    : QWidget(parent)
    , m_color(color)
    , m_lines(lines)
{
}

void Surface::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), tokenColor(m_color));
    const QColor line = tokenColor(Color::Line);
    if (m_lines & Qt::TopEdge)
        painter.fillRect(QRect(0, 0, width(), 1), line);
    if (m_lines & Qt::BottomEdge)
        painter.fillRect(QRect(0, height() - 1, width(), 1), line);
    if (m_lines & Qt::LeftEdge)
        painter.fillRect(QRect(0, 0, 1, height()), line);
    if (m_lines & Qt::RightEdge)
        painter.fillRect(QRect(width() - 1, 0, 1, height()), line);
}

} // namespace queuedeck::ui
