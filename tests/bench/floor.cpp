// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/floor.h"

#include "core/domain/ids.h"

#include <QDateTime>
#include <QElapsedTimer>

#include <libpq-fe.h>
#include <memory>
#include <sqlite3.h>

namespace queuedeck::bench::floor_ {

namespace {
struct ResultDeleter
{
    void operator()(PGresult* result) const { PQclear(result); }
};
using Result = std::unique_ptr<PGresult, ResultDeleter>;

class Bare
{
public:
    explicit Bare(const db::DatabaseUrl& url)
    {
        const QByteArray port = QByteArray::number(url.port);
        const QByteArray host = url.host.toUtf8(), name = url.database.toUtf8(),
                         user = url.user.toUtf8(), password = url.password.toUtf8();
        const char* keys[] = {"host", "port", "dbname", "user", "password", nullptr};
        const char* values[] = {host, port, name, user, password, nullptr};
        m_connection = PQconnectdbParams(keys, values, 0);
        if (PQstatus(m_connection) != CONNECTION_OK)
            fail();
    }
    ~Bare() { PQfinish(m_connection); }

    void prepare(const char* name, const char* sql)
    {
        check(Result(PQprepare(m_connection, name, sql, 0, nullptr)));
    }
    Result run(const char* name, std::initializer_list<const char*> values)
    {
        Result result(PQexecPrepared(m_connection, name, int(values.size()), values.begin(),
                                     nullptr, nullptr, 0));
        check(result);
        return result;
    }
    void copy(const QByteArray& rows)
    {
        const Result begun(PQexec(m_connection,
                                  "COPY \"Job\" (id, type, payload, status, attempts, "
                                  "\"createdAt\") FROM STDIN"));
        if (PQputCopyData(m_connection, rows.constData(), int(rows.size())) != 1 ||
            PQputCopyEnd(m_connection, nullptr) != 1)
            fail();
        while (const Result result{PQgetResult(m_connection)})
            check(result);
    }

private:
    void check(const Result& result)
    {
        const ExecStatusType status = PQresultStatus(result.get());
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
            fail();
    }
    [[noreturn]] void fail() { qFatal("floor: %s", PQerrorMessage(m_connection)); }

