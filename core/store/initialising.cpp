// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/initialising.h"

#include "core/base/sentence.h"
#include "core/db/migration.h"
#include "core/store/sqltext.h"
#include "core/store/tableshape.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace queuedeck::store {

using db::Dialect;

namespace {
constexpr int kApplicationsTables = 1; // the migration that creates Job and ImageScan

std::vector<db::Migration> migrationsFor(Dialect dialect)
{
    return db::migrationsIn(dialect == Dialect::Sqlite ? u":/migrations/sqlite"_s
                                                       : u":/migrations/postgres"_s);
}

QString versionTable(Dialect dialect, const QString& prefix)
{
    return prefix + (dialect == Dialect::Sqlite ? u"schema"_s : u"schema_version"_s);
}

db::Connection::Words wordsFor(const db::DatabaseUrl& url, const QString& prefix)
{
    TableShape shape;
    shape.dialect = url.dialect;
    shape.schema = url.schema;
    shape.jobName = url.table;
    shape.companions = prefix;
    return shape.words();
}

// Whether there is a job table that we did not create.
base::Result<bool> belongsToAnother(db::Connection& connection)
{
    const TablesSql& sql = sqlText(connection.dialect()).tables;
    const auto columns = connection.run(sql.columns.text());
    if (!columns)
        return columns.error();
    bool hasJob = false;
    for (size_t i = 0; i < columns->size(); ++i)
        hasJob = hasJob || (*columns)[i].boolean(0);
    const auto facts = connection.run(sql.facts.text());
    if (!facts)
        return facts.error();
    return hasJob && !(*facts)[0].boolean(0);
}

// Indexes, in a file of our own, the rows whose time another program wrote in another form.
base::Status watchTimes(db::Connection& connection)
{
    const auto& files = sqlText(connection.dialect()).files;
    if (!files)
        return {};
    const auto done = connection.run(files->noteOddTimes.text());
    return done ? base::Status() : base::Status(done.error());
}
} // namespace

base::Status makeWhatIsMissing(db::Connection& connection)
{
    const Dialect dialect = connection.dialect();
    connection.setWords(wordsFor(connection.url(), companionPrefix(connection.url())));
    const auto prefix = companionsToMake(connection);
    if (!prefix)
        return prefix.error();
    connection.setWords(wordsFor(connection.url(), *prefix));
    const auto isBeside = belongsToAnother(connection);
    if (!isBeside)
        return isBeside.error();
    std::vector<db::Migration> migrations = migrationsFor(dialect);
    for (db::Migration& migration : migrations) {
        if (*isBeside && migration.version == kApplicationsTables)
            migration.sql.clear();
    }
    const auto version = db::migrate(connection, migrations, versionTable(dialect, *prefix));
    if (!version)
        return version.error();
    return *isBeside ? base::Status() : watchTimes(connection);
}

base::Status checkVersion(db::Connection& connection)
{
    const auto rows = connection.run(u"SELECT MAX(version) FROM "_s +
                                     versionTable(connection.dialect(), u"{own}"_s));
    if (!rows)
        return rows.error();
    if ((*rows)[0].integer(0) < migrationsFor(connection.dialect()).back().version)
        return base::fail(
            base::ErrorKind::Unsupported,
            base::Sentence::tr(
                "Queuedeck's own tables in the database %1 were made by an older "
                "Queuedeck. `queuedeckctl --db … init` brings them up to date; nothing "
                "else is altered.")
                .arg(connection.url().display()));
    return {};
}

// Records the versions too, so that a later `init` does not create everything again.
QString sqlToMake(const db::DatabaseUrl& url)
{
    const QString prefix = companionPrefix(url);
    const QString table = versionTable(url.dialect, prefix);
    QString sql;
    if (url.dialect == Dialect::Postgres)
        sql = base::Sentence::tr("CREATE SCHEMA IF NOT EXISTS %1;\n\n").arg(prefix.chopped(1));
    sql += u"CREATE TABLE IF NOT EXISTS %1 (version INTEGER PRIMARY KEY, name TEXT NOT NULL);\n\n"_s
               .arg(table);
    for (const db::Migration& migration : migrationsFor(url.dialect)) {
        sql += QString(migration.sql).replace(u"\n;\n"_s, u";\n"_s).trimmed() + u";\n\n"_s;
        sql += u"INSERT INTO %1 (version, name) VALUES (%2, '%3');\n\n"_s.arg(table)
                   .arg(migration.version)
                   .arg(migration.name);
    }
    return db::filled(sql, wordsFor(url, prefix));
}

int companionCount()
{
    static const QRegularExpression made(u"CREATE TABLE (IF NOT EXISTS )?queuedeck"_s);
    db::DatabaseUrl url;
    url.dialect = Dialect::Postgres;
    return int(sqlToMake(url).count(made));
}

} // namespace queuedeck::store
