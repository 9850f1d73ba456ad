// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/spend.h"
#include "core/store/sqltext.h"

namespace queuedeck::store {

/// What requests to a model cost, added up by day, type of job and model. Blocks; lives on the
/// thread of its connection.
class SpendStore
{
public:
    SpendStore(db::Connection& connection, const SqlText& sql);

    /// Adds one request. A guest has no table for it: nothing is recorded.
    base::Status add(const domain::Spend& spend);

private:
    db::Connection& m_connection;
    const SqlText& m_sql;
};

} // namespace queuedeck::store
