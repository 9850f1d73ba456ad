// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"

namespace queuedeck::db {

/// What our statements rely on in a PostgreSQL session, whoever set it up: the schema, the zone,
/// how values are written and read, that reading stays reading. It is asked for in the connection
/// request, which a pooler may drop without a word, so it is read back; where it does not hold it
/// is set in each transaction, and never in the session, which another client may be given next.
///
/// Left as they are: time-outs for statements, locks and idle sessions, and read-only by default,
/// which an administrator sets for a reason and which fail with a sentence of their own; and the
/// form of bytea, since both are read.
class PgSession
{
public:
    PgSession(const DatabaseUrl& url, OpenMode mode);

    /// For libpq's `options`. It holds a mark of this connection's own beside the settings.
    QString startupOptions() const;
    /// Begins a transaction that writes. The level is said, since a role may have another.
    QString beginWrite() const { return QStringLiteral("BEGIN ISOLATION LEVEL READ COMMITTED"); }
    /// Statements that follow a BEGIN of any kind, where the session does not have what is asked.
    QString prologue() const;

    /// Asks for what `Finding` is made of; one row.
    QString question() const;
    struct Finding
    {
        int process = 0; ///< of the server
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
    const bool m_choosesServer; ///< by whether it writes
    const QString m_mark;
    std::vector<Setting> m_settings;
};

} // namespace queuedeck::db
