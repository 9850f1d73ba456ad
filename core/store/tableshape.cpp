// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/tableshape.h"

#include "core/domain/jobrules.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace queuedeck::store {

using base::ErrorKind;
using db::Dialect;

namespace {
using Column = TableShape::Column;
using Table = TableShape::Table;

/// A column that we read, and the type its NULL has where the table does not have it.
struct Needed
{
    QString name;
    QString type;
    QStringList known; ///< beginnings of the types that its values may have
};

const QVector<Needed>& jobColumns()
{
    static const QStringList text{u"text"_s, u"character varying"_s};
    static const QStringList time{u"timestamp"_s};
    static const QVector<Needed> columns{
        {u"id"_s, u"text"_s, text + QStringList{u"uuid"_s, u"integer"_s, u"bigint"_s}},
        {u"type"_s, u"text"_s, text},
        {u"payload"_s, u"jsonb"_s, text + QStringList{u"json"_s}},
        {u"status"_s, u"text"_s, text},
        {u"attempts"_s, u"integer"_s, {u"integer"_s, u"smallint"_s, u"bigint"_s}},
        {u"error"_s, u"text"_s, text},
        {u"createdAt"_s, u"timestamp"_s, time},
        {u"completedAt"_s, u"timestamp"_s, time}};
    return columns;
}

const QVector<Needed>& scanColumns()
{
    static const QVector<Needed> columns{{u"id"_s, u"uuid"_s, {}},
                                         {u"scanType"_s, u"text"_s, {}},
                                         {u"imageUrl"_s, u"text"_s, {}},
                                         {u"status"_s, u"text"_s, {}},
                                         {u"extractedData"_s, u"jsonb"_s, {}},
                                         {u"errorMessage"_s, u"text"_s, {}},
                                         {u"tenantId"_s, u"uuid"_s, {}},
                                         {u"userId"_s, u"uuid"_s, {}},
                                         {u"createdAt"_s, u"timestamp"_s, {}},
                                         {u"completedAt"_s, u"timestamp"_s, {}}};
    return columns;
}

bool isKnown(const Needed& needed, const Column& column)
{
    return std::any_of(needed.known.cbegin(), needed.known.cend(),
                       [&column](const QString& type) { return column.type.startsWith(type); });
}

// The whole table, or one that gives NULL for what is missing and a text for an enum, so that the
// rest can still be looked at. Only the whole one has indexes for every question.
QString readable(const QString& name, const Table& table, const QVector<Needed>& columns,
                 Dialect dialect)
{
    bool isWhole = table.exists;
    QStringList expressions;
    for (const Needed& needed : columns) {
        const QString quoted = u'"' + needed.name + u'"';
        const Column* column = table.column(needed.name);
        // SQLite's columns hold values of any type.
        const bool isOdd = dialect == Dialect::Postgres && column && !needed.known.isEmpty() &&
                           !isKnown(needed, *column);
        isWhole = isWhole && column && !isOdd;
        if (!column || (isOdd && !column->isEnum && needed.name != "id"_L1))
            expressions += dialect == Dialect::Sqlite
                               ? u"NULL AS %1"_s.arg(quoted)
                               : u"NULL::%1 AS %2"_s.arg(needed.type, quoted);
        else if (isOdd)
            expressions += u"%1::text AS %1"_s.arg(quoted);
        else
            expressions += quoted;
    }
    if (isWhole)
        return u'"' + name + u'"';
    return table.exists ? u"(SELECT %1 FROM \"%2\")"_s.arg(expressions.join(u", "_s), name)
                        : u"(SELECT %1 WHERE false)"_s.arg(expressions.join(u", "_s));
}

// The type to cast a text to, and the shape of a text that this cannot refuse.
std::pair<QString, QString> idType(const Table& table)
{
    const Column* id = table.column(u"id"_s);
    if (id && id->type == "uuid"_L1)
        return {u"uuid"_s, u"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"_s};
    if (id && (id->type == "integer"_L1 || id->type == "bigint"_L1))
        return {id->type, id->type == "integer"_L1 ? u"^[0-9]{1,9}$"_s : u"^[0-9]{1,18}$"_s};
    return {u"text"_s, u""_s};
}

void judgeColumns(TableShape& shape)
{
    QStringList missing;
    QStringList odd;
    for (const Needed& needed : jobColumns()) {
        const Column* column = shape.job.column(needed.name);
        if (!column)
            missing += needed.name;
        else if (shape.dialect == Dialect::Postgres && !isKnown(needed, *column))
            odd += u"%1 is of the type %2"_s.arg(needed.name, column->type);
    }
    if (!missing.isEmpty())
        shape.changesOff = u"The table Job has no column %1."_s.arg(missing.join(u", "_s));
    else if (!odd.isEmpty())
        shape.changesOff = u"In the table Job, the column %1, which Queuedeck cannot write."_s.arg(
            odd.join(u", "_s));
    else if (!shape.job.isPlain)
        shape.changesOff = shape.enqueueOff = u"Job is a view and not a table."_s;
    if (shape.dialect == Dialect::Sqlite)
        return;

    const auto [cast, pattern] = idType(shape.job);
    const Column* id = shape.job.column(u"id"_s);
    if (id && (cast == "integer"_L1 || cast == "bigint"_L1))
        shape.enqueueOff =
            u"The ids of Job are numbers, which only the web application gives out."_s;
    static const QRegularExpression limited(u"\\((\\d+)\\)"_s);
    if (const auto match = limited.match(id ? id->type : QString());
        match.hasMatch() && match.captured(1).toInt() < 36)
        shape.enqueueOff =
            u"The ids of Job are of the type %1, too short for a uuid."_s.arg(id->type);
    for (const Column& column : std::as_const(shape.job.columns)) {
        const bool isOurs =
            std::any_of(jobColumns().cbegin(), jobColumns().cend(),
                        [&](const Needed& needed) { return needed.name == column.name; });
        if (!isOurs && !column.isNullable && !column.hasDefault)
            shape.enqueueOff = u"The table Job has a column %1 that must be filled, and Queuedeck "
                               "does not know with what."_s.arg(column.name);
    }
    const Column* payload = shape.job.column(u"payload"_s);
    if (payload && !payload->type.startsWith("json"_L1))
        shape.notes += u"The column payload is of the type %1, not JSON: scans do not follow their "
                       "jobs, and filters on the payload find nothing."_s.arg(payload->type);
}
} // namespace

