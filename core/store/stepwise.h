// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/leasestore.h"
#include "core/store/sqltext.h"

namespace queuedeck::store {

/// How SQLite claims and settles: one transaction of several statements, each for all jobs of the
/// batch, which it is given as a table (db::Table). PostgreSQL's one statement for everything is
/// slower here, and so is a call for each job.
struct StepwiseSql
{
    // Claiming. `queuedeck_taking` (id, address, attempt) holds what was picked.
    Sql pickHastened; ///< :types :max :limit → id, type, payload, attempt, address, 1
    Sql pick; ///< :types :max :limit :now → id, type, payload, attempt, address, waits: has been
              ///< deferred
    Sql take;
    Sql open;   ///< :token :engine :now :ttl :held → the claim's number
    Sql lease;  ///< :claim
    Sql unwait; ///< their back-offs and wishes are done with
    Sql oust;   ///< :claim; other claims that still hold one of them have lost it
    // Settling. `queuedeck_settling` (id, address, attempt, started_at, retry_in, scan_id,
    // scan_data) holds results.
    Sql held;       ///< :token :now → the claim's number, if it is not over
    Sql judge;      ///< :claim → row numbers of the results that are still ours
    Sql search;     ///< :claim → row number, address; without looking at the addresses given
    Sql write;      ///< :status :refund :error :nowText; for results that say the same
    Sql remember;   ///< :claim :now :outcome :error; likewise
    Sql tally;      ///< :now :outcome :count
    Sql defer;      ///< :now
    Sql writeScans; ///< :status :error :nowText
    Sql lose;       ///< :claim; what was refused and not lost before
    Sql release;    ///< :claim :count → how many the claim still holds
    Sql close;      ///< :claim; when it holds none
};

const StepwiseSql& stepwiseSql();

/// `known`: token, engine, types, max, limit, ttl, now. `isShared`: programs other than Queuedeck
/// write here, and may have made a job pending that one of our engines still runs. Both block and
/// want a transaction around them, to be rolled back on an error.
base::Result<QVector<ClaimedJob>> claimStepwise(db::Connection& connection, db::Params known,
                                                bool isShared);
/// Gives the ids that the guard let through.
base::Result<domain::JobIds> settleStepwise(db::Connection& connection, const Results& results,
                                            const QDateTime& now);

} // namespace queuedeck::store
