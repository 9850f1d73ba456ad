// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

struct sqlite3;

namespace queuedeck::db {

/// Gives a connection a LIKE that folds the letters of all scripts, as PostgreSQL's ILIKE does;
/// SQLite's own knows those of ASCII only. On the thread of the connection.
void foldAllLettersInLike(sqlite3* handle);

} // namespace queuedeck::db