const Column* TableShape::Table::column(const QString& name) const
{
    const auto found = std::find_if(columns.cbegin(), columns.cend(),
                                    [&name](const Column& column) { return column.name == name; });
    return found == columns.cend() ? nullptr : &*found;
}

bool TableShape::idsAreUuids() const
{
    const Column* id = job.column(u"id"_s);
    return dialect == Dialect::Postgres && id && id->type == "uuid"_L1;
}

std::chrono::milliseconds TableShape::stuckGrace() const
{
    // Beside another processor, a row without a lease of ours is mostly one that it runs.
    return mode == Mode::Own ? std::chrono::milliseconds(0) : domain::kOrphanGrace;
}

db::Connection::Words TableShape::words() const
{
    const Column* payload = job.column(u"payload"_s);
    const bool isJson = payload && payload->type.startsWith("json"_L1);
    const bool scansFollow = scan.exists && mayChangeScans && isJson;
    const QString jobs = readable(u"Job"_s, job, jobColumns(), dialect);
    // Only a table itself has them; what stands for it is not watched.
    const bool hasVersions = job.isPlain && jobs == "\"Job\""_L1;
    const auto [jobId, jobShape] = idType(job);
    const auto [scanId, scanShape] = idType(scan);
    return {{u"job_id_shape"_s, jobShape},
            {u"job_id"_s, jobId},
            {u"scan_id_shape"_s, scanShape},
            {u"scan_id"_s, scan.exists ? scanId : u"uuid"_s},
            {u"payload_is_json"_s, isJson ? u"true"_s : u"false"_s},
            {u"json"_s, isJson ? payload->type : u"jsonb"_s},
            {u"row_version"_s, hasVersions ? u"j.xmin::text"_s : u"NULL::text"_s},
            {u"row"_s, job.hasRowNumbers ? u"rowid"_s : u"\"id\""_s},
            {u"jobs"_s, jobs},
            {u"image_scans"_s, readable(u"ImageScan"_s, scan, scanColumns(), dialect)},
            // What would be written to a table that is not there becomes a remark.
            {u"if_scans"_s, scansFollow ? QString() : u"SELECT 1 /*"_s},
            {u"end_if_scans"_s, scansFollow ? QString() : u"*/"_s}};
}

