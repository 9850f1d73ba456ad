// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/jobstore.h"

#include "core/db/migration.h"

using namespace Qt::StringLiterals;

namespace queuedeck::store {

using base::ErrorKind;
using db::Dialect;
using db::OpenMode;

namespace {
std::vector<db::Migration> migrationsFor(Dialect dialect)
{
    return db::migrationsIn(dialect == Dialect::Sqlite ? u":/migrations/sqlite"_s
                                                       : u":/migrations/postgres"_s);
}

QString versionTable(Dialect dialect)
{
    return dialect == Dialect::Sqlite ? u"queuedeck_schema"_s : u"queuedeck.schema_version"_s;
}

base::Status migrateTo(db::Connection& connection)
{
    const Dialect dialect = connection.dialect();
    const auto version =
        db::migrate(connection, migrationsFor(dialect), versionTable(dialect));
    if (!version)
        return version.error();
    return {};
}
} // namespace

JobStore::JobStore(std::unique_ptr<db::Connection> connection, const base::Clock& clock)
    : jobs(*connection, sqlText(connection->dialect()), clock)
    , changes(*connection, sqlText(connection->dialect()), clock)
    , leases(*connection, sqlText(connection->dialect()), clock)
    , scans(*connection, sqlText(connection->dialect()), clock)
    , m_connection(std::move(connection))
{
}

base::Result<std::unique_ptr<JobStore>> JobStore::open(const db::DatabaseUrl& url, OpenMode mode,
                                                       const base::Clock& clock)
{
    auto connection = db::Connection::open(url, mode);
    if (!connection)
        return connection.error();
    std::unique_ptr<JobStore> store(new JobStore(std::move(*connection), clock));
    if (mode == OpenMode::Create) {
        if (const base::Status done = migrateTo(*store->m_connection); !done)
            return done.error();
    }
    if (const base::Status ready = store->check(); !ready)
        return ready.error();
    return store;
}

base::Status JobStore::check()
{
    const SqlText& sql = sqlText(m_connection->dialect());
    const QString address = m_connection->url().display();
    const auto hasTable = [&](const QString& name) -> base::Result<bool> {
        const auto rows = m_connection->run(sql.tableExists.text(), {{u"name"_s, name}});
        if (!rows)
            return rows.error();
        return !rows->isEmpty();
    };
    const auto job = hasTable(u"Job"_s);
    if (!job)
        return job.error();
    if (!*job)
        return base::fail(ErrorKind::NotFound,
                          u"The database %1 has no table Job. `queuedeckctl --db … init` creates "
                          "it."_s.arg(address));
    const auto companion = hasTable(
        m_connection->dialect() == Dialect::Sqlite ? u"queuedeck_lease"_s : u"queuedeck.lease"_s);
    if (!companion)
        return companion.error();
    if (!*companion)
        return base::fail(ErrorKind::Unsupported,
                          u"The database %1 has a table Job, but not yet Queuedeck's own tables. "
                          "`queuedeckctl --db … init` adds them; nothing else is altered."_s.arg(
                              address));
    const auto prepared = m_connection->run(sql.prepareSession.text());
    if (!prepared)
        return prepared.error();
    return {};
}

base::Status JobStore::initialise(const db::DatabaseUrl& url)
{
    auto connection = db::Connection::open(url, OpenMode::Create);
    if (!connection)
        return connection.error();
    return migrateTo(**connection);
}

QString JobStore::initialSql(Dialect dialect)
{
    // With the note of what has been made, so that a later `init` does not make it again.
    const QString table = versionTable(dialect);
    QString sql;
    if (dialect == Dialect::Postgres)
        sql = u"CREATE SCHEMA IF NOT EXISTS queuedeck;\n\n"_s;
    sql += u"CREATE TABLE IF NOT EXISTS %1 (version INTEGER PRIMARY KEY, name TEXT NOT NULL);\n\n"_s
               .arg(table);
    for (const db::Migration& migration : migrationsFor(dialect)) {
        sql += QString(migration.sql).replace(u"\n;\n"_s, u";\n"_s).trimmed() + u";\n\n"_s;
        sql += u"INSERT INTO %1 (version, name) VALUES (%2, '%3');\n\n"_s.arg(table)
                   .arg(migration.version)
                   .arg(migration.name);
    }
    return sql;
}

base::Result<QString> JobStore::serverVersion()
{
    const bool isSqlite = m_connection->dialect() == Dialect::Sqlite;
    const auto rows = m_connection->run(isSqlite ? u"SELECT sqlite_version()"_s
                                                 : u"SHOW server_version"_s);
    if (!rows)
        return rows.error();
    return (isSqlite ? u"SQLite "_s : u"PostgreSQL "_s) + (*rows)[0].text(0).section(u' ', 0, 0);
}

} // namespace queuedeck::store
