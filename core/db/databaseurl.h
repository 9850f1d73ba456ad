// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QMap>
#include <QStringList>
#include <QVector>

namespace queuedeck::db {

enum class Dialect { Sqlite, Postgres };

/// A parsed database address. Made from the text of `--db` or DATABASE_URL, as hosting companies,
/// frameworks and env files write it:
///
///     postgresql://user:pass@host:port/db?schema=public&sslmode=verify-full&connect_timeout=5
///     postgresql://user@h1:5432,h2:5433/db?target_session_attrs=read-write
///     postgresql://user@/db?host=/var/run/postgresql        (a unix socket)
///     host=db.example dbname=jobs user=me                   (libpq's keywords)
///     sqlite:/path/file.db      file:./dev.db      file:///srv/a%20b/jobs.db
///
/// Keys that drivers add are understood or ignored with a note; keys that reach files or other
/// hosts (service, passfile, hostaddr, …) are refused as Denied. No message quotes text that could
/// be part of the password.
struct DatabaseUrl
{
    /// One server of the address.
    struct Server
    {
        QString host; ///< name, address, or a directory with a unix socket
        int port = 5432;

        bool operator==(const Server&) const = default;
    };

    Dialect dialect = Dialect::Sqlite;
    QString path; ///< SQLite: absolute path of the file
    QString host; ///< PostgreSQL: the first server
    int port = 5432;
    QVector<Server> standIns; ///< further servers, tried in order, also at each reconnect
    QString user;
    QString password; ///< never shown, logged or stored
    QString database;
    QString schema = QStringLiteral("public");
    QString table = QStringLiteral("Job"); ///< the queue's table, if the application renames it
    QString sslMode;                       ///< empty = libpq's default
    int connectTimeout = 5;                ///< seconds
    bool pooled = false;                   ///< pgbouncer=true: no session state, no LISTEN
    QMap<QString, QString> libpqKeys;      ///< further libpq keys, checked, as written
    QString routing;       ///< how a provider's proxy finds the database: endpoint=…, project=…
    base::Sentences notes; ///< sentences: which parts of the address are ignored

    static base::Result<DatabaseUrl> parse(const QString& text);
    static DatabaseUrl sqliteFile(const QString& path);
    /// The same address with this table (and on a server this schema) in place of its own. It
    /// contains the password if `text` does. Unsupported for a keyword list.
    static base::Result<QString> withTable(const QString& text, const QString& schema,
                                           const QString& table);

    bool isSocket() const { return host.startsWith(u'/'); }
    /// SQLite: whether the file exists. False for a server, where only connecting can tell.
    bool isThere() const;
    /// The first server and its stand-ins.
    QVector<Server> servers() const;
    /// For people: identifies this database, with the password replaced by dots.
    QString display() const;
    /// A short name: that of the file or the database.
    QString name() const;

    bool operator==(const DatabaseUrl&) const = default;
};

} // namespace queuedeck::db
