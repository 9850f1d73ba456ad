// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"
#include "core/store/sqltext.h"

#include <QStringList>

#include <chrono>

namespace queuedeck::store {

/// What a database holds, read from its catalog at connect and never guessed: whose tables they
/// are, which types their columns have, and what is therefore off. The web application's tables
/// come in several shapes (uuid or text ids, json or jsonb, times with or without a zone).
struct TableShape
{
    /// Own: we made the table. Beside: it is the web application's, and our companions are there.
    /// Guest: nothing of ours was created.
    enum class Mode { Own, Beside, Guest };

    struct Column
    {
        QString name;
        QString type; ///< as the database writes it: "timestamp(3) without time zone"
        bool isNullable = true;
        bool hasDefault = false;
        bool isEnum = false;
    };

    struct Table
    {
        bool exists = false;
        bool isPlain = true;       ///< a table, not a view of one
        bool hasRowNumbers = true; ///< SQLite: not made WITHOUT ROWID
        QVector<Column> columns;

        const Column* column(const QString& name) const;
    };

    db::Dialect dialect = db::Dialect::Sqlite;
    Mode mode = Mode::Own;
    Table job;
    Table scan;
    bool mayChangeScans = true;
    QString changesOff; ///< why jobs can be looked at only; empty if they can be changed and run
    QString enqueueOff; ///< why jobs cannot be added; empty if they can
    QStringList notes;  ///< what else was found that a person should know, a sentence each

    bool isGuest() const { return mode == Mode::Guest; }
    bool idsAreUuids() const;
    /// For how long a running job without a lease must look the same to be called stuck.
    std::chrono::milliseconds stuckGrace() const;
    /// What the words in our statements stand for here.
    db::Connection::Words words() const;
};

/// "own", "beside" or "guest".
QString modeText(TableShape::Mode mode);

/// Reads the catalog. NotFound: there is no table Job; Denied: it may not be read.
base::Result<TableShape> lookAtTables(db::Connection& connection);

} // namespace queuedeck::store
