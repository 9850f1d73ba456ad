// SPDX-License-Identifier: GPL-3.0-or-later
// The values of the words in braces for the tables at hand. Those that are the same everywhere are
// in fragments.sql.
#include "core/store/neededcolumns.h"
#include "core/store/sqltext.h"

using namespace Qt::StringLiterals;

namespace queuedeck::store {

using db::Dialect;

namespace {
using Column = TableShape::Column;
using Table = TableShape::Table;

QString quoted(QString name)
{
    return u'"' + name.replace(u'"', u"\"\""_s) + u'"';
}

QString literal(QString text)
{
    return u'\'' + text.replace(u'\'', u"''"_s) + u'\'';
}

// The table's name, with its schema: no setting of a pooler or a role can redirect it.
QString qualified(const TableShape& shape, const QString& name)
{
    return shape.dialect == Dialect::Sqlite ? quoted(name)
                                            : quoted(shape.schema) + u'.' + quoted(name);
}

// How a column is read that cannot be read as it is.
QString readAsElse(const NeededColumn& needed, const Column& column)
{
    const QString name = quoted(needed.name);
    if (needed.name == "attempts"_L1 && column.base == "numeric"_L1)
        return u"CASE WHEN abs(%1) < 1000000000 THEN trunc(%1)::int END"_s.arg(name);
    if (needed.type == "timestamp"_L1 &&
        (column.base == "int8"_L1 || column.base == "int4"_L1 || column.base == "numeric"_L1))
        return u"CASE WHEN abs(%1) < 100000000000000 THEN to_timestamp(%1 / CASE WHEN abs(%1) < "
               "100000000000 THEN 1.0 ELSE 1000.0 END) AT TIME ZONE 'UTC' END"_s.arg(name);
    const bool isText = needed.type == "text"_L1 || needed.name == "payload"_L1;
    return isText ? name + u"::text"_s : u"NULL::"_s + needed.type;
}

bool isReadAsItIs(const NeededColumn& needed, const Column& column)
{
    if (needed.writable.isEmpty()) // ImageScan
        return !needed.asText.contains(column.base) && !column.isEnum();
    if (column.isEnum())
        return needed.name == "status"_L1 && isWritable(needed, column);
    const bool isNumberOfAnyKind = needed.name == "attempts"_L1 && column.base == "numeric"_L1;
    return (needed.writable.contains(column.base) || needed.name == "id"_L1) &&
           !needed.asText.contains(column.base) && !isNumberOfAnyKind;
}

// The table itself, or a subquery in its place. Only the table has indexes for every query.
QString readable(const TableShape& shape, const QString& name, const Table& table,
                 const QVector<NeededColumn>& columns)
{
    bool isWhole = table.exists;
    QStringList expressions;
    for (const NeededColumn& needed : columns) {
        const Column* column = table.column(needed.name);
        QString expression = quoted(needed.name);
        if (!column)
            expression = shape.dialect == Dialect::Sqlite ? u"NULL"_s : u"NULL::"_s + needed.type;
        else if (shape.dialect == Dialect::Postgres && !isReadAsItIs(needed, *column))
            expression = readAsElse(needed, *column);
        isWhole = isWhole && expression == quoted(needed.name);
        expressions += expression + u" AS "_s + quoted(needed.name);
    }
    const QString all = expressions.join(u", "_s);
    if (isWhole)
        return qualified(shape, name);
    return table.exists ? u"(SELECT %1 FROM %2)"_s.arg(all, qualified(shape, name))
                        : u"(SELECT %1 WHERE 1 = 0)"_s.arg(all);
}

QString castOf(const Table& table, const QString& name, const QString& otherwise)
{
    const Column* column = table.column(name);
    return column && !column->cast.isEmpty() ? column->cast : otherwise;
}

bool isNullable(const Table& table, const QString& name)
{
    const Column* column = table.column(name);
    return !column || column->isNullable;
}

// The current time as a value of this column; Prisma stores milliseconds.
QString nowFor(const Table& table, const QString& name)
{
    const Column* column = table.column(name);
    const QString now = u"date_trunc('milliseconds', clock_timestamp())"_s;
    if (column && column->base == "timestamptz"_L1)
        return now;
    return u"(%1 AT TIME ZONE 'UTC')"_s.arg(now) +
           (column && column->base == "date"_L1 ? u"::date"_s : QString());
}

// A time column to compare with a timestamp.
QString timeOf(const Table& table, const QString& name)
{
    const Column* column = table.column(name);
    const QString plain = u"j."_s + quoted(name);
    return column && column->base == "date"_L1 ? plain + u"::timestamp"_s : plain;
}

// A payload whose values can be queried. Values of type json may hold escapes that PostgreSQL's
// text cannot represent, and the first of them would fail the whole statement.
QString payloadJson(const Table& job)
{
    const Column* payload = job.column(u"payload"_s);
    if (payload && payload->base == "jsonb"_L1)
        return u"j.\"payload\""_s;
    if (!payload || payload->base != "json"_L1)
        return u"NULL::jsonb"_s;
    return uR"(CASE WHEN strpos(j."payload"::text, '\u') = 0 OR regexp_replace(j."payload"::text,
        '\\\\|\\u[dD][89abAB]..\\u[dD][c-fC-F]..', '', 'g') !~ '\\u([dD][89a-fA-F]|0000)'
        THEN j."payload" END)"_s;
}