QString modeText(TableShape::Mode mode)
{
    switch (mode) {
    case TableShape::Mode::Own: return u"own"_s;
    case TableShape::Mode::Beside: return u"beside"_s;
    case TableShape::Mode::Guest: break;
    }
    return u"guest"_s;
}

base::Result<TableShape> lookAtTables(db::Connection& connection)
{
    const SqlText& sql = sqlText(connection.dialect());
    const QString address = connection.url().display();
    TableShape shape;
    shape.dialect = connection.dialect();
    const auto columns = connection.run(sql.tableColumns.text());
    if (!columns)
        return columns.error();
    for (size_t i = 0; i < columns->size(); ++i) {
        const db::Rows::Row row = (*columns)[i];
        Table& table = row.text(0) == "Job"_L1 ? shape.job : shape.scan;
        table.exists = true;
        table.isPlain = row.text(1) == "r"_L1 || row.text(1) == "w"_L1;
        table.hasRowNumbers = row.text(1) != "w"_L1;
        table.columns.push_back(
            {row.text(2), row.text(3), !row.boolean(4), row.boolean(5), row.text(6) == "e"_L1});
    }
    if (!shape.job.exists)
        return base::fail(
            ErrorKind::NotFound,
            shape.dialect == Dialect::Sqlite
                ? u"The database %1 has no table Job. `queuedeckctl --db … init` creates it."_s.arg(
                      address)
                : u"The database %1 has no table Job in the schema %2, or this user may not look "
                  "into it. `queuedeckctl --db … init` creates it."_s.arg(address,
                                                                          connection.url().schema));
    const auto facts = connection.run(sql.tableFacts.text());
    if (!facts)
        return facts.error();
    const db::Rows::Row fact = (*facts)[0];
    const bool hasCompanions = fact.boolean(0);
    const bool madeByUs = fact.boolean(2);
    shape.mode = !hasCompanions ? TableShape::Mode::Guest
                 : madeByUs     ? TableShape::Mode::Own
                                : TableShape::Mode::Beside;
    if (!fact.boolean(3))
        return base::fail(
            ErrorKind::Denied,
            u"This user may not read the table Job of %1. Its owner can allow it: "
            "GRANT SELECT ON \"Job\" TO \"%2\"."_s.arg(address, connection.url().user));
    judgeColumns(shape);
    shape.mayChangeScans = fact.boolean(6);
    if (shape.changesOff.isEmpty()) {
        if (fact.boolean(8))
            shape.changesOff = u"The server is a read-only replica."_s;
        else if (!fact.boolean(4))
            shape.changesOff = u"This user may read the table Job, but not change it."_s;
        else if (hasCompanions && !fact.boolean(1))
            shape.changesOff = u"This user may read Queuedeck's own tables, but not change them."_s;
    }
    if (!fact.boolean(5) && shape.enqueueOff.isEmpty())
        shape.enqueueOff = u"This user may not add rows to the table Job."_s;
    if (!fact.boolean(7))
        shape.notes +=
            u"The table Job has no index on (status, createdAt), so lists and claims read "
            "it as a whole. CREATE INDEX CONCURRENTLY \"Job_status_createdAt_idx\" ON "
            "\"Job\" (\"status\", \"createdAt\") makes them quick."_s;
    if (!shape.scan.exists)
        shape.notes += u"There is no table ImageScan: scans are not shown."_s;
    else if (!shape.mayChangeScans)
        shape.notes += u"This user may not change ImageScan: scans do not follow their jobs."_s;
    return shape;
}

} // namespace queuedeck::store
