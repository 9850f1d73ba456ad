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

/// One value of a Table: nothing, a whole number, or a text in UTF-8.
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
    /// A null text is NULL.
    Cell(const QString& text)
    {
        if (!text.isNull())
            m_value = text.toUtf8();
    }
    /// As Rows gave it.
    explicit Cell(const QVariant& value);

    const qint64* number() const { return std::get_if<qint64>(&m_value); }
    const QByteArray* text() const { return std::get_if<QByteArray>(&m_value); }

private:
    std::variant<std::monostate, qint64, QByteArray> m_value;
};

/// Which rows of a table, by their numbers from 0.
using RowNumbers = std::vector<size_t>;

/// Rows that are given to a statement beside its parameters, which reads them by `name` as if they
/// lay in the database; their `rowid` is their number, from 0.
struct Table
{
    QString name; ///< no table of the database has it; always the same columns
    QStringList columns;
    std::vector<Cell> cells = {}; ///< row by row

    /// A cell for each column, in their order.
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

    /// A table of the same name with these rows, in their order.
    Table only(const RowNumbers& rows) const;
};

} // namespace queuedeck::db
