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

/// Removes the reports whose job is no longer in the table. Blocks.
base::Status removeReportsOfGoneJobs(store::JobStore& store, const db::DatabaseUrl& url);

} // namespace queuedeck::service
