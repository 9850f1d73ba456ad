// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/report.h"

#include "core/domain/reportfigures.h"
#include "core/store/jobstore.h"
#include "tests/support/pgcluster.h"

#include <QElapsedTimer>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;

namespace queuedeck::bench {

namespace {
constexpr int kJobs = 1'000'000;
const QDateTime kStart(QDate(2026, 11, 1), QTime(0, 0), Qt::UTC);

void run(store::JobStore& store, const QString& sql)
{
    const auto done = store.connection().run(sql);
    if (!done)
        qFatal("%s", qPrintable(done.error().detail));
}

std::unique_ptr<store::JobStore> made(const db::DatabaseUrl& url)
{
    if (const base::Status done = store::JobStore::initialise(url); !done)
        qFatal("%s", qPrintable(done.error().detail));
    auto store = store::JobStore::open(url, db::OpenMode::ReadWrite);
    if (!store)
        qFatal("%s", qPrintable(store.error().detail));
    (*store)->connection().setDeadline(std::chrono::minutes(10));
    return std::move(*store);
}

void fillSqlite(store::JobStore& store)
{
    run(store, uR"(INSERT INTO "Job" ("id", "type", "payload", "status", "attempts", "error",
            "createdAt", "completedAt")
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %1)
        SELECT printf('%08x-0000-7000-8000-%012x', i, i), 'type ' || (i % 5), '{"a": 1}',
            CASE WHEN i % 50 = 0 THEN 'failed' ELSE 'completed' END, 1,
            CASE WHEN i % 50 = 0 THEN 'timeout after ' || (i % 997) || ' s' END,
            strftime('%Y-%m-%dT%H:%M:%f+00:00', 1793491200 + i * 2592000.0 / %1, 'unixepoch'),
            NULL FROM n)"_s.arg(kJobs));
    run(store,
        uR"(INSERT INTO queuedeck_attempt (job_id, claim, attempt, started_at, ended_at, outcome)
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %1)
        SELECT printf('%08x-0000-7000-8000-%012x', i, i), 1, 1,
            1793491200000 + i * 2592000000 / %1 + i * 7919 % 60000,
            1793491200000 + i * 2592000000 / %1 + i * 7919 % 60000 + i * 104729 % 90000,
            CASE WHEN i % 50 = 0 THEN 'failed' ELSE 'completed' END FROM n)"_s.arg(kJobs));
    run(store, u"ANALYZE"_s);
}

void fillPostgres(store::JobStore& store)
{
    run(store, uR"(INSERT INTO "Job" ("id", "type", "payload", "status", "attempts", "error",
            "createdAt")
        SELECT (lpad(to_hex(i), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid,
            'type ' || (i % 5), '{"a": 1}',
            CASE WHEN i % 50 = 0 THEN 'failed' ELSE 'completed' END, 1,
            CASE WHEN i % 50 = 0 THEN 'timeout after ' || (i % 997) || ' s' END,
            timestamp '2026-11-01' + i * (interval '30 days' / %1)
        FROM generate_series(1, %1) i)"_s.arg(kJobs));
    run(store,
        uR"(INSERT INTO queuedeck.attempt (job_id, token, attempt, engine, started_at, ended_at,
            outcome)
        SELECT "id"::text, 't', 1, 'e', "createdAt" + (('x' || right("id"::text, 6))::bit(24)::int
                * 7919::bigint % 60000) * interval '1 millisecond',
            "createdAt" + (('x' || right("id"::text, 6))::bit(24)::int * 7919::bigint % 60000
                + ('x' || right("id"::text, 6))::bit(24)::int * 104729::bigint % 90000)
                * interval '1 millisecond', "status" FROM "Job")"_s);
    run(store, u"VACUUM ANALYZE"_s);
}

double secondsFor(store::JobStore& store, int days)
{
    domain::ReportOrigin origin;
    origin.span = {kStart.addDays(30 - days), kStart.addDays(30), {}};
    QElapsedTimer timer;
    timer.start();
    const auto rows = store.reports.queueHealth(origin.span);
    if (!rows)
        qFatal("%s", qPrintable(rows.error().detail));
    const domain::ReportDocument report = domain::queueHealthReport(*rows, origin);
    if (std::get<qint64>(report.figures[0].value) < qint64(kJobs) * days / 30 * 9 / 10)
        qFatal("The report misses jobs.");
    return double(timer.elapsed()) / 1000;
}

QJsonObject figures(store::JobStore& store)
{
    return {{u"week"_s, secondsFor(store, 7)}, {u"month"_s, secondsFor(store, 30)}};
}
} // namespace

QJsonObject report()
{
    const QTemporaryDir folder;
    const auto sqlite = made(db::DatabaseUrl::sqliteFile(folder.filePath(u"jobs.db"_s)));
    fillSqlite(*sqlite);
    test::PgCluster cluster;
    if (!cluster.start())
        qFatal("%s", qPrintable(cluster.error()));
    const auto postgres = made(cluster.freshDatabase());
    fillPostgres(*postgres);
    return {{u"sqlite"_s, figures(*sqlite)}, {u"postgresql"_s, figures(*postgres)}};
}

} // namespace queuedeck::bench
