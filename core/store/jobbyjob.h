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
    Sql pick;   ///< :types :max :limit :now → id, type, payload, attempt, version, address, waits
    Sql take;   ///< :id
    Sql open;   ///< :token :engine :now :ttl → the claim's number
    Sql lease;  ///< :claim :id :attempt
    Sql unwait; ///< :claim; their back-offs and wishes are done with
    // Settling. `write` changes one row or, where the guard refuses, none.
    Sql held;      ///< :token :now → the claim's number, if it is not over
    Sql write;     ///< :claim :id :status :refund :error :nowText
    Sql remember;  ///< :claim :id :startedAt :now :outcome :error
    Sql defer;     ///< :id :retryIn :now
    Sql writeScan; ///< :scanId :status :error :scanData :nowText
    Sql release;   ///< :claim :id; for refused ones too
};

const JobByJobSql& jobByJobSql();

/// `known`: token, engine, types, max, limit, ttl, now. Both block, and change nothing on an error.
base::Result<QVector<ClaimedJob>> claimJobByJob(db::Connection& connection, db::Params known);
/// Gives the ids that the guard let through.
base::Result<domain::JobIds> settleJobByJob(db::Connection& connection, const QString& token,
                                            const QVector<Settlement>& results,
                                            const QDateTime& now);

} // namespace queuedeck::store
