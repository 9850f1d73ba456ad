// SPDX-License-Identifier: GPL-3.0-or-later
// The statements of a list: a page, how many there are, and all of them for a change.
#include "core/db/rows.h"
#include "core/store/jobquery.h"

using namespace Qt::StringLiterals;

namespace queuedeck::store {

using db::Dialect;

QString JobQuery::Branch::both() const
{
    return where.isEmpty() ? status : u"%1 AND %2"_s.arg(status, where);
}

QString JobQuery::merged(const QString& columns, const QStringList& bounds, qint64 limit,
                         bool upwards) const
{
    const QString order = upwards ? u" ORDER BY {created_order} ASC, j.\"id\" ASC"_s
                                  : u" ORDER BY {created_order} DESC, j.\"id\" DESC"_s;
    QStringList scans;
    for (const Branch& branch : m_branches) {
        for (const QString& bound : bounds) {
            QString scan = u"SELECT * FROM (SELECT %1 FROM {jobs} j WHERE %2%3%4"_s.arg(
                columns, branch.both(), bound, order);
            if (limit >= 0)
                scan += u" LIMIT %1"_s.arg(limit);
            scans += scan + u") b"_s;
        }
    }
    if (scans.isEmpty())
        return u"SELECT %1 FROM {jobs} j WHERE 1 = 0"_s.arg(columns);
    return scans.join(u" UNION ALL "_s);
}

namespace {
// `(createdAt, id) < (…)` in the order of the list; `orAt` includes the row itself.
QString keysetCondition(Dialect dialect, const domain::Keyset& keyset, bool orAt,
                        const QString& name, db::Params& params)
{
    if (keyset.isTop())
        return {};
    params[name + u'i'] = keyset.id;
    if (keyset.createdAt.isEmpty()) // NULL: such rows come first on PostgreSQL, last on SQLite
        return (dialect == Dialect::Sqlite
                    ? u" AND {created_order} IS NULL AND j.\"id\" %1 :%2i"_s
                    : u" AND (j.\"createdAt\" IS NOT NULL OR j.\"id\" %1 :%2i)"_s)
            .arg(orAt ? u"<="_s : u"<"_s, name);
    params[name + u'c'] = keyset.createdAt;
    const QString shape = u" AND ({created_order}, j.\"id\") %1 (:%2c, :%2i)"_s;
    return shape.arg(orAt ? u"<="_s : u"<"_s, name);
}

// Rows without a time are the first on PostgreSQL and the last on SQLite.
QString spanCondition(Dialect dialect, const domain::PageRequest& request, db::Params& params)
{
    QString span;
    if (!request.since.isEmpty()) {
        params[u"since"_s] = request.since;
        span += dialect == Dialect::Sqlite
                    ? u" AND {created_order} >= :since"_s
                    : u" AND ({created_order} >= :since OR {created_order} IS NULL)"_s;
    }
    if (!request.before.isEmpty()) {
        params[u"before"_s] = request.before;
        span += dialect == Dialect::Sqlite
                    ? u" AND ({created_order} < :before OR {created_order} IS NULL)"_s
                    : u" AND {created_order} < :before"_s;
    }
    return span;
}

// The rows before `keyset`, as bounds of scans that each begin at an end of an index: one for the
// rows with a time, one for those without (NULL: first on PostgreSQL, last on SQLite).
QStringList boundsBefore(const TableShape& shape, const domain::Keyset& keyset, db::Params& params)
{
    if (keyset.isTop())
        return {{}};
    const bool nullsFirst = shape.dialect != Dialect::Sqlite;
    params[u"bi"_s] = keyset.id;
    if (keyset.createdAt.isEmpty()) {
        const QString nulls = u" AND {created_order} IS NULL AND j.\"id\" > :bi"_s;
        return nullsFirst ? QStringList{nulls}
                          : QStringList{nulls, u" AND {created_order} IS NOT NULL"_s};
    }
    params[u"bc"_s] = keyset.createdAt;
    QStringList bounds{u" AND ({created_order}, j.\"id\") > (:bc, :bi)"_s};
    const auto* createdAt = shape.job.column(u"createdAt"_s);
    if (nullsFirst && createdAt && createdAt->isNullable)
        bounds += u" AND {created_order} IS NULL"_s;
    return bounds;
}
} // namespace

QStringList JobQuery::boundsOf(const domain::PageRequest& request, db::Params& params) const
{
    QString within = keysetCondition(m_shape.dialect, request.from, true, u"f"_s, params);
    if (request.createdBy.isValid()) {
        within += u" AND {created_order} <= :by"_s;
        params[u"by"_s] = db::timeText(request.createdBy);
    }
    QStringList bounds =
        request.upwards
            ? boundsBefore(m_shape, request.after, params)
            : QStringList{keysetCondition(m_shape.dialect, request.after, false, u"a"_s, params)};
    for (QString& bound : bounds)
        bound += within + spanCondition(m_shape.dialect, request, params);
    return bounds;
}

JobQuery::Statement JobQuery::boundary(const domain::PageRequest& request, int rows) const
{
    Statement statement{{}, m_params};
    const QStringList bounds = boundsOf(request, statement.params);
    QStringList scans;
    for (const Branch& branch : m_branches)
        scans += u"SELECT * FROM (SELECT {created_order} AS time_key FROM {jobs} j WHERE %1%2 "
                 "ORDER BY {created_order} DESC LIMIT %3) b"_s.arg(branch.status, bounds.first())
                     .arg(rows);
    if (scans.isEmpty())
        scans += u"SELECT NULL AS time_key WHERE 1 = 0"_s;
    statement.sql = u"SELECT time_key FROM (%1) m ORDER BY time_key DESC LIMIT 1 OFFSET %2"_s
                        .arg(scans.join(u" UNION ALL "_s))
                        .arg(rows - 1);
    return statement;
}

JobQuery::Statement JobQuery::page(const domain::PageRequest& request) const
{
    return listed(request, u"{job_columns}, CAST(%1 AS int)"_s.arg(m_context.isStuck));
}

JobQuery::Statement JobQuery::contents(const domain::PageRequest& request) const
{
    return listed(request, u"{job_columns}, {content_columns}"_s);
}

JobQuery::Statement JobQuery::listed(const domain::PageRequest& request,
                                     const QString& columns) const
{
    Statement statement{{}, m_params};
    const QStringList bounds = boundsOf(request, statement.params);
    const qint64 wanted = request.skip + request.limit;
    statement.sql =
        u"SELECT * FROM (%1) m ORDER BY time_key %2, id_key %2 LIMIT %3 OFFSET %4"_s
            .arg(merged(columns + u", {created_order} AS time_key, j.\"id\" AS id_key"_s, bounds,
                        wanted, request.upwards),
                 request.upwards ? u"ASC"_s : u"DESC"_s)
            .arg(request.limit)
            .arg(request.skip);
    return statement;
}

JobQuery::Statement JobQuery::count(qint64 limit, const domain::Keyset& from) const
{
    Statement statement{{}, m_params};
    const QString keyset = keysetCondition(m_shape.dialect, from, true, u"f"_s, statement.params);
    QStringList scans;
    for (const Branch& branch : m_branches)
        scans += u"SELECT 1 FROM {jobs} j WHERE "_s + branch.both() + keyset;
    if (scans.isEmpty())
        scans += u"SELECT 1 WHERE 1 = 0"_s;
    statement.sql =
        u"SELECT COUNT(*) FROM (%1 LIMIT %2) m"_s.arg(scans.join(u" UNION ALL "_s)).arg(limit);
    return statement;
}

std::optional<JobQuery::Statement> JobQuery::estimate() const
{
    if (!isSqlite()) {
        QStringList scans;
        for (const Branch& branch : m_branches)
            scans += u"SELECT 1 FROM {jobs} j WHERE "_s + branch.both();
        if (scans.isEmpty())
            return std::nullopt;
        return Statement{u"EXPLAIN (FORMAT JSON) "_s + scans.join(u" UNION ALL "_s), m_params};
    }
    // The last row's number, without the rows of other statuses as long as those are few.
    if (!m_isByStatus || !m_shape.job.hasRowNumbers)
        return std::nullopt;
    constexpr int kFew = 100'000;
    QString few;
    for (const QString& where : m_others)
        few += u" - (SELECT CASE WHEN COUNT(*) <= %2 THEN COUNT(*) END FROM "
               "(SELECT 1 FROM {jobs} j WHERE %1 LIMIT %2 + 1) o)"_s.arg(where)
                   .arg(kFew);
    return Statement{u"SELECT (SELECT MAX({row}) FROM {job})"_s + few, m_params};
}

JobQuery::Statement JobQuery::frozen(const domain::PageRequest& request) const
{
    Statement statement{{}, m_params};
    const QString bound = boundsOf(request, statement.params).first();
    const QString spent = u"CASE WHEN %1 IS NULL THEN NULL WHEN %1 < %2 THEN 0 ELSE %2 END"_s.arg(
        attempts(), QString::number(m_context.maxAttempts));
    const QString columns = u"%1 AS status, %2 AS attempts, CAST(j.\"id\" AS text) AS id"_s.arg(
        isSqlite() ? u"{read_status}"_s : u"CAST(j.\"status\" AS text)"_s, spent);
    QStringList scans;
    for (const Branch& branch : m_branches)
        scans += u"SELECT * FROM (SELECT %1 FROM {jobs} j WHERE %2%3 "
                 "ORDER BY {created_order} DESC) b"_s.arg(columns, branch.both(), bound);
    if (scans.isEmpty())
        scans += u"SELECT %1 FROM {jobs} j WHERE 1 = 0"_s.arg(columns);
    statement.sql =
        u"SELECT status, attempts, COUNT(*), %2 FROM (%1) m GROUP BY status, attempts"_s.arg(
            scans.join(u" UNION ALL "_s),
            isSqlite() ? u"json_group_array(id)"_s : u"json_agg(id)::text"_s);
    return statement;
}

} // namespace queuedeck::store
