// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/statement.h"
#include "core/store/effects/effects.h"
#include "core/store/enrichment/enrichmentreader.h"
#include "core/store/historyreader.h"
#include "core/store/historystore.h"
#include "core/store/jobadder.h"
#include "core/store/jobreader.h"
#include "core/store/jobwriter.h"
#include "core/store/journalkeeping.h"
#include "core/store/leasestore.h"
#include "core/store/reportreader.h"
#include "core/store/scanstore.h"
#include "core/store/spendstore.h"

namespace queuedeck::store {

/// "SQLite 3.40.1", "PostgreSQL 15.8".
base::Result<QString> serverVersion(db::Connection& connection);
/// Whether this user may create Queuedeck's own tables here.
base::Result<bool> mayCreateTables(db::Connection& connection);

/// Access to the jobs in a database: one connection and all that is read and written through it.
/// It blocks, and lives on the thread that opened it. The same code serves every database; only the
/// table of statements differs.
class JobStore
{
public:
    /// Opens a database that has the tables, as a guest where Queuedeck's own are missing. With
    /// OpenMode::Create a SQLite file of our own is created and migrated. NotFound: no database or
    /// no table Job; Unsupported: a SQLite file without Queuedeck's own tables, or own tables that
    /// are older (`init` creates what is missing) or newer than this program.
    static base::Result<std::unique_ptr<JobStore>>
    open(const db::DatabaseUrl& url, db::OpenMode mode,
         const base::Clock& clock = base::Clock::system(),
         const Effects& effects = Effects::builtIn());

    /// Creates what is missing, in order; does nothing if everything exists.
    static base::Status initialise(const db::DatabaseUrl& url);
    /// The SQL that `initialise` would run on an empty database, to read or to run by hand.
    static QString initialSql(const db::DatabaseUrl& url);

    /// What was found out about the tables.
    const TableShape& shape() const { return m_base->shape; }
    /// All statements as they run here, for review.
    std::vector<domain::Statement> statements() const;

    /// How many tables of our own `initialise` creates.
    static int companionTables();

    JobReader jobs;
    JobAdder additions;
    JobWriter changes;
    JournalKeeping journal;
    LeaseStore leases;
    ScanStore scans;
    ReportReader reports;
    EnrichmentReader enrichments;
    SpendStore spend;
    HistoryStore history;
    HistoryReader historyReader;

    db::Connection& connection() { return *m_base->connection; }
    base::Result<QString> serverVersion() { return store::serverVersion(connection()); }

private:
    /// Exists before the parts, which refer to it.
    struct Base
    {
        std::unique_ptr<db::Connection> connection;
        TableShape shape;
    };
    JobStore(std::unique_ptr<Base> base, const base::Clock& clock, const Effects& effects);

    std::unique_ptr<Base> m_base;
};

} // namespace queuedeck::store
