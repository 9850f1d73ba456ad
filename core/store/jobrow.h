// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/rows.h"
#include "core/db/table.h"
#include "core/domain/job.h"

namespace queuedeck::store {

/// Reads {job_columns}, starting at column `first`.
domain::Job jobFromRow(const db::Rows::Row& row, int first = 0);

domain::JobIds idsFromRows(const db::Rows& rows);
/// Ids as SQLite statements take them: a JSON array, or the table queuedeck_ids.
QString idArray(const domain::JobIds& ids);
db::Table idTable(const domain::JobIds& ids);
/// Ids as PostgreSQL statements take them.
QString idList(const domain::JobIds& ids);

} // namespace queuedeck::store
