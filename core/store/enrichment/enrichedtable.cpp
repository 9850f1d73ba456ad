// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/enrichment/enrichedtable.h"

#include <QJsonDocument>
#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::store {

using domain::EnrichedKind;

namespace {
// Which enrichment set it, and when; the application's own scripts write these too.
const QString kWhen = u"enrichedAt"_s;
const QString kWho = u"enrichedBy"_s;

QString quoted(QString name)
{
    return u'"' + name.replace(u'"', u"\"\""_s) + u'"';
}

bool isJson(const QString& type)
{
    return type == "json"_L1 || type == "jsonb"_L1;
}

bool isText(const QString& type)
{
    return type == "text"_L1 || type == "varchar"_L1 || type == "bpchar"_L1 || type == "citext"_L1;
}

bool isTextList(const QString& type)
{
    return type == "_text"_L1 || type == "_varchar"_L1;
}

bool isTime(const QString& type)
{
    return type == "timestamp"_L1 || type == "timestamptz"_L1;
}
} // namespace

base::Result<EnrichedTable> EnrichedTable::open(db::Connection& connection, const TableShape& shape,
                                                EnrichedKind kind)
{
    auto table =
        open(connection, shape, kind == EnrichedKind::Product ? u"Product"_s : u"Customer"_s);
    if (table)
        table->m_kind = kind;
    return table;
}

base::Result<EnrichedTable> EnrichedTable::open(db::Connection& connection, const TableShape& shape,
                                                const QString& name)
{
    EnrichedTable table;
    table.m_connection = &connection;
    table.m_shape = &shape;
    table.m_sql = &sqlText(shape.dialect, shape.isGuest()).enrichment;
    table.m_name = name;
    const bool isSqlite = shape.dialect == db::Dialect::Sqlite;
    table.m_qualified = isSqlite ? quoted(name) : quoted(shape.schema) + u'.' + quoted(name);
    const auto rows = connection.run(table.m_sql->enrichedColumns.text(),
                                     {{u"table"_s, isSqlite ? name : table.m_qualified}});
    if (!rows)
        return rows.error();
    for (size_t i = 0; i < rows->size(); ++i) {
        const db::Rows::Row row = (*rows)[i];
        if (row.boolean(4))
            table.m_columns +=
                {row.text(0), row.text(1), row.text(2), int(row.integer(3)), true, row.boolean(5)};
    }
    return table;
}

const EnrichedTable::Column* EnrichedTable::column(const QString& name) const
{
    const auto found = std::find_if(m_columns.cbegin(), m_columns.cend(),
                                    [&](const Column& column) { return column.name == name; });
    return found == m_columns.cend() ? nullptr : &*found;
}

bool EnrichedTable::has(const QStringList& columns) const
{
    return std::all_of(columns.begin(), columns.end(),
                       [this](const QString& name) { return column(name) != nullptr; });
}

QString EnrichedTable::castOf(const QString& name) const
{
    const Column* found = column(name);
    return found && !found->cast.isEmpty() ? found->cast : u"text"_s;
}

bool EnrichedTable::canBeId(const QString& name, const QString& text) const
{
    const Column* found = column(name);
    if (!found || text.contains(QChar(u'\0')))
        return false;
    if (found->type == "uuid"_L1)
        return !QUuid::fromString(text).isNull();
    if (m_shape->dialect == db::Dialect::Sqlite || isText(found->type))
        return true;
    bool isNumber = false;
    (void)text.toInt(&isNumber);
    return isNumber && found->type.startsWith("int"_L1);
}

QString EnrichedTable::objectOf(const QStringList& columns, const QString& prefix) const
{
    const bool isSqlite = m_shape->dialect == db::Dialect::Sqlite;
    QStringList pairs;
    for (const QString& name : columns) {
        if (column(name))
            pairs += u"'%1', %2%3"_s.arg(name, prefix, quoted(name));
    }
    return (isSqlite ? u"json_object("_s : u"jsonb_build_object("_s) + pairs.join(u", "_s) + u')';
}

QStringList EnrichedTable::factColumns() const
{
    return m_kind == EnrichedKind::Customer
               ? QStringList{u"name"_s, u"city"_s, u"state"_s, u"country"_s}
               : QStringList{u"name"_s, u"brand"_s, u"category"_s};
}

QStringList EnrichedTable::imageColumns() const
{
    QStringList columns;
    for (const QString& field : domain::enrichmentFields(*m_kind)) {
        if (writes(field))
            columns += field;
    }
    for (const QString& name : {kWhen, kWho}) {
        const Column* found = column(name);
        if (!columns.isEmpty() && found && isWritable(*found))
            columns += name;
    }
    return columns;
}

