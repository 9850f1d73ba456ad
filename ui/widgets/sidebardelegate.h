// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace queuedeck::ui {

class SidebarList;

/// Draws a row of a SidebarList and determines its size.
class SidebarDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    explicit SidebarDelegate(SidebarList& list);

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                   const QModelIndex& index) override;

private:
    void paintHead(QPainter& painter, const QRect& rect, const QModelIndex& index) const;

    SidebarList& m_list;
};

} // namespace queuedeck::ui
