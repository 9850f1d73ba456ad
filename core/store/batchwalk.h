// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"
#include "core/domain/outcome.h"

#include <functional>

namespace queuedeck::store {

/// Walks over ids in batches, each in its own transaction. A batch that the database rejects
/// because of one row (a constraint, a trigger, a value that does not fit) is split until that row
/// is alone; the row is skipped with the database's message and does not hold up the others. Any
/// other error ends the walk.
class BatchWalk
{
public:
    /// Changes these jobs within the open transaction; returns those that it changed.
    using Step = std::function<base::Result<domain::JobIds>(const domain::JobIds& ids)>;
    /// Called after each batch; returning false stops before the next one.
    using BatchDone = std::function<bool(qint64 done, qint64 total)>;

    BatchWalk(db::Connection& connection, qsizetype batch, bool dryRun)
        : m_connection(connection)
        , m_batch(batch)
        , m_dryRun(dryRun)
    {
    }

    /// Adds to `outcome`: changed, rejected rows as skipped, cancelled, failure.
    void run(const domain::JobIds& ids, const Step& step, const BatchDone& batchDone,
             domain::Outcome& outcome);

    /// Jobs that were neither changed nor rejected.
    const domain::JobIds& passedOver() const { return m_passedOver; }

private:
    base::Result<domain::JobIds> inTransaction(const domain::JobIds& ids, const Step& step);
    base::Status walk(const domain::JobIds& ids, const Step& step, domain::Outcome& outcome);

    db::Connection& m_connection;
    const qsizetype m_batch;
    const bool m_dryRun;
    domain::JobIds m_passedOver;
};

} // namespace queuedeck::store
