// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"
#include "core/domain/outcome.h"

#include <functional>

namespace queuedeck::store {

/// Changes a batch in a transaction. A batch that the database rejects because of one row (a
/// constraint, a trigger, a value that does not fit) is split until that row is alone; the row is
/// skipped with the database's message and does not hold up the others. Any other error ends it.
class BatchWalk
{
public:
    /// Changes these jobs within the open transaction; returns those that it changed.
    using Step = std::function<base::Result<domain::JobIds>(const domain::JobIds& ids)>;

    explicit BatchWalk(db::Connection& connection)
        : m_connection(connection)
    {
    }

    /// Adds to `outcome`: changed, and rejected rows as skipped. What was committed before an error
    /// is in there, too.
    base::Status run(const domain::JobIds& ids, const Step& step, domain::Outcome& outcome);

    /// Jobs that were neither changed nor rejected.
    const domain::JobIds& passedOver() const { return m_passedOver; }

private:
    base::Result<domain::JobIds> inTransaction(const domain::JobIds& ids, const Step& step);

    db::Connection& m_connection;
    domain::JobIds m_passedOver;
};

} // namespace queuedeck::store
