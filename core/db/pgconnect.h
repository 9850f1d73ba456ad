// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/databaseurl.h"

#include <memory>

struct pg_conn;

namespace queuedeck::db {

class PgSession;

struct PgHandleDeleter
{
    void operator()(pg_conn* handle) const;
};
using PgHandle = std::unique_ptr<pg_conn, PgHandleDeleter>;

/// Connects. What the session needs is sent with the connection request itself, so that it also
/// holds after a reconnect. Some poolers refuse such options: then, or when the address says
/// pgbouncer=true, none are sent. Nothing is run on the session.
base::Result<PgHandle> connectPostgres(const DatabaseUrl& url, const PgSession& session);

} // namespace queuedeck::db
