// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

struct sqlite3;

namespace queuedeck::db {

/// Gives a connection a LIKE that ignores case in all scripts, as PostgreSQL's ILIKE does; SQLite's
/// own does so for ASCII only. On the connection's thread.
void foldAllLettersInLike(sqlite3* handle);

} // namespace queuedeck::db
