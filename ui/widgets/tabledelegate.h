// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/mark.h"

#include <QStyledItemDelegate>

namespace queuedeck::ui {

/// What TableDelegate reads from a model beyond Qt's own roles.
namespace role {
enum : int {
    Mark = Qt::UserRole + 1,  ///< ui::Mark as int: drawn before the text, in its colour
    Icon,                     ///< ui::Icon as int: drawn before the text in its colour
    Flash,                    ///< bool: the cell has just changed
    Absent,                   ///< bool: the row is not loaded yet; a grey bar is drawn
    Muted,                    ///< bool: secondary text
    FixedFont,                ///< bool: ids, payload
    Strong,                   ///< bool: bold
    TextColor,                ///< ui::Color as int: overrides the text's colour (a link, a warning)
    ElideMiddle,              ///< bool: else the text elides at its right
    Note,                     ///< QString: muted words after the text
    Share,                    ///< double, 0 to 1: drawn as a line along the bottom of the cell
    Whole,                    ///< QString: what is copied, where the cell shows it shortened
    First = Qt::UserRole + 64 ///< a model's own roles start here
};
}

/// Draws a cell of every table: mark and word, selection with a bar at the current row, changed
/// cells, rows not loaded yet, fixed-font ids. Digits are set in equal widths even where the font
/// has none, so that columns of numbers line up.
class TableDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

protected:
    /// What is behind every cell: selection, line, and the bar at the current row.
    static void paintGround(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index);
};

/// The width of a column that shows any shortened id whole.
int shortIdWidth();

} // namespace queuedeck::ui
