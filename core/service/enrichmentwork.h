// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/handlers/customer_enrichment/enrichmentsource.h"
#include "core/service/sessionthreads.h"

namespace queuedeck::service {

/// What reads the rows of enrichments for one worker, with a connection of its own. Private to this
/// room.
handlers::EnrichmentSource enrichmentSource(const std::shared_ptr<SessionThreads>& threads);

} // namespace queuedeck::service
