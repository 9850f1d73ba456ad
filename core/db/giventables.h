// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/db/table.h"

#include <map>

struct sqlite3;

namespace queuedeck::db {

/// Lets SQLite read a Table where it lies, as a virtual table of the connection: one statement for
/// a thousand rows instead of a thousand calls, or of a list that travels as one text. On the
/// thread of the connection.
class GivenTables
{
public:
    explicit GivenTables(sqlite3* handle)
        : m_handle(handle)
    {
    }

    /// Until takeBack() statements find `table`, which stays where it is and as it is meanwhile.
    /// One is given at a time.
    base::Status give(const Table& table);
    /// After the statement was reset. One that reads the table later fails.
    void takeBack();

    /// What SQLite knows a name by; defined where it is used.
    struct Module;

private:
    sqlite3* const m_handle;
    std::map<QString, Module*> m_modules; ///< by the name of the table; SQLite destroys them
    Module* m_current = nullptr;
};

} // namespace queuedeck::db
