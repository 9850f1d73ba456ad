// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/changes.h"

#include "core/db/transaction.h"
#include "core/domain/frozenjobs.h"
#include "core/store/jobstore.h"
#include "tests/support/pgcluster.h"

#include <QElapsedTimer>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;

namespace queuedeck::bench {

namespace {
constexpr int kJobs = 1'000'000;
constexpr int kBatch = 500;

void run(db::Connection& connection, const QString& statement, const db::Params& params = {})
{
    if (const auto done = connection.run(statement, params); !done)
        qFatal("%s", qPrintable(done.error().detail));
}

template <class T>
T value(base::Result<T> result)
{
    if (!result)
        qFatal("%s", qPrintable(result.error().detail));
    return std::move(*result);
}

void fill(store::JobStore& store)
{
    const bool isSqlite = store.connection().dialect() == db::Dialect::Sqlite;
    store.connection().setDeadline(std::chrono::minutes(10));
    run(store.connection(),
        isSqlite
            ? u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %1) "
              "INSERT INTO \"Job\" (\"id\", \"type\", \"payload\", \"status\", \"attempts\", "
              "\"error\", \"createdAt\") SELECT '00000000-0000-4000-8000-' || "
              "substr('000000000000' || i, -12), 'x', "
              "'{}', 'failed', 3, 'timeout after 60 s', '2026-11-01T' || printf('%02d:%02d:%02d', "
              "i / 3600 % 24, i / 60 % 60, i % 60) || '.000+00:00' FROM n"_s.arg(kJobs)
            : u"INSERT INTO \"Job\" (\"id\", \"type\", \"payload\", \"status\", \"attempts\", "
              "\"error\", \"createdAt\") SELECT gen_random_uuid(), 'x', '{}', 'failed', 3, "
              "'timeout after 60 s', timestamp '2026-11-01' + i * interval '1 second' FROM "
              "generate_series(1, %1) i"_s.arg(kJobs));
    run(store.connection(), isSqlite ? u"ANALYZE"_s : u"VACUUM ANALYZE \"Job\""_s);
}

// The same batches without journal, rule and bookkeeping; the ids are known.
double bareSeconds(store::JobStore& store, const domain::FrozenJobs& jobs, const QString& status)
{
    const bool isSqlite = store.connection().dialect() == db::Dialect::Sqlite;
    const QString statement =
        u"UPDATE \"Job\" SET \"status\" = '%1', \"attempts\" = 0, \"error\" = NULL WHERE \"id\" "_s
            .arg(status) +
        (isSqlite ? u"IN (SELECT value FROM json_each(:ids))"_s : u"= ANY (:ids::uuid[])"_s);
    QElapsedTimer timer;
    timer.start();
    for (const domain::FrozenJobs::Part& part : jobs.parts()) {
        const domain::JobIds ids = part.ids();
        for (qsizetype from = 0; from < ids.size(); from += kBatch) {
            QStringList texts;
            for (const domain::JobId& id : ids.mid(from, kBatch))
                texts += id.value;
            auto transaction = db::Transaction::begin(store.connection());
            run(store.connection(), statement,
                {{u"ids"_s, isSqlite ? db::jsonArray(texts) : db::arrayLiteral(texts)}});
            if (!transaction->commit())
                qFatal("The bare batch failed.");
        }
    }
    return double(timer.elapsed()) / 1000;
}

QJsonObject measure(const db::DatabaseUrl& url)
{
    if (const base::Status made = store::JobStore::initialise(url); !made)
        qFatal("%s", qPrintable(made.error().detail));
    const auto store = value(store::JobStore::open(url, db::OpenMode::ReadWrite));
    fill(*store);
    const store::ChangeNote note{u"retry"_s, u"status:failed"_s, domain::Actor::current()};
    QElapsedTimer timer;
    timer.start();
    const auto seconds = [&timer] { return double(timer.restart()) / 1000; };
    const auto frozen = value(store->jobs.freeze(domain::JobFilter::forStatus(u"failed"_s)));
    const auto foretold = domain::prediction(domain::JobAction::Retry, frozen);
    const double ready = seconds();
    const auto done = value(store->changes.change(domain::JobAction::Retry, frozen, note));
    const double retry = seconds();
    const auto undone = value(store->changes.undo(done.journal));
    const double undo = seconds();
    if (foretold.changed != kJobs || done.changed != kJobs || undone.changed != kJobs)
        qFatal("Not all jobs were changed and restored.");
    const double bare = bareSeconds(*store, frozen, u"pending"_s);
    return {{u"jobs"_s, kJobs},
            {u"predictedAfterSeconds"_s, ready},
            {u"retriedASecond"_s, kJobs / retry},
            {u"retryTimesBareBatches"_s, retry / bare},
            {u"restoredASecond"_s, kJobs / undo},
            {u"undoTimesRetry"_s, undo / retry}};
}
} // namespace

QJsonObject changes()
{
    test::PgCluster cluster(test::PgCluster::Disk::Durable);
    if (!cluster.start())
        qFatal("%s", qPrintable(cluster.error()));
    const QTemporaryDir folder;
    db::DatabaseUrl file;
    file.dialect = db::Dialect::Sqlite;
    file.path = folder.filePath(u"jobs.db"_s);
    QJsonObject figures{{u"postgres"_s, measure(cluster.freshDatabase())}};
    const auto made = store::JobStore::open(file, db::OpenMode::Create);
    if (!made)
        qFatal("%s", qPrintable(made.error().detail));
    figures[u"sqlite"_s] = measure(file);
    return figures;
}

} // namespace queuedeck::bench
