// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"

struct pg_conn;

namespace queuedeck::db {

/// A PostgreSQL connection as QtSql opened it.
struct PgConnection
{
    pg_conn* handle = nullptr; ///< owned by the driver
    bool pooled = false;       ///< a transaction pooler stands in between
};

/// Opens `database` (QPSQL, connection `name`). What the session needs is sent with the connection
/// request itself, so that it also holds after a reconnect. A pooler refuses such options: then,
/// or when the address says pgbouncer=true, none are sent.
base::Result<PgConnection> connectPostgres(const DatabaseUrl& url, OpenMode mode,
                                           const QString& name, QSqlDatabase& database);

} // namespace queuedeck::db
