// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"

namespace queuedeck::store {

/// Queuedeck's own tables beside one table of jobs. Each table of jobs has companions of its own:
/// on PostgreSQL a schema, queuedeck for the first and queuedeck_NAME for others, which notes whose
/// it is; in a SQLite file names that begin with queuedeck_.
struct Companions
{
    bool areThere = false;
    QString prefix; ///< what their names begin with: "queuedeck.", "queuedeck_"
    bool mayWrite = false;
};

/// The usual prefix for this table.
QString companionPrefix(const db::DatabaseUrl& url);

/// Those of the table that {job} names. Those of a table that is gone are nobody's.
base::Result<Companions> findCompanions(db::Connection& connection);
/// The same, or the prefix under which they can be made.
base::Result<QString> companionsToMake(db::Connection& connection);

} // namespace queuedeck::store
