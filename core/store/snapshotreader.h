// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/snapshot.h"
#include "core/store/sqltext.h"
#include "core/store/tableshape.h"

namespace queuedeck::store {

class JobStore;

/// What was counted, and in which state of the database: while that stays, no table is counted
/// again, and only what changes with time alone is read. Of one connection, on its thread.
struct KeptFigures
{
    const db::Connection* connection = nullptr; ///< a mark of another one says nothing
    qint64 mark = 0;                            ///< see JobReader::changeMark()
    QDateTime countedAt = {};                   ///< invalid: nothing was counted yet
    domain::QueueSnapshot snapshot = {};
};

/// The figures of the whole queue at `now`, read in one transaction; what nothing has changed since
/// it was counted is taken from `kept`. Blocks.
base::Result<domain::QueueSnapshot> readSnapshot(JobStore& store, const QDateTime& now,
                                                 KeptFigures& kept);

/// The figures of the whole queue, read in one transaction. Blocks.
base::Result<domain::QueueSnapshot> readSnapshot(db::Connection& connection,
                                                 const TableShape& shape, const SqlText& sql,
                                                 const QDateTime& now);

} // namespace queuedeck::store
