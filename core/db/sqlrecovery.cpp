// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/sqlerror.h"

#include <sqlite3.h>

namespace queuedeck::db {

using base::Recovery;

namespace {
struct Row
{
    const char* beginning; ///< of a SQLSTATE
    Recovery recovery;
};

// The first match wins, so whole codes come before their class.
constexpr Row kStates[]{
    // Another change came in between.
    {"40002", Recovery::NotThis}, // a constraint violation, found at commit
    {"40003", Recovery::Later},   // unknown whether it was done
    {"40", Recovery::Again},
    // The server, the network, or a lock held by another session.
    {"08", Recovery::Later},
    {"25P03", Recovery::Later}, // idle in a transaction for too long: the session is gone
    {"25P04", Recovery::Later},
    {"26000", Recovery::Later}, // a pooler changed the session
    {"53", Recovery::Later},
    {"55P03", Recovery::Later},
    {"55006", Recovery::Later},
    {"57P04", Recovery::MayReturn}, // the database was dropped
    {"57", Recovery::Later},
    {"XX001", Recovery::ForGood}, // damaged pages
    {"XX002", Recovery::ForGood},
    {"58", Recovery::Later},
    {"XX", Recovery::Later},
    // A failover, or an administrator.
    {"25006", Recovery::MayReturn},
    {"28", Recovery::MayReturn},
    {"3D", Recovery::MayReturn},
    {"42501", Recovery::MayReturn},
    // The statement is wrong, whatever the row contains.
    {"03", Recovery::ForGood},
    {"0A", Recovery::ForGood},
    {"0L", Recovery::ForGood},
    {"0P", Recovery::ForGood},
    {"20", Recovery::ForGood},
    {"21", Recovery::ForGood},
    {"24", Recovery::ForGood},
    {"25", Recovery::ForGood},
    {"2B", Recovery::ForGood},
    {"2D", Recovery::ForGood},
    {"34", Recovery::ForGood},
    {"3B", Recovery::ForGood},
    {"3F", Recovery::ForGood},
    {"42", Recovery::ForGood},
    {"55", Recovery::ForGood},
    {"F0", Recovery::ForGood},
    {"HV", Recovery::Later}, // a foreign table's server
};
} // namespace

Recovery postgresRecovery(const QString& sqlState)
{
    for (const Row& row : kStates) {
        if (sqlState.startsWith(QLatin1StringView(row.beginning)))
            return row.recovery;
    }
    // Values (22), constraints (23), limits (54), views (44), triggers (09, 27, 38, 39, P0), and
    // codes made up by an application's own trigger: the row is rejected.
    return Recovery::NotThis;
}

Recovery sqliteRecovery(int code)
{
    if (code == SQLITE_BUSY_SNAPSHOT)
        return Recovery::Again;
    switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_NOMEM:
    case SQLITE_PROTOCOL: return Recovery::Later;
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH: return Recovery::MayReturn;
    case SQLITE_CONSTRAINT:
    case SQLITE_TOOBIG:
    case SQLITE_MISMATCH: return Recovery::NotThis;
    default: return Recovery::ForGood; // CORRUPT, NOTADB, ERROR, SCHEMA, MISUSE, INTERRUPT
    }
}

} // namespace queuedeck::db
