// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"

namespace queuedeck::db {

/// What our statements rely on in a PostgreSQL session, whoever set it up: the schema, the time
/// zone, the format of values, and read-only mode. The settings are part of the connection request,
/// but a pooler may drop them silently, so they are read back; if they do not hold, they are set in
/// each transaction and never in the session, which another client may be given next.
///
/// Left alone: timeouts for statements, locks and idle sessions, and read-only by default, which an
/// administrator sets for a reason and which fail with a clear message; and the format of bytea,
/// since we can read both.
class PgSession
{
public:
    PgSession(const DatabaseUrl& url, OpenMode mode);

    /// For libpq's `options`: the settings and a mark unique to this connection.
    QString startupOptions() const;
    /// Begins a writing transaction. The level is explicit, since a role may have another default.
    QString beginWrite() const { return QStringLiteral("BEGIN ISOLATION LEVEL READ COMMITTED"); }
    /// Statements to run after any BEGIN if the session lacks the settings.
    QString prologue() const;

    /// The query for judge(); it returns one row.
    QString question() const;
    struct Finding
    {
        int process = 0; ///< the server's process id
        bool hasOurMark = false;
        QStringList wrong; ///< each as "name is value instead of value"
    };
    Finding judge(const Rows& answer) const;

private:
    struct Setting
    {
        QString name;
        QString wanted;
        QStringList alsoGood = {};
    };

    const QString m_schema;
    const bool m_isReadOnly;
    const bool m_choosesServer; ///< libpq chooses a server by whether it is writable
    const QString m_mark;
    std::vector<Setting> m_settings;
};

} // namespace queuedeck::db
