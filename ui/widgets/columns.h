// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QTableView;
class QMenu;

namespace queuedeck::ui {

/// Which columns of a table are seen, in what order and how wide: chosen by the menu of its header
/// and by dragging, and remembered under a name. Made once the table has its model and its usual
/// columns; belongs to the table.
class Columns : public QObject
{
    Q_OBJECT

public:
    Columns(const QString& name, QTableView& table);

    /// What the header's menu holds; a new menu, which the caller owns.
    QMenu* makeMenu();

private:
    void restore(const QStringList& columns);
    QStringList state() const;
    void save();
    void showMenu(const QPoint& at);
    int shown() const;

    QTableView& m_table;
    const QString m_name;
    QStringList m_usual;
};

/// The selected rows as text for a spreadsheet: cells behind tabs, with a line of heads where there
/// are several columns. Hidden columns are left out, as are rows that are not loaded.
QString selectedAsText(const QTableView& table);

} // namespace queuedeck::ui
