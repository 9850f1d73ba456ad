// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/db/connection.h"

namespace queuedeck::db {

/// What is known of a database file before SQLite opens it.
struct SqliteFile
{
    bool isFresh = false; ///< made now, or empty and our own: its kind of journal is ours to choose
};

/// Finds the file; in Create mode makes it and its folder where they are missing, for their owner
/// alone whatever the umask, so that SQLite makes the files beside it likewise. There nothing is
/// opened that somebody else could have put in its place: Denied for a link or another user's file.
base::Result<SqliteFile> prepareSqliteFile(const QString& path, OpenMode mode);

/// What is to be said instead of `error` where a file with a write-ahead log lies in a folder that
/// this user may not write to.
base::Error aboutItsFolder(const base::Error& error, const QString& path);

} // namespace queuedeck::db
