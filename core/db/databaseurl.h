// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

namespace queuedeck::db {

enum class Dialect { Sqlite, Postgres };

/// A database address, understood. Made from the text of `--db` or DATABASE_URL:
///
///     postgresql://user:pass@host:port/db?schema=public&sslmode=verify-full&connect_timeout=5
///     sqlite:/path/file.db      file:./dev.db
///
/// Prisma's keys pgbouncer, connection_limit and pool_timeout are understood; keys that reach
/// files or other hosts (service, passfile, host, …) are refused as Denied.
struct DatabaseUrl
{
    Dialect dialect = Dialect::Sqlite;
    QString path; ///< SQLite: absolute path of the file
    QString host; ///< PostgreSQL: name, address, or a directory with a unix socket
    int port = 5432;
    QString user;
    QString password; ///< never shown, logged or stored
    QString database;
    QString schema = QStringLiteral("public");
    QString table = QStringLiteral("Job"); ///< the queue, where the application maps its name
    QString sslMode;                       ///< empty = libpq's default
    int connectTimeout = 5;                ///< seconds
    bool pooled = false;                   ///< pgbouncer=true: no session state, no LISTEN

    static base::Result<DatabaseUrl> parse(const QString& text);
    static DatabaseUrl sqliteFile(const QString& path);

    /// For people: the address with the password replaced by dots.
    QString display() const;
    /// A short name: the file's or the database's.
    QString name() const;

    bool operator==(const DatabaseUrl&) const = default;
};

} // namespace queuedeck::db
