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

/// Connects. Session settings are sent with the connection request itself, so that they also hold
/// after a reconnect. Some poolers reject such options: then, or if the address says
/// pgbouncer=true, none are sent. No statement is run on the session.
base::Result<PgHandle> connectPostgres(const DatabaseUrl& url, const PgSession& session);

} // namespace queuedeck::db
