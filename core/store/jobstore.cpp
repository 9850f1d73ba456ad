// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/jobstore.h"

#include "core/db/migration.h"

#include <QRegularExpression>

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
    const auto version = db::migrate(connection, migrationsFor(dialect), versionTable(dialect));
    if (!version)
        return version.error();
    return {};
}

// A file is brought up to date by `init` or where it is made, never by looking at it.
base::Status checkVersion(db::Connection& connection)
{
    const auto rows =
        connection.run(u"SELECT MAX(version) FROM "_s + versionTable(connection.dialect()));
    if (!rows)
        return rows.error();
    if ((*rows)[0].integer(0) < migrationsFor(connection.dialect()).back().version)
        return base::fail(ErrorKind::Unsupported,
                          u"The database %1 was made by an older Queuedeck. `queuedeckctl --db … "
                          "init` brings Queuedeck's own tables up to date; nothing else is "
                          "altered."_s.arg(connection.url().display()));
    return {};
}
} // namespace

JobStore::JobStore(std::unique_ptr<Ground> ground, const base::Clock& clock)
    : jobs(*ground->connection, ground->shape, clock)
    , additions(*ground->connection, ground->shape, clock)
    , changes(*ground->connection, ground->shape, clock)
    , leases(*ground->connection, ground->shape, clock)
    , scans(*ground->connection, ground->shape, clock)
    , m_ground(std::move(ground))
{
}

base::Result<std::unique_ptr<JobStore>> JobStore::open(const db::DatabaseUrl& url, OpenMode mode,
                                                       const base::Clock& clock)
{
    auto opened = db::Connection::open(url, mode);
    if (!opened)
        return opened.error();
    db::Connection& connection = **opened;
    if (mode == OpenMode::Create) {
        if (const base::Status done = migrateTo(connection); !done)
            return done.error();
    }
    auto shape = lookAtTables(connection);
    if (!shape)
        return shape.error();
    if (shape->isGuest() && shape->dialect == Dialect::Sqlite)
        return base::fail(
            ErrorKind::Unsupported,
            u"The database %1 has a table Job, but not yet Queuedeck's own tables. "
            "`queuedeckctl --db … init` adds them; nothing else is altered."_s.arg(url.display()));
    if (shape->dialect == Dialect::Sqlite) {
        if (const base::Status current = checkVersion(connection); !current)
            return current.error();
    }
    connection.setWords(shape->words());
    if (const auto prepared = connection.run(sqlText(shape->dialect).prepareSession.text());
        !prepared)
        return prepared.error();
    return std::unique_ptr<JobStore>(
        new JobStore(std::make_unique<Ground>(std::move(*opened), std::move(*shape)), clock));
}

base::Status JobStore::initialise(const db::DatabaseUrl& url)
{
    auto connection =
        db::Connection::open(url, url.isThere() ? OpenMode::ReadWrite : OpenMode::Create);
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

int JobStore::companionTables()
{
    static const QRegularExpression made(u"CREATE TABLE (IF NOT EXISTS )?queuedeck"_s);
    return int(initialSql(Dialect::Postgres).count(made));
}

base::Result<QString> serverVersion(db::Connection& connection)
{
    const bool isSqlite = connection.dialect() == Dialect::Sqlite;
    const auto rows =
        connection.run(isSqlite ? u"SELECT sqlite_version()"_s : u"SHOW server_version"_s);
    if (!rows)
        return rows.error();
    return (isSqlite ? u"SQLite "_s : u"PostgreSQL "_s) + (*rows)[0].text(0).section(u' ', 0, 0);
}

base::Result<bool> mayCreateTables(db::Connection& connection)
{
    const auto rows = connection.run(sqlText(connection.dialect()).mayCreate.text());
    if (!rows)
        return rows.error();
    return (*rows)[0].boolean(0);
}

} // namespace queuedeck::store