struct Columns
{
    QStringList names, texts, keys, restored, cells, restoredCells, keyRows;
};

Columns columnsOf(const TableShape& shape)
{
    Columns columns;
    for (const Column& column : shape.job.columns) {
        const QString name = quoted(column.name);
        const QString key = literal(column.name);
        columns.keys += key;
        columns.keyRows += u'(' + key + u')';
        columns.texts += u"j.%1::text"_s.arg(name);
        columns.cells += u"WHEN %1 THEN j.%2"_s.arg(key, name);
        if (column.isGenerated)
            continue;
        columns.names += name;
        // json becomes jsonb if the column is jsonb by now, and keeps its text if not.
        const bool isJson = column.base.startsWith("json"_L1);
        columns.restored += u"(p.before ->> %1)::%2"_s.arg(key, isJson ? u"json"_s : column.cast);
        columns.restoredCells +=
            u"(SELECT before FROM {own}journal_cell WHERE row = r.row AND name = %1)"_s.arg(key);
    }
    return columns;
}

void addPostgres(const TableShape& shape, db::Connection::Words& words)
{
    const Table& job = shape.job;
    const QString jobs = readable(shape, shape.jobName, job, neededOfJob());
    const bool isItself = job.isPlain && !jobs.startsWith(u'(');
    const Column* status = job.column(u"status"_s);
    const bool statusAsText = status && !isReadAsItIs(neededOfJob()[3], *status);
    const Column* error = job.column(u"error"_s);
    const Column* type = job.column(u"type"_s);
    const Columns columns = columnsOf(shape);
    const QString statusType = castOf(job, u"status"_s, u"text"_s);
    words.insert(
        words.end(),
        {{u"jobs"_s, jobs},
         {u"id_type"_s, castOf(job, u"id"_s, u"text"_s)},
         {u"type"_s, type && type->isEnum() ? u"j.\"type\"::text"_s : u"j.\"type\""_s},
         {u"status_type"_s, statusType},
         {u"read_status_type"_s, statusAsText ? u"text"_s : statusType},
         {u"attempts_type"_s, castOf(job, u"attempts"_s, u"int"_s)},
         {u"completed_type"_s, castOf(job, u"completedAt"_s, u"timestamp"_s)},
         {u"error_length"_s,
          QString::number(error && error->mostCharacters > 0 ? error->mostCharacters : 2147483647)},
         {u"no_error"_s, isNullable(job, u"error"_s) ? u"NULL"_s : u"''"_s},
         {u"no_time"_s, isNullable(job, u"completedAt"_s) ? u"NULL"_s : u"j.\"completedAt\""_s},
         {u"now_completed"_s, nowFor(job, u"completedAt"_s)},
         {u"created_at"_s, timeOf(job, u"createdAt"_s)},
         {u"completed_at"_s, timeOf(job, u"completedAt"_s)},
         {u"created_order"_s, u"j.\"createdAt\""_s},
         {u"payload_json"_s, payloadJson(job)},
         {u"json_typeof"_s, job.column(u"payload"_s) && job.column(u"payload"_s)->base == "json"_L1
                                ? u"json_typeof"_s
                                : u"jsonb_typeof"_s},
         {u"folded"_s, shape.foldsByIcu ? u" COLLATE \"und-x-icu\""_s : QString()},
         // Only the table itself has versions; a subquery in its place is not watched.
         {u"row_version"_s, isItself ? u"j.xmin::text"_s : u"NULL::text"_s},
         {u"row_image"_s, u"jsonb_object(ARRAY[%1]::text[], ARRAY[%2]::text[])"_s.arg(
                              columns.keys.join(u", "_s), columns.texts.join(u", "_s))},
         {u"written_image"_s,
          u"jsonb_object(ARRAY['status', 'attempts', 'error', 'completedAt'], ARRAY[j.\"status\""
          "::text, j.\"attempts\"::text, j.\"error\"::text, j.\"completedAt\"::text])"_s},
         {u"columns"_s, columns.names.join(u", "_s)},
         {u"restored_columns"_s, columns.restored.join(u", "_s)},
         {u"scan_id_type"_s, castOf(shape.scan, u"id"_s, u"uuid"_s)},
         {u"scan_now_completed"_s, nowFor(shape.scan, u"completedAt"_s)},
         {u"scan_completed_type"_s, castOf(shape.scan, u"completedAt"_s, u"timestamp"_s)},
         {u"scan_image"_s,
          u"jsonb_build_object('status', s.\"status\", 'errorMessage', s.\"errorMessage\", "
          "'completedAt', s.\"completedAt\"::text)"_s}});
}

