// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <QVariant>

#include <optional>
#include <variant>
#include <vector>

namespace queuedeck::db {

/// One value of a Table: NULL, an integer, or UTF-8 text.
class Cell
{
public:
    Cell() = default;
    Cell(int number)
        : m_value(qint64(number))
    {
    }
    Cell(qint64 number)
        : m_value(number)
    {
    }
    Cell(std::optional<qint64> number)
    {
        if (number)
            m_value = *number;
    }
    /// A null string is NULL.
    Cell(const QString& text)
    {
        if (!text.isNull())
            m_value = text.toUtf8();
    }
    /// As returned by Rows.
    explicit Cell(const QVariant& value);

    const qint64* number() const { return std::get_if<qint64>(&m_value); }
    const QByteArray* text() const { return std::get_if<QByteArray>(&m_value); }

private:
    std::variant<std::monostate, qint64, QByteArray> m_value;
};

/// Row numbers of a table, from 0.
using RowNumbers = std::vector<size_t>;

/// Rows passed to a statement besides its parameters, which reads them by `name` as if they were in
/// the database; their `rowid` is their number, from 0.
struct Table
{
    QString name; ///< not used by a table of the database; always with the same columns
    QStringList columns;
    std::vector<Cell> cells = {}; ///< row by row

    /// One cell per column, in order.
    template <class... Cells>
    void addRow(Cells&&... row)
    {
        Q_ASSERT(qsizetype(sizeof...(row)) == columns.size());
        (cells.emplace_back(std::forward<Cells>(row)), ...);
    }
    void reserve(size_t rows) { cells.reserve(rows * size_t(columns.size())); }
    size_t size() const { return cells.size() / size_t(columns.size()); }
    bool isEmpty() const { return cells.empty(); }
    Cell& cell(size_t row, int column)
    {
        return cells[row * size_t(columns.size()) + size_t(column)];
    }

    /// A table of the same name with these rows, in the given order.
    Table only(const RowNumbers& rows) const;
};

} // namespace queuedeck::db