    PGconn* m_connection;
};

constexpr char kClaim[] =
    "UPDATE \"Job\" SET status = 'processing', attempts = attempts + 1 WHERE id = ANY(ARRAY("
    "SELECT id FROM \"Job\" WHERE status = 'pending' AND attempts < 3 ORDER BY \"createdAt\" "
    "LIMIT $1 FOR UPDATE SKIP LOCKED)) RETURNING id, type, payload, attempts";
constexpr char kSettle[] = "UPDATE \"Job\" SET status = 'completed', "
                           "\"completedAt\" = now() AT TIME ZONE 'UTC' WHERE id = ANY($1::uuid[])";

double seconds(const QElapsedTimer& timer)
{
    return double(timer.nsecsElapsed()) / 1e9;
}
} // namespace

double drainPostgres(const db::DatabaseUrl& url, int batch, qint64 expected)
{
    Bare bare(url);
    bare.prepare("claim", kClaim);
    bare.prepare("settle", kSettle);
    const QByteArray limit = QByteArray::number(batch);
    QElapsedTimer timer;
    timer.start();
    qint64 done = 0;
    while (true) {
        const auto claimed = bare.run("claim", {limit.constData()});
        const int rows = PQntuples(claimed.get());
        if (rows == 0)
            break;
        QByteArray ids = "{";
        for (int i = 0; i < rows; ++i) {
            ids += PQgetvalue(claimed.get(), i, 0);
            ids += i + 1 < rows ? ',' : '}';
        }
        bare.run("settle", {ids.constData()});
        done += rows;
    }
    if (done != expected)
        qFatal("floor: %lld jobs instead of %lld", done, expected);
    return seconds(timer);
}

double drainNaively(const db::DatabaseUrl& url, qint64 jobs)
{
    Bare bare(url);
    bare.prepare("oldest",
                 "SELECT id, type, payload, attempts FROM \"Job\" WHERE status = 'pending' "
                 "AND attempts < 3 ORDER BY \"createdAt\" LIMIT 1");
    bare.prepare("start", "UPDATE \"Job\" SET status = 'processing', attempts = attempts + 1 "
                          "WHERE id = $1");
    bare.prepare("end", "UPDATE \"Job\" SET status = 'completed', "
                        "\"completedAt\" = now() AT TIME ZONE 'UTC' WHERE id = $1");
    QElapsedTimer timer;
    timer.start();
    for (qint64 i = 0; i < jobs; ++i) {
        const auto oldest = bare.run("oldest", {});
        const char* id = PQgetvalue(oldest.get(), 0, 0);
        bare.run("start", {id});
        bare.run("end", {id});
    }
    return seconds(timer);
}

double copyPostgres(const db::DatabaseUrl& url, qint64 jobs, int batch)
{
    Bare bare(url);
    QElapsedTimer timer;
    timer.start();
    for (qint64 from = 0; from < jobs; from += batch) {
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        const QByteArray at = QDateTime::fromMSecsSinceEpoch(now, Qt::UTC)
                                  .toString(Qt::ISODateWithMs)
                                  .chopped(1)
                                  .toUtf8();
        QByteArray rows;
        rows.reserve(batch * 120);
        for (qint64 i = from; i < std::min(jobs, from + batch); ++i) {
            rows += domain::newUuid(now).toUtf8();
            rows += "\tnoop\t{\"n\":";
            rows += QByteArray::number(i);
            rows += "}\tpending\t0\t";
            rows += at;
            rows += '\n';
        }
        bare.copy(rows);
    }
    return seconds(timer);
}

double drainSqlite(const QString& path, int batch, qint64 expected)
{
    sqlite3* database = nullptr;
    const auto check = [&database](bool ok) {
        if (!ok)
            qFatal("floor: %s", sqlite3_errmsg(database));
    };
    check(sqlite3_open(path.toUtf8().constData(), &database) == SQLITE_OK);
    const auto exec = [&](const char* sql) {
        check(sqlite3_exec(database, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
    };
    const auto prepared = [&](const char* sql) {
        sqlite3_stmt* statement = nullptr;
        check(sqlite3_prepare_v2(database, sql, -1, &statement, nullptr) == SQLITE_OK);
        return statement;
    };
    exec("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536");
    sqlite3_stmt* claim = prepared(
        "UPDATE \"Job\" SET status = 'processing', attempts = attempts + 1 WHERE rowid IN (SELECT "
        "rowid FROM \"Job\" WHERE status = 'pending' AND attempts < 3 ORDER BY \"createdAt\" LIMIT "
        "?) "
        "RETURNING rowid, type, payload, attempts");
    sqlite3_stmt* settle = prepared("UPDATE \"Job\" SET status = 'completed', \"completedAt\" = "
                                    "'2026-01-01T00:00:00.000+00:00' WHERE rowid = ?");
    QElapsedTimer timer;
    timer.start();
    qint64 done = 0;
    while (true) {
        std::vector<sqlite3_int64> rows;
        exec("BEGIN IMMEDIATE");
        sqlite3_bind_int(claim, 1, batch);
        while (sqlite3_step(claim) == SQLITE_ROW)
            rows.push_back(sqlite3_column_int64(claim, 0));
        sqlite3_reset(claim);
        exec("COMMIT");
        if (rows.empty())
            break;
        exec("BEGIN IMMEDIATE");
        for (const sqlite3_int64 row : rows) {
            sqlite3_bind_int64(settle, 1, row);
            check(sqlite3_step(settle) == SQLITE_DONE);
            sqlite3_reset(settle);
        }
        exec("COMMIT");
        done += qint64(rows.size());
    }
    const double took = seconds(timer);
    sqlite3_finalize(claim);
    sqlite3_finalize(settle);
    sqlite3_close(database);
    if (done != expected)
        qFatal("floor: %lld jobs instead of %lld", done, expected);
    return took;
}

} // namespace queuedeck::bench::floor_
