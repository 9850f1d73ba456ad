// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/db/connection.h"
#include "core/domain/job.h"
#include "core/domain/journalentry.h"
#include "core/store/tableshape.h"

namespace queuedeck::store {

struct SqlText;

/// Adds jobs. Every call blocks; it lives on the thread of its connection.
class JobAdder
{
public:
    JobAdder(db::Connection& connection, const TableShape& shape, const base::Clock& clock);

    /// All or nothing, in one transaction; the payloads must have been checked.
    base::Result<domain::JobIds> enqueue(const QVector<domain::NewJob>& jobs,
                                         const domain::Actor& actor);

    /// Adds whole rows with their history, all or nothing; for sample data and tests.
    base::Status import(const QVector<domain::JobDetail>& jobs);

private:
    // One job on PostgreSQL, any number on SQLite, several on PostgreSQL; `params` are those of
    // ChangingSql::enqueue.
    base::Result<domain::JobIds> addOne(const domain::NewJob& job, const QDateTime& now,
                                        db::Params params);
    base::Result<domain::JobIds> addTable(const QVector<domain::NewJob>& jobs, const QDateTime& now,
                                          const db::Params& params);
    base::Result<domain::JobIds> copyRows(const QVector<domain::NewJob>& jobs, const QDateTime& now,
                                          const db::Params& params);

    db::Connection& m_connection;
    const TableShape& m_shape;
    const SqlText& m_sql;
    const base::Clock& m_clock;
};

} // namespace queuedeck::store