void addSqlite(const TableShape& shape, db::Connection::Words& words)
{
    const Columns columns = columnsOf(shape);
    const QString created = u"j.\"createdAt\""_s;
    const bool isIndexed = shape.timesAreOurs; // then texts sort as times
    words.insert(
        words.end(),
        {{u"jobs"_s, readable(shape, shape.jobName, shape.job, neededOfJob())},
         {u"row"_s, shape.job.hasRowNumbers ? u"rowid"_s : u"\"id\""_s},
         {u"type"_s, u"j.\"type\""_s},
         {u"no_error"_s, isNullable(shape.job, u"error"_s) ? u"NULL"_s : u"''"_s},
         {u"no_time"_s, isNullable(shape.job, u"completedAt"_s) ? u"NULL"_s : u"\"completedAt\""_s},
         {u"created_at"_s, isIndexed ? created : timeExpression(created)},
         {u"created_order"_s, isIndexed ? created : timeExpression(created)},
         {u"completed_at"_s, timeExpression(u"j.\"completedAt\""_s)},
         {u"time_form"_s, timeFormExpression(created)},
         {u"our_time"_s, ourTimePattern()},
         {u"folded"_s, QString()},
         {u"cell_of_column"_s, columns.cells.join(u' ') + u" END"_s},
         {u"column_names"_s, columns.keyRows.join(u", "_s)},
         {u"columns"_s, columns.names.join(u", "_s)},
         {u"restored_columns"_s, columns.restoredCells.join(u", "_s)},
         {u"scan_created_at"_s, timeExpression(u"s.\"createdAt\""_s)},
         {u"batch_started_at"_s, timeExpression(u"b.\"startedAt\""_s)},
         {u"batch_completed_at"_s, timeExpression(u"b.\"completedAt\""_s)},
         {u"scan_image"_s, u"json_object('status', s.\"status\", 'errorMessage', "
                           "s.\"errorMessage\", 'completedAt', s.\"completedAt\")"_s}});
}
} // namespace

db::Connection::Words TableShape::words() const
{
    db::Connection::Words words{{u"job"_s, qualified(*this, jobName)},
                                {u"job_name"_s, QString(jobName).replace(u'\'', u"''"_s)},
                                {u"scan"_s, qualified(*this, u"ImageScan"_s)},
                                {u"scans"_s, readable(*this, u"ImageScan"_s, scan, neededOfScan())},
                                {u"batch"_s, qualified(*this, u"ImportBatch"_s)},
                                {u"own"_s, companions}};
    if (dialect == Dialect::Sqlite)
        addSqlite(*this, words);
    else
        addPostgres(*this, words);
    for (const Sql& fragment : sqlText(dialect, isGuest()).fragments)
        words.emplace_back(fragment.name(), fragment.text());
    return words;
}

} // namespace queuedeck::store
