// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/handlers/report_generation/reportsource.h"
#include "core/service/sessionthreads.h"

namespace queuedeck::service {

/// Where the reports on this database are kept on this computer.
QString reportsFolder(const db::DatabaseUrl& url);

/// What reads the figures of reports for one worker, with a connection of its own. Private to this
/// room.
handlers::ReportSource reportSource(const std::shared_ptr<SessionThreads>& threads);

/// What a clean-up that deletes these jobs (see FrozenJobs::rememberEach) takes along besides: "2
/// reports on this computer", or nothing. Blocks.
base::Sentences reportsOf(const domain::FrozenJobs& jobs, const db::DatabaseUrl& url);
/// Removes the reports whose job is no longer in the table, and says so likewise. Blocks.
base::Result<base::Sentences> removeReportsOfGoneJobs(store::JobStore& store,
                                                      const db::DatabaseUrl& url);

} // namespace queuedeck::service
