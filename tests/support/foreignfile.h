// SPDX-License-Identifier: GPL-3.0-or-later
// A SQLite file that another program created and works on.
#pragma once

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>

namespace queuedeck::tests {

/// Runs one statement as that program; an error ends the test program.
inline void runForeign(const QString& path, const QString& statement)
{
    {
        QSqlDatabase database =
            QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("foreign"));
        database.setDatabaseName(path);
        database.open();
        QSqlQuery query(database);
        if (!query.exec(statement))
            qFatal("%s", qPrintable(query.lastError().text()));
    }
    QSqlDatabase::removeDatabase(QStringLiteral("foreign"));
}

inline void makeForeignFile(const QString& path)
{
    runForeign(path, QStringLiteral(
                         "CREATE TABLE \"Job\" (\"id\" TEXT PRIMARY KEY, \"type\" TEXT NOT NULL, "
                         "\"payload\" TEXT NOT NULL, \"status\" TEXT NOT NULL, "
                         "\"attempts\" INTEGER NOT NULL, \"error\" TEXT, "
                         "\"createdAt\" TEXT NOT NULL, \"completedAt\" TEXT)"));
}

/// A job that it is running, or has left behind.
inline void addForeignRun(const QString& path)
{
    runForeign(path,
               QStringLiteral("INSERT INTO \"Job\" VALUES ('left', 'noop', '{}', "
                              "'processing', 1, NULL, '2026-01-01T00:00:00.000+00:00', NULL)"));
}

} // namespace queuedeck::tests
