// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/leasestore.h"
#include "core/store/sqltext.h"

namespace queuedeck::store {

/// How SQLite claims and settles: in one transaction, but job by job. A call into the library costs
/// less than a list that travels as one text, and PostgreSQL's one statement for all is slower
/// here.
struct JobByJobSql
{
    // Claiming.
    Sql pickHastened; ///< :types :max :limit → id, type, payload, attempt, address, 1
    Sql pick;  ///< :types :max :limit :now → id, type, payload, attempt, address, waits: has been
               ///< deferred
    Sql take;  ///< :addresses, a JSON array
    Sql open;  ///< :token :engine :now :ttl :held → the claim's number
    Sql lease; ///< :claim :jobs, {"id": attempt}
    Sql unwait; ///< :claim; their back-offs and wishes are done with
    // Settling. `remember`, `write` and `writeMoved` change one row or, where the guard refuses,
    // none.
    Sql held;       ///< :token :now → the claim's number, if it is not over
    Sql lost;       ///< :claim → ids that were cancelled or have gone
    Sql remember;   ///< :claim :id :attempt :startedAt :now :outcome :error
    Sql write;      ///< :address :id :attempt :status :refund :error :nowText
    Sql writeMoved; ///< the same, without the address; what `write` did not find
    Sql forget;     ///< :claim :id; what the history was to remember and was not written
    Sql lose;       ///< :claim :id; what was refused and not lost before
    Sql release;    ///< :claim :count → how many the claim still holds
    Sql close;      ///< :claim; when it holds none
    Sql tally;      ///< :now :outcome :count
    Sql defer;      ///< :id :retryIn :now
    Sql writeScan;  ///< :scanId :status :error :scanData :nowText
};

const JobByJobSql& jobByJobSql();

/// `known`: token, engine, types, max, limit, ttl, now. Both block and want a transaction around
/// them, to be rolled back on an error.
base::Result<QVector<ClaimedJob>> claimJobByJob(db::Connection& connection, db::Params known);
/// Gives the ids that the guard let through.
base::Result<domain::JobIds> settleJobByJob(db::Connection& connection, const QString& token,
                                            const QVector<Settlement>& results,
                                            const QDateTime& now);

} // namespace queuedeck::store
