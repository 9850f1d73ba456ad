// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/leasestore.h"

namespace queuedeck::store {

/// How PostgreSQL settles: one statement for the rows that are still where the claim left them, and
/// one for the others. Adds the ids that were accepted, including those written before an error.
/// Blocks.
base::Status settleAtOnce(db::Connection& connection, const AtOnceSql& sql, const Results& results,
                          domain::JobIds& accepted);

} // namespace queuedeck::store
