// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/jobstore.h"
#include "tests/support/pgbouncer.h"

#include <QTemporaryDir>

namespace queuedeck::test {

/// The author of changes in the store tests.
inline const domain::Actor kTester{QStringLiteral("tester"), QStringLiteral("here")};

inline store::ChangeNote note(const QString& action)
{
    return {action, QStringLiteral("a test"), kTester};
}

/// The value of a result; on an error the test program ends with its reason.
template <class T>
T value(base::Result<T> result)
{
    if (!result)
        qFatal("%s", qPrintable(result.error().detail));
    return std::move(*result);
}

/// The databases that a store must serve alike.
enum class StoreKind {
    Sqlite,
    Postgres, ///< tables that we made
    Pooled,   ///< the same behind PgBouncer
    Deployed, ///< the web application's table as it is deployed: nullable columns, microseconds
    TextIds,  ///< text ids, json, times with a zone, in a schema of another name
};

/// Makes stores in fresh databases and inspects them without going through the store.
class StoreFixture
{
public:
    /// Empty, or why the servers cannot run.
    QString start();

    /// The address of a fresh, initialised database.
    db::DatabaseUrl freshDatabase(StoreKind kind);
    /// One without any table, on PostgreSQL.
    db::DatabaseUrl emptyDatabase() { return m_cluster.freshDatabase(); }
    /// A file that does not exist yet.
    db::DatabaseUrl emptyFile();
    /// Runs a script on a file as another program would; returns SQLite's error message, or
    /// nothing.
    static QString sqlite(const db::DatabaseUrl& url, const QString& script);
    /// Runs a script as a user would; returns psql's error message, or nothing.
    static QString psql(const db::DatabaseUrl& url, const QString& script);
    std::unique_ptr<store::JobStore> open(const db::DatabaseUrl& url);
    std::unique_ptr<store::JobStore> fresh(StoreKind kind) { return open(freshDatabase(kind)); }

    /// Runs SQL of the test itself; an error ends the test program.
    static db::Rows sql(store::JobStore& store, const QString& text, const db::Params& params = {});
    /// Every row of every table as text, to compare before and after.
    static QString everything(store::JobStore& store);
    /// The rows of Job and ImageScan only.
    static QString jobs(store::JobStore& store);

    /// Adds pending jobs a second apart, the oldest first, and returns their ids.
    static domain::JobIds add(store::JobStore& store, int count,
                              const QString& type = QStringLiteral("report_generation"));
    static void set(store::JobStore& store, const domain::JobId& id, const QString& assignments);
    static domain::Job job(store::JobStore& store, const domain::JobId& id);

    /// Every row of these tables.
    static QString dump(store::JobStore& store, const QStringList& tables);

private:
    PgCluster m_cluster;
    PgBouncer m_pooler;
    QTemporaryDir m_folder;
    int m_files = 0;
};

} // namespace queuedeck::test

Q_DECLARE_METATYPE(queuedeck::test::StoreKind)
