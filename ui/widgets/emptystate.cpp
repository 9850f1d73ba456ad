// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/emptystate.h"

#include "ui/widgets/label.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace queuedeck::ui {

EmptyState::EmptyState(QWidget* parent)
    : QWidget(parent)
    , m_icon(new QLabel)
    , m_title(new Label({}, TextRole::Strong))
    , m_text(new Label({}, TextRole::Body, Color::Muted))
    , m_buttons(new QHBoxLayout)
{
    m_icon->setAlignment(Qt::AlignCenter);
    m_title->setAlignment(Qt::AlignCenter);
    m_text->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_text->setWordWrap(true);
    m_text->setMinimumWidth(px(240));
    m_text->setMaximumWidth(px(440));
    m_buttons->setSpacing(px(space::kS));
    auto* all = new QVBoxLayout(this);
    all->setSpacing(0);
    all->addStretch(1);
    all->addWidget(m_icon);
    all->addSpacing(px(space::kM));
    all->addWidget(m_title);
    all->addSpacing(px(space::kXs));
    auto* middle = new QHBoxLayout;
    middle->addStretch(1);
    middle->addWidget(m_text, 1000);
    middle->addStretch(1);
    all->addLayout(middle);
    all->addSpacing(px(space::kM));
    auto* row = new QHBoxLayout;
    row->addStretch(1);
    row->addLayout(m_buttons);
    row->addStretch(1);
    all->addLayout(row);
    all->addStretch(1);
}

void EmptyState::show(Icon icon, const QString& title, const QString& text)
{
    m_iconName = icon;
    m_title->setText(title);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    setAccessibleName(title);
    setAccessibleDescription(text);
    while (QLayoutItem* item = m_buttons->takeAt(0)) {
        if (item->widget())
            item->widget()->deleteLater();
        delete item;
    }
    redraw();
}

void EmptyState::addButton(QWidget* button)
{
    m_buttons->addWidget(button);
}

void EmptyState::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        redraw();
}

void EmptyState::redraw()
{
    const int side = px(space::kXl);
    m_icon->setPixmap(
        makeIcon(m_iconName, Color::Muted).pixmap(QSize(side, side), devicePixelRatioF()));
}

} // namespace queuedeck::ui
