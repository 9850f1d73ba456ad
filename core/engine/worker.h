// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/domain/retrypolicy.h"
#include "core/engine/claimedjobs.h"

namespace queuedeck::engine {

/// The body of a worker thread: takes jobs, checks each payload against its type's schema, runs the
/// handler and passes on what is to be written, until `claimedJobs` is closed. Handlers are created
/// here, one per type, when first needed. `leaving` is set when the engine begins to stop.
void runWorker(ClaimedJobs& claimedJobs, const HandlerTable& handlers,
               const domain::RetryPolicy& retry, const base::Clock& clock,
               const std::stop_token& leaving);

} // namespace queuedeck::engine
