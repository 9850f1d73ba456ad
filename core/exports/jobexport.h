// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/jobexport.h"
#include "core/exports/exporttarget.h"
#include "core/store/jobstore.h"

#include <functional>
#include <stop_token>

namespace queuedeck::exports {

/// Called after some hundred jobs.
using ExportProgress = std::function<void(qint64 jobs)>;

/// Reads jobs and hands them on, some hundred at a time, until there are no more or `take` fails.
/// Cancelled by `stop`. Blocks; on the thread of `store`.
base::Status readJobs(store::JobStore& store, const domain::ExportScope& scope, bool withAttempts,
                      const std::stop_token& stop,
                      const std::function<base::Status(const QVector<domain::ExportedJob>&)>& take);

/// Whether a choice needs to know when attempts began and ended.
bool needsAttempts(const domain::ExportChoice& choice);

/// Writes jobs to a target, which is whole or not there. Invalid: the choice, and why; Cancelled by
/// `stop`; others as the database and the disk say. Blocks; on the thread of `store`.
base::Result<domain::ExportReport> exportJobs(store::JobStore& store,
                                              const domain::ExportScope& scope,
                                              const domain::ExportChoice& choice,
                                              ExportTarget& target, const std::stop_token& stop,
                                              const ExportProgress& progress);

} // namespace queuedeck::exports
