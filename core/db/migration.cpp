// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/migration.h"

#include "core/db/transaction.h"

#include <QDir>
#include <QFile>

using namespace Qt::StringLiterals;

namespace queuedeck::db {

std::vector<Migration> migrationsIn(const QString& folder)
{
    std::vector<Migration> migrations;
    const QFileInfoList files = QDir(folder).entryInfoList({u"*.sql"_s}, QDir::Files, QDir::Name);
    for (const QFileInfo& info : files) {
        QFile file(info.filePath());
        if (file.open(QIODevice::ReadOnly))
            migrations.push_back({info.baseName().section(u'_', 0, 0).toInt(), info.baseName(),
                                  QString::fromUtf8(file.readAll())});
    }
    return migrations;
}

namespace {
base::Result<int> currentVersion(Connection& connection, const QString& versionTable)
{
    const auto rows = connection.run(u"SELECT COALESCE(MAX(version), 0) FROM "_s + versionTable);
    if (!rows)
        return rows.error();
    return int((*rows)[0].integer(0));
}

// Creates the version table. On PostgreSQL it is in its own schema, which is created as well; a
// user without the CREATE privilege can still open existing ones.
base::Status prepare(Connection& connection, const QString& versionTable)
{
    const QString table =
        u"CREATE TABLE IF NOT EXISTS %1 (version INTEGER PRIMARY KEY, name TEXT NOT NULL)"_s.arg(
            versionTable);
    if (connection.dialect() == Dialect::Sqlite) {
        const auto made = connection.run(table);
        return made ? base::Status() : base::Status(made.error());
    }
    // Two programs may start at the same moment: one goes first, and the other finds it all done.
    // The number is arbitrary but fixed; the lock ends with the transaction.
    const auto locked = connection.run(u"SELECT pg_advisory_xact_lock(7817011)"_s);
    if (!locked)
        return locked.error();
    const QString schema = versionTable.section(u'.', 0, -2);
    const auto there = connection.run(
        u"SELECT to_regnamespace(:schema) IS NOT NULL, to_regclass(:table) IS NOT NULL"_s,
        {{u"schema"_s, schema}, {u"table"_s, versionTable}});
    if (!there)
        return there.error();
    if (!schema.isEmpty() && !(*there)[0].boolean(0)) {
        if (const auto made = connection.run(u"CREATE SCHEMA "_s + schema); !made)
            return made.error();
    }
    if (!(*there)[0].boolean(1)) {
        if (const auto made = connection.run(table); !made)
            return made.error();
    }
    return {};
}

base::Status apply(Connection& connection, const Migration& migration, const QString& versionTable)
{
    for (const QString& statement : splitStep(migration.sql)) {
        if (const auto done = connection.run(statement); !done)
            return done.error();
    }
    const auto noted = connection.run(
        u"INSERT INTO %1 (version, name) VALUES (:version, :name)"_s.arg(versionTable),
        {{u"version"_s, migration.version}, {u"name"_s, migration.name}});
    return noted ? base::Status() : base::Status(noted.error());
}
} // namespace

base::Result<int> migrate(Connection& connection, const std::vector<Migration>& migrations,
                          const QString& versionTable)
{
    // All or nothing. A second program waits: on SQLite for the immediate transaction, on
    // PostgreSQL for the advisory lock.
    auto transaction = Transaction::begin(connection);
    if (!transaction)
        return transaction.error();
    if (const base::Status ready = prepare(connection, versionTable); !ready)
        return ready.error();
    const auto version = currentVersion(connection, versionTable);
    if (!version)
        return version.error();
    const int newest = migrations.empty() ? 0 : migrations.back().version;
    if (*version > newest)
        return base::fail(base::ErrorKind::Unsupported,
                          base::Sentence::tr("The database %1 was made by a newer Queuedeck "
                                             "(schema %2, known here: %3). Install "
                                             "that version.")
                              .arg(connection.url().display())
                              .arg(*version)
                              .arg(newest));
    for (const Migration& migration : migrations) {
        if (migration.version <= *version)
            continue;
        if (const base::Status done = apply(connection, migration, versionTable); !done)
            return done.error();
    }
    if (const base::Status done = transaction->commit(); !done)
        return done.error();
    return newest;
}

} // namespace queuedeck::db
