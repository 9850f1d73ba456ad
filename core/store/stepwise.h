// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/leasestore.h"

namespace queuedeck::store {

// How SQLite claims and settles: one transaction of several statements, each for all jobs of the
// batch, which is passed as a table (db::Table). PostgreSQL's one statement for everything is
// slower here, and so is a call for each job. Both block and need a transaction around them, to be
// rolled back on an error.

/// `known`: token, engine, types, max, limit, ttl, deferred, now. `isShared`: programs other than
/// Queuedeck write here, and may have made a job pending that one of our engines still runs.
base::Result<QVector<ClaimedJob>> claimStepwise(db::Connection& connection, const StepwiseSql& sql,
                                                db::Params known, bool isShared);
/// Returns the ids of the results that were accepted. `isUntouched`: see UntouchedClaims.
base::Result<domain::JobIds> settleStepwise(db::Connection& connection, const StepwiseSql& sql,
                                            const TableShape& shape, const Results& results,
                                            const QDateTime& now, bool isUntouched);

} // namespace queuedeck::store
