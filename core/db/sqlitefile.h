// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/db/connection.h"

namespace queuedeck::db {

/// What is known of a database file before SQLite opens it.
struct SqliteFile
{
    bool isFresh = false; ///< just created, or empty and ours: we choose its journal mode
};

/// Finds the file; Create mode creates it and its folder if missing, for this user only whatever
/// the umask, so that SQLite creates the files beside it likewise. In that mode, files that another
/// user could have planted are not opened: Denied for a link or another user's file.
base::Result<SqliteFile> prepareSqliteFile(const QString& path, OpenMode mode);

/// A better error if a file with a write-ahead log is in a folder that this user may not write to;
/// otherwise `error`.
base::Error aboutItsFolder(const base::Error& error, const QString& path);

} // namespace queuedeck::db
