// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"
#include "core/domain/enrichment.h"
#include "core/store/sqltext.h"
#include "core/store/tableshape.h"

#include <optional>

namespace queuedeck::store {

/// A table of the application that enrichments read and write, with the columns that its catalog
/// names. Blocks; it lives on the thread of its connection, within one call.
class EnrichedTable
{
public:
    /// The table of this kind, which need not exist.
    static base::Result<EnrichedTable> open(db::Connection& connection, const TableShape& shape,
                                            domain::EnrichedKind kind);
    /// Another table of the application, for its columns.
    static base::Result<EnrichedTable> open(db::Connection& connection, const TableShape& shape,
                                            const QString& name);

    bool exists() const { return !m_columns.isEmpty(); }
    bool has(const QStringList& columns) const;
    const QString& name() const { return m_name; }
    const QString& qualified() const { return m_qualified; }
    /// The type to cast a text to, to compare it with this column.
    QString castOf(const QString& column) const;
    /// Whether the column could hold this id; no statement is run for any other.
    bool canBeId(const QString& column, const QString& text) const;
    /// These columns of a row as a JSON object: an expression.
    QString objectOf(const QStringList& columns, const QString& prefix = {}) const;

    /// Whether an enrichment writes this field to its column here.
    bool writes(const QString& field) const;
    /// How many characters those columns take that are limited.
    QHash<QString, int> longest() const;

    struct Row
    {
        QString facts;   ///< JSON, as stored
        QString version; ///< facts and image, JSON
        QString image;   ///< what enrichments write, JSON
        QString tenant;  ///< null if it has none
    };
    /// None if there is no such row.
    base::Result<std::optional<Row>> row(const QString& id) const;

    /// Which of a row's values must still be as they were.
    enum class Guard { Version, Image };
    /// Sets these columns, texts and JSON, of a row that is still as `guard` says, and returns its
    /// image; none if it is not.
    base::Result<std::optional<QString>> write(const QString& id, Guard kind, const QString& guard,
                                               const QJsonObject& values,
                                               const QDateTime& now) const;
    /// A time as a value for `write`.
    QJsonValue time(const QDateTime& at) const;

private:
    struct Column
    {
        QString name;
        QString type;
        QString cast;
        int longest = 0;
        bool mayRead = true;
        bool mayWrite = true;
    };

    const Column* column(const QString& name) const;
    bool isWritable(const Column& column) const;
    QString assignment(const Column& column) const;
    db::Words words() const;
    QStringList factColumns() const;
    QStringList imageColumns() const;

    db::Connection* m_connection = nullptr;
    const TableShape* m_shape = nullptr;
    const EnrichmentSql* m_sql = nullptr;
    std::optional<domain::EnrichedKind> m_kind;
    QString m_name;
    QString m_qualified;
    QVector<Column> m_columns;
};

} // namespace queuedeck::store
