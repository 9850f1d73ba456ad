// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QVariant>

#include <functional>
#include <optional>
#include <vector>

namespace queuedeck::db {

/// Reads a time in any form that Prisma, SQLite or PostgreSQL stores: ISO 8601 with T or blank,
/// with or without zone and fraction, or milliseconds since 1970. A time without a zone is UTC.
/// 'infinity', years BC and anything unreadable give an invalid time, never a wrong one.
QDateTime parseTime(const QVariant& value);

/// The one form in which Queuedeck writes times: 2026-11-23T13:52:59.119+00:00.
QString timeText(const QDateTime& time);

/// Returns the next rows of a COPY; nothing at the end.
using RowSource = std::function<QByteArray()>;

/// What a statement returned: a table of values and the number of rows it changed. A plain value,
/// independent of the connection, safe to hand to another thread.
class Rows
{
public:
    /// One row; valid as long as its Rows.
    class Row
    {
    public:
        Row(const Rows& rows, size_t index)
            : m_rows(rows)
            , m_first(index * rows.m_columns)
        {
        }
        const QVariant& value(int column) const { return m_rows.m_cells[m_first + size_t(column)]; }
        bool isNull(int column) const { return value(column).isNull(); }
        QString text(int column) const; ///< null string for NULL
        QByteArray bytes(int column) const;
        qint64 integer(int column) const { return value(column).toLongLong(); }
        std::optional<int> optionalInteger(int column) const;
        bool boolean(int column) const;
        QDateTime time(int column) const { return parseTime(value(column)); }

    private:
        const Rows& m_rows;
        size_t m_first;
    };

    Rows() = default;
    Rows(size_t columns, std::vector<QVariant> cells, qint64 changed);

    size_t size() const { return m_columns ? m_cells.size() / m_columns : 0; }
    bool isEmpty() const { return m_cells.empty(); }
    size_t columns() const { return m_columns; }
    Row operator[](size_t index) const { return Row(*this, index); }
    qint64 changed() const { return m_changed; }
    void addChanged(qint64 more) { m_changed += more; }

private:
    size_t m_columns = 0;
    std::vector<QVariant> m_cells;
    qint64 m_changed = 0;
};

} // namespace queuedeck::db
