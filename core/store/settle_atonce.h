// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/leasestore.h"

namespace queuedeck::store {

/// How PostgreSQL settles: a statement for the rows that lie where the claim left them, and one for
/// those that do not. Adds the ids that the guard let through, also those that were written before
/// an error. Blocks.
base::Status settleAtOnce(db::Connection& connection, const AtOnceSql& sql, const Results& results,
                          domain::JobIds& accepted);

} // namespace queuedeck::store
