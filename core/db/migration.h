// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"

namespace queuedeck::db {

/// One schema version: an ever-increasing number and the statements that lead to it.
struct Migration
{
    int version = 0;
    QString name;
    QString sql; ///< statements separated by a line with `;`
};

/// The migrations in a resource folder, files named `001_first_words.sql`, in order.
std::vector<Migration> migrationsIn(const QString& folder);

/// Brings the database to the newest version, all in one transaction; safe if two programs do it
/// at the same moment. `versionTable` holds the version; on PostgreSQL its name includes a schema,
/// which is created as well. A database newer than this program gives Unsupported. Returns the
/// version reached.
base::Result<int> migrate(Connection& connection, const std::vector<Migration>& migrations,
                          const QString& versionTable);

} // namespace queuedeck::db
