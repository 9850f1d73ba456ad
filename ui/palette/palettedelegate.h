// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

class QPainter;

namespace queuedeck::ui {

struct PaletteItem;

/// Draws the rows of the palette: heads, and items with the typed letters set off, a detail, and
/// keys as caps.
class PaletteDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

/// Draws keys as caps that end at `right`; returns where they begin.
int paintKeyCaps(QPainter& painter, const QRect& row, int right, const QStringList& keys);
int keyCapsWidth(const QStringList& keys);

} // namespace queuedeck::ui
