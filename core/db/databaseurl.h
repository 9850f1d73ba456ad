// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QMap>
#include <QStringList>
#include <QVector>

namespace queuedeck::db {

enum class Dialect { Sqlite, Postgres };

/// A database address, understood. Made from the text of `--db` or DATABASE_URL, as hosting
/// companies, frameworks and env files write it:
///
///     postgresql://user:pass@host:port/db?schema=public&sslmode=verify-full&connect_timeout=5
///     postgresql://user@h1:5432,h2:5433/db?target_session_attrs=read-write
///     postgresql://user@/db?host=/var/run/postgresql        (a unix socket)
///     host=db.example dbname=jobs user=me                   (libpq's keywords)
///     sqlite:/path/file.db      file:./dev.db      file:///srv/a%20b/jobs.db
///
/// What every driver adds is understood or ignored with a note; keys that reach files or other
/// hosts (service, passfile, hostaddr, …) are refused as Denied. No message holds a part of the
/// text that could be one of the password.
struct DatabaseUrl
{
    /// A server of the address.
    struct Server
    {
        QString host; ///< name, address, or a directory with a unix socket
        int port = 5432;

        bool operator==(const Server&) const = default;
    };

    Dialect dialect = Dialect::Sqlite;
    QString path; ///< SQLite: absolute path of the file
    QString host; ///< PostgreSQL: of the first server
    int port = 5432;
    QVector<Server> standIns; ///< further servers, asked in their order, also at each reconnect
    QString user;
    QString password; ///< never shown, logged or stored
    QString database;
    QString schema = QStringLiteral("public");
    QString table = QStringLiteral("Job"); ///< the queue, where the application maps its name
    QString sslMode;                       ///< empty = libpq's default
    int connectTimeout = 5;                ///< seconds
    bool pooled = false;                   ///< pgbouncer=true: no session state, no LISTEN
    QMap<QString, QString> libpqKeys;      ///< further keys of libpq, checked, as they were written
    QString routing;   ///< what a hoster's proxy finds the database by: endpoint=…, project=…
    QStringList notes; ///< sentences: what of the address is not gone by

    static base::Result<DatabaseUrl> parse(const QString& text);
    static DatabaseUrl sqliteFile(const QString& path);
    /// The same address, naming this table (and on a server this schema) instead of the one it
    /// names. It holds the password, as `text` does. Unsupported for a list of keywords.
    static base::Result<QString> withTable(const QString& text, const QString& schema,
                                           const QString& table);

    bool isSocket() const { return host.startsWith(u'/'); }
    /// SQLite: whether there is such a file. On a server only connecting tells: false.
    bool isThere() const;
    /// The first server and those that stand in for it.
    QVector<Server> servers() const;
    /// For people: what tells this database from others, the password replaced by dots.
    QString display() const;
    /// A short name: the file's or the database's.
    QString name() const;

    bool operator==(const DatabaseUrl&) const = default;
};

} // namespace queuedeck::db
