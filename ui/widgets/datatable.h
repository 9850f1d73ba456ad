// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace queuedeck::ui {

/// The table of the program: fixed row height, no grid, whole rows, our delegate, a focus ring
/// around it all, j k x to move and mark, Enter to open. Tab leaves it.
class DataTable : public QTableView
{
    Q_OBJECT
public:
    explicit DataTable(const QString& accessibleName, QWidget* parent = nullptr);

    void setCompact(bool compact);

signals:
    void opened(const QModelIndex& index); ///< Enter or double click

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
};

} // namespace queuedeck::ui
