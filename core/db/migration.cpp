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

base::Status apply(Connection& connection, const Migration& migration, const QString& versionTable)
{
    auto transaction = Transaction::begin(connection);
    if (!transaction)
        return transaction.error();
    for (const QString& statement : splitStep(migration.sql)) {
        if (const auto done = connection.run(statement); !done)
            return done.error();
    }
    const auto noted = connection.run(
        u"INSERT INTO %1 (version, name) VALUES (:version, :name)"_s.arg(versionTable),
        {{u"version"_s, migration.version}, {u"name"_s, migration.name}});
    if (!noted)
        return noted.error();
    return transaction->commit();
}
} // namespace

base::Result<int> migrate(Connection& connection, const std::vector<Migration>& migrations,
                          const QString& versionTable)
{
    const auto made = connection.run(
        u"CREATE TABLE IF NOT EXISTS %1 (version INTEGER PRIMARY KEY, name TEXT NOT NULL)"_s.arg(
            versionTable));
    if (!made)
        return made.error();
    const auto version = currentVersion(connection, versionTable);
    if (!version)
        return version.error();
    const int newest = migrations.empty() ? 0 : migrations.back().version;
    if (*version > newest)
        return base::fail(base::ErrorKind::Unsupported,
                          u"The database %1 was made by a newer Queuedeck (schema %2, known here "
                          "is %3). Install that version."_s.arg(connection.url().display())
                              .arg(*version)
                              .arg(newest));
    for (const Migration& migration : migrations) {
        if (migration.version <= *version)
            continue;
        if (const base::Status done = apply(connection, migration, versionTable); !done) {
            // Two programs may start at the same moment: the other one has made it.
            const auto now = currentVersion(connection, versionTable);
            if (!now || *now < migration.version)
                return done.error();
        }
    }
    return newest;
}

} // namespace queuedeck::db
