// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"
#include "core/db/connection.h"
#include "core/store/imports/importnotes.h"
#include "core/store/sqltext.h"
#include "core/store/tableshape.h"

#include <functional>

namespace queuedeck::store {

/// Rows to write: a null string is NULL.
struct RowSet
{
    QStringList columns;
    QVector<QStringList> rows = {};
    /// By what each row is undone together with others; empty: each by itself.
    QStringList units = {};
};

/// A table of the application as an import writes it, with the columns that its catalog names. On
/// PostgreSQL only. Blocks; it lives on the thread of its connection.
class AppTable
{
public:
    /// Unsupported: there is no such table, it lacks one of the `needed` columns, its ids are not
    /// uuids, or it has a column that must be filled and is none of `needed` and `optional`.
    static base::Result<AppTable> open(db::Connection& connection, const TableShape& shape,
                                       const QString& name, const QStringList& needed,
                                       const QStringList& optional = {},
                                       ImportNotes* notes = nullptr);
    /// The same for a table that is only read, or whose rows are only changed.
    static base::Result<AppTable> openToRead(db::Connection& connection, const TableShape& shape,
                                             const QString& name, const QStringList& needed);

    const QString& name() const { return m_name; }
    bool has(const QString& column) const { return m_table.column(column) != nullptr; }
    /// Why the column cannot hold the value: "name is longer than 50 characters"; empty if it can.
    base::Sentence fault(const QString& column, const QString& value) const;

    /// At most two of its ids.
    base::Result<QStringList> someIds() const;
    /// A statement of ImportsSql with this table's words.
    QString filledIn(const Sql& sql, db::Words words = {}) const;

    /// Calls `visit` with the id and the keys of every row of the tenant.
    using Visit = std::function<void(const db::Rows::Row& row)>;
    base::Status eachKey(const QString& tenant, const QStringList& keys, const Visit& visit) const;
    /// These columns of the rows whose `key` is one of `values`.
    base::Result<db::Rows> find(const QString& key, const QStringList& values,
                                const QStringList& columns) const;

    /// Columns that the table lacks are left out.
    base::Status add(const RowSet& set) const;
    /// The first column is the id. `keeps`: an empty value leaves what is there. Returns for each
    /// id that exists whether its row is different now; `updatedAt` alone makes no difference.
    base::Result<QHash<QString, bool>> change(const RowSet& set, bool keeps) const;
    /// The keys are what the removed rows are undone together by.
    base::Status remove(const QString& key, const QStringList& values) const;

private:
    AppTable(db::Connection& connection, const SqlText& sql, QString name, QString qualified);

    base::Status checkNeeded(const QStringList& needed) const;
    base::Status checkFilled(const QStringList& filled) const;
    /// The set without the columns that the table lacks.
    RowSet writable(const RowSet& set) const;
    db::Params arrays(const RowSet& set) const;
    db::Words wordsFor(const RowSet& set) const;
    QString castOf(const QString& column) const;

    QStringList unitsOf(const RowSet& set, const QStringList& ids) const;

    ImportNotes* m_notes = nullptr; ///< where what is written is recorded; may be null
    db::Connection* m_connection;
    const SqlText* m_sql;
    QString m_name;
    QString m_qualified;
    TableShape::Table m_table;
};

} // namespace queuedeck::store
