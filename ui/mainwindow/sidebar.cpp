// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/sidebar.h"

#include "ui/widgets/sidebarlist.h"
#include "ui/widgets/theme.h"

#include <QPainter>
#include <QVBoxLayout>

namespace queuedeck::ui {

Sidebar::Sidebar(QWidget* parent)
    : QWidget(parent)
    , m_pages(new SidebarList(SidebarList::Kind::Pages, tr("Pages")))
    , m_context(new SidebarList(SidebarList::Kind::Facets, tr("Filters")))
{
    m_pages->setObjectName(QStringLiteral("pages"));
    m_context->setObjectName(QStringLiteral("context"));
    m_pages->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, px(space::kS), 1, 0);
    all->setSpacing(0);
    all->addWidget(m_pages);
    all->addSpacing(px(space::kXs));
    all->addWidget(m_context, 1000);
    all->addStretch(1); // without a context the pages stay at the top
    m_pages->setRows(&m_pageRows);
    setRail(false);
}

void Sidebar::setContext(SidebarModel* context)
{
    m_context->setRows(context);
    m_context->setVisible(context && !m_isRail);
}

void Sidebar::setRail(bool rail)
{
    m_isRail = rail;
    setFixedWidth(px(rail ? size::kRail : size::kSidebar));
    m_pages->setRail(rail);
    m_context->setVisible(m_context->model() && !rail);
}

void Sidebar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), tokenColor(Color::Sunken));
    painter.fillRect(QRect(width() - 1, 0, 1, height()), tokenColor(Color::Line));
}

} // namespace queuedeck::ui
