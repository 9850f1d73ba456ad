// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"

namespace queuedeck::db {

/// One step of a schema: a number that only rises and the statements that lead there.
struct Migration
{
    int version = 0;
    QString name;
    QString sql; ///< statements separated by a line with `;`
};

/// The migrations in a resource folder, files named `001_first_words.sql`, in order.
std::vector<Migration> migrationsIn(const QString& folder);

/// Brings the database to the newest version, all in one transaction; safe when two programs do it
/// at the same moment. The version stands in `versionTable`, on PostgreSQL one with a schema, which
/// is made as well. A database that is newer than this program gives Unsupported. Returns the
/// version it is at.
base::Result<int> migrate(Connection& connection, const std::vector<Migration>& migrations,
                          const QString& versionTable);

} // namespace queuedeck::db
