// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/enrichment.h"

#include <functional>
#include <stop_token>

namespace queuedeck::handlers {

/// Reads what a job is to enrich, as its rows are now. Blocks; Cancelled soon after the stop token
/// is set. NotFound: there is no such row; Unsupported: this database has no place for it; Invalid:
/// the product is not one of the customer's tenant.
using EnrichmentSource = std::function<base::Result<domain::EnrichmentSubject>(
    const domain::EnrichmentRequest&, const std::stop_token&)>;

} // namespace queuedeck::handlers
