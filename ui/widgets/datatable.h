// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace queuedeck::ui {

/// The program's table: fixed row height, no grid, whole rows, our delegate, one focus ring around
/// it all, j k x to move and select, Enter to open, Ctrl+C to copy the selected rows. Tab leaves
/// it.
class DataTable : public QTableView
{
    Q_OBJECT
public:
    explicit DataTable(const QString& accessibleName, QWidget* parent = nullptr);

    /// Compact whatever RowDensity says; else as that says.
    void setCompact(bool compact);
    /// The whole value of the current cell, on the clipboard; nothing if there is none.
    void copyCell();
    /// The selected rows, on the clipboard, as a spreadsheet takes them.
    void copyRows();
    int hoveredRow() const { return m_hovered; } ///< -1: none

Q_SIGNALS:
    void opened(const QModelIndex& index); ///< Enter or double click
    void cellCopied(const QString& text);
    void rowsCopied(int rows, int notLoaded); ///< `notLoaded` were selected, too, but left out

protected:
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

private:
    void updateRow(int row);
    void updateHeight();

    QWidget* m_ring; ///< above header and rows: drawn on them it would scroll with them
    int m_hovered = -1;
    int m_wheel = 0; ///< eighths of a degree towards the next level
    bool m_isCompact = false;
};

} // namespace queuedeck::ui
