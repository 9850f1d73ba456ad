// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace queuedeck::ui {

/// Draws the rows of ConnectionsModel: two lines, a bar in the colour of the band at the left, and
/// the environment's mark beside the name.
class ConnectionDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    static constexpr int kRow = 52; ///< reference pixels

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
};

} // namespace queuedeck::ui
