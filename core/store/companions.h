// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"

namespace queuedeck::store {

/// Queuedeck's own tables for one job table. Each job table has its own companions: on PostgreSQL a
/// schema (queuedeck for the first, queuedeck_NAME for others) that records which job table it
/// belongs to; in a SQLite file, tables whose names begin with queuedeck_.
struct Companions
{
    bool areThere = false;
    QString prefix; ///< of their names: "queuedeck.", "queuedeck_"
    bool mayWrite = false;
};

/// The usual prefix for this table.
QString companionPrefix(const db::DatabaseUrl& url);

/// The companions of the table that {job} names. Companions of a table that is gone are ignored.
base::Result<Companions> findCompanions(db::Connection& connection);
/// The prefix of existing companions, or one under which they can be created.
base::Result<QString> companionsToMake(db::Connection& connection);

} // namespace queuedeck::store
