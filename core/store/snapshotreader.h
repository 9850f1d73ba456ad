// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/snapshot.h"
#include "core/store/sqltext.h"
#include "core/store/tableshape.h"

namespace queuedeck::store {

/// The figures of the whole queue, read in one transaction. Blocks.
base::Result<domain::QueueSnapshot> readSnapshot(db::Connection& connection,
                                                 const TableShape& shape, const SqlText& sql,
                                                 const QDateTime& now);

} // namespace queuedeck::store
