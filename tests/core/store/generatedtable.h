// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/databaseurl.h"

#include <QRandomGenerator>
#include <QStringList>

namespace queuedeck::test {

/// A table of jobs as some program might have made it: with random column types, extra columns,
/// references, triggers and odd rows. The same seed makes the same table.
struct GeneratedTable
{
    QString script;      ///< creates and fills it
    QString description; ///< for a test that fails
    QString refusing;    ///< SQL: rows that the database does not let anybody update; empty: none
    QString keeping;     ///< SQL: rows that it does not let anybody delete; empty: none
    bool canEnqueue = true;

    static GeneratedTable make(db::Dialect dialect, quint32 seed);
};

} // namespace queuedeck::test
