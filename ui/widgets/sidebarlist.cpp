// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/sidebarlist.h"

#include "ui/widgets/sidebardelegate.h"
#include "ui/widgets/theme.h"

#include <QKeyEvent>

namespace queuedeck::ui {

SidebarList::SidebarList(Kind kind, const QString& accessibleName, QWidget* parent)
    : QListView(parent)
    , m_kind(kind)
{
    setAccessibleName(accessibleName);
    setFrameShape(QFrame::NoFrame);
    setItemDelegate(new SidebarDelegate(*this));
    setSelectionMode(NoSelection);
    setEditTriggers(NoEditTriggers);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    setTabKeyNavigation(false);
    setMouseTracking(true);
    viewport()->setAutoFillBackground(false);
    setAutoFillBackground(false);
    if (kind == Kind::Pages)
        setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(this, &QListView::clicked, this, &SidebarList::activate);
}

void SidebarList::setRows(SidebarModel* model)
{
    m_rows = model;
    setModel(model);
    if (model) {
        connect(model, &QAbstractItemModel::modelReset, this, &QWidget::updateGeometry,
                Qt::UniqueConnection);
    }
    updateGeometry();
}

void SidebarList::setRail(bool rail)
{
    m_isRail = rail;
    scheduleDelayedItemsLayout();
    updateGeometry();
}

QSize SidebarList::sizeHint() const
{
    int height = 0;
    if (m_rows) {
        const QStyleOptionViewItem option;
        for (int row = 0; row < m_rows->rowCount(); ++row)
            height += itemDelegate()->sizeHint(option, m_rows->index(row)).height();
    }
    return {px(m_isRail ? size::kRail : size::kSidebar), height};
}

QSize SidebarList::minimumSizeHint() const
{
    return {px(size::kRail), m_kind == Kind::Pages ? sizeHint().height() : 0};
}

void SidebarList::activate(const QModelIndex& index)
{
    if (m_rows && (m_rows->flags(index) & Qt::ItemIsEnabled))
        Q_EMIT m_rows->activated(index.data(SidebarModel::KeyRole).toString());
}

void SidebarList::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space: activate(currentIndex()); return;
    case Qt::Key_Up:
    case Qt::Key_Down: {
        // Skips the section heads, which cannot be current.
        const int step = event->key() == Qt::Key_Up ? -1 : 1;
        int row = currentIndex().row() + step;
        while (m_rows && row >= 0 && row < m_rows->rowCount()) {
            if (m_rows->flags(m_rows->index(row)) & Qt::ItemIsEnabled) {
                setCurrentIndex(m_rows->index(row));
                break;
            }
            row += step;
        }
        return;
    }
    default: QListView::keyPressEvent(event);
    }
}

void SidebarList::focusInEvent(QFocusEvent* event)
{
    QListView::focusInEvent(event);
    if (!m_rows || currentIndex().isValid())
        return;
    for (int row = 0; row < m_rows->rowCount(); ++row) {
        if (m_rows->flags(m_rows->index(row)) & Qt::ItemIsEnabled) {
            setCurrentIndex(m_rows->index(row));
            return;
        }
    }
}

} // namespace queuedeck::ui
