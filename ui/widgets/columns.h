// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QTableView;
class QMenu;

namespace queuedeck::ui {

/// Which columns of a table are visible, in what order and how wide: chosen in the menu of its
/// header and by dragging, and remembered under a name. Created once the table has its model and
/// its default columns; belongs to the table.
class Columns : public QObject
{
    Q_OBJECT

public:
    Columns(const QString& name, QTableView& table);

    /// The header's menu; a new one, which the caller owns.
    QMenu* makeMenu();
    /// As "column:width:hidden" from left to right; restore() ignores what does not fit the table.
    QStringList state() const;
    void restore(const QStringList& columns);

private:
    void save();
    void showMenu(const QPoint& at);
    int shown() const;

    QTableView& m_table;
    const QString m_name;
    QStringList m_usual;
};

/// The selected rows as text for a spreadsheet: tab-separated cells, with a header line where there
/// are several columns. Hidden columns are left out.
struct RowsAsText
{
    QString text;
    int rows = 0;
    int notLoaded = 0; ///< selected, but not in the text
};
RowsAsText selectedAsText(const QTableView& table);

} // namespace queuedeck::ui
