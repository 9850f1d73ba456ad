// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/sidebarmodel.h"

#include "ui/widgets/shown.h"

namespace queuedeck::ui {

void SidebarModel::setItems(const QVector<SidebarItem>& items)
{
    bool hasSameRows = items.size() == m_items.size();
    for (qsizetype i = 0; hasSameRows && i < items.size(); ++i)
        hasSameRows = items[i].key == m_items[i].key;
    if (!hasSameRows) {
        beginResetModel();
        m_items = items;
        endResetModel();
        return;
    }
    for (qsizetype i = 0; i < items.size(); ++i) {
        if (items[i] == m_items[i])
            continue;
        m_items[i] = items[i];
        Q_EMIT dataChanged(index(int(i)), index(int(i)));
    }
}

int SidebarModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_items.size());
}

QVariant SidebarModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= m_items.size())
        return {};
    const SidebarItem& item = m_items[index.row()];
    switch (role) {
    case Qt::DisplayRole: return shownData(item.text, role);
    case Qt::AccessibleTextRole:
        return shownData(item.count.isEmpty() ? item.text : tr("%1, %2").arg(item.text, item.count),
                         role);
    case CountRole: return shownData(item.count, role);
    case ChosenRole: return item.isChosen;
    case HeadRole: return item.isHead();
    case IconRole: return item.icon ? QVariant(static_cast<int>(*item.icon)) : QVariant();
    case IconColorRole: return static_cast<int>(item.iconColor);
    case KeyRole: return item.key;
    default: return {};
    }
}

Qt::ItemFlags SidebarModel::flags(const QModelIndex& index) const
{
    if (!index.isValid() || m_items.value(index.row()).isHead())
        return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

} // namespace queuedeck::ui
