// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/jobstore.h"

namespace queuedeck::store {

/// A statement that reads these jobs, whole, to be pasted into psql or sqlite3.
QString statementReading(JobStore& store, const domain::JobIds& ids);

} // namespace queuedeck::store
