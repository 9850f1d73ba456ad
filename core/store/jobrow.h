// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/rows.h"
#include "core/domain/job.h"

namespace queuedeck::store {

/// Reads JOB_COLUMNS, from column `first` on.
domain::Job jobFromRow(const db::Rows::Row& row, int first = 0);

domain::JobIds idsFromRows(const db::Rows& rows);
QString idArray(const domain::JobIds& ids, qsizetype from = 0, qsizetype count = -1);

} // namespace queuedeck::store
