// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/leasestore.h"
#include "core/store/sqltext.h"

namespace queuedeck::store {

/// How PostgreSQL settles: all results as arrays in one statement, and a second one for what did
/// not lie where the claim left it. Gives the ids that the guard let through. Blocks.
base::Result<domain::JobIds> settleAtOnce(db::Connection& connection, const SqlText& sql,
                                          const Results& batch, const QDateTime& now);

} // namespace queuedeck::store
