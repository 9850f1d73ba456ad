// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/db/table.h"

#include <map>

struct sqlite3;

namespace queuedeck::db {

/// Lets SQLite read a Table in place, as a virtual table of the connection: one statement for a
/// thousand rows instead of a thousand calls or a list encoded as text. On the connection's thread.
class GivenTables
{
public:
    explicit GivenTables(sqlite3* handle)
        : m_handle(handle)
    {
    }

    /// Until takeBack(), statements can read `table`, which must neither move nor change meanwhile.
    /// Only one is given at a time.
    base::Status give(const Table& table);
    /// Call after the statement is reset. A statement that reads the table later fails.
    void takeBack();

    /// The virtual table module behind a name; defined in the source file.
    struct Module;

private:
    sqlite3* const m_handle;
    std::map<QString, Module*> m_modules; ///< by table name; SQLite destroys them
    Module* m_current = nullptr;
};

} // namespace queuedeck::db