bool EnrichedTable::isWritable(const Column& column) const
{
    if (!column.mayWrite)
        return false;
    if (m_shape->dialect == db::Dialect::Sqlite)
        return true;
    if (column.name == kWhen || column.name == "updatedAt"_L1)
        return isTime(column.type);
    return isJson(column.type) || isText(column.type) || isTextList(column.type);
}

// The application's scripts enrich products; a customer has no columns for it.
bool EnrichedTable::writes(const QString& field) const
{
    const Column* found = column(field);
    return m_kind == EnrichedKind::Product && found && isWritable(*found) &&
           domain::enrichmentFields(*m_kind).contains(field);
}

QHash<QString, int> EnrichedTable::longest() const
{
    QHash<QString, int> longest;
    for (const Column& column : m_columns) {
        if (column.longest > 0 && writes(column.name))
            longest.insert(column.name, column.longest);
    }
    return longest;
}

db::Words EnrichedTable::words() const
{
    const QStringList image = imageColumns();
    return {{u"enriched_table"_s, m_qualified},
            {u"enriched_id_type"_s, castOf(u"id"_s)},
            {u"enriched_facts"_s, objectOf(factColumns())},
            {u"enriched_version"_s, objectOf(factColumns() + image)},
            {u"enriched_image"_s, objectOf(image)},
            {u"enriched_tenant"_s, !has({u"tenantId"_s}) ? u"NULL"_s
                                   : m_shape->dialect == db::Dialect::Sqlite
                                       ? u"\"tenantId\""_s
                                       : u"\"tenantId\"::text"_s}};
}

base::Result<std::optional<EnrichedTable::Row>> EnrichedTable::row(const QString& id) const
{
    if (!canBeId(u"id"_s, id))
        return std::optional<Row>();
    const auto rows =
        m_connection->run(db::filled(m_sql->enrichedRow.text(), words()), {{u"id"_s, id}});
    if (!rows)
        return rows.error();
    if (rows->isEmpty())
        return std::optional<Row>();
    const db::Rows::Row found = (*rows)[0];
    return std::optional<Row>({found.text(0), found.text(1), found.text(2), found.text(3)});
}

// From the JSON object :values, in which a column may also be as objectOf shows it.
QString EnrichedTable::assignment(const Column& column) const
{
    const QString name = quoted(column.name);
    if (m_shape->dialect == db::Dialect::Sqlite)
        return u"%1 = json_extract(:values, '$.%2')"_s.arg(name, column.name);
    const QString value = u":values::jsonb -> '%1'"_s.arg(column.name);
    if (isJson(column.type))
        return u"%1 = NULLIF(%2, 'null'::jsonb)::%3"_s.arg(name, value, column.cast);
    if (isTextList(column.type))
        return u"%1 = (CASE WHEN jsonb_typeof(%2) = 'array' THEN "
               "ARRAY(SELECT jsonb_array_elements_text(%2)) END)::%3"_s.arg(name, value,
                                                                            column.cast);
    return u"%1 = (:values::jsonb ->> '%2')::%3"_s.arg(name, column.name, column.cast);
}

QJsonValue EnrichedTable::time(const QDateTime& at) const
{
    return m_shape->dialect == db::Dialect::Sqlite ? QJsonValue::fromVariant(m_shape->createdAt(at))
                                                   : QJsonValue(db::timeText(at));
}

base::Result<std::optional<QString>> EnrichedTable::write(const QString& id, Guard kind,
                                                          const QString& guard,
                                                          const QJsonObject& values,
                                                          const QDateTime& now) const
{
    QJsonObject all = values;
    QStringList assignments;
    const auto set = [&](const QString& name) {
        const Column* found = column(name);
        if (found && isWritable(*found))
            assignments += assignment(*found);
    };
    if (const Column* changed = column(u"updatedAt"_s); changed && isWritable(*changed))
        all[changed->name] = time(now);
    for (auto value = all.begin(); value != all.end(); ++value)
        set(value.key());
    db::Words filled = words();
    filled.emplace_back(u"enriched_assignments"_s, assignments.join(u", "_s));
    filled.emplace_back(u"enriched_guard"_s,
                        kind == Guard::Image ? u"{enriched_image}"_s : u"{enriched_version}"_s);
    const auto rows = m_connection->run(
        db::filled(m_sql->writeEnriched.text(), filled),
        {{u"id"_s, id},
         {u"guard"_s, guard},
         {u"values"_s, QString::fromUtf8(QJsonDocument(all).toJson(QJsonDocument::Compact))}});
    if (!rows)
        return rows.error();
    const bool isWritten = !rows->isEmpty() && rows->changed() > 0;
    return isWritten ? std::optional((*rows)[0].text(0)) : std::optional<QString>();
}

} // namespace queuedeck::store
