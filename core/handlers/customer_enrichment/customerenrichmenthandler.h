// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/handler.h"
#include "core/handlers/customer_enrichment/enrichmentsource.h"
#include "core/vision/textclient.h"

namespace queuedeck::handlers {

/// Reads a product or a customer, asks a model about it, and returns what is to be written. It
/// writes nothing itself: the effect is applied when the job settles, and only to a row that is
/// still as it was read here.
class CustomerEnrichmentHandler final : public engine::Handler
{
public:
    CustomerEnrichmentHandler(EnrichmentSource source, std::shared_ptr<vision::TextClient> client);

    engine::TaskResult run(const engine::Task& task) override;

private:
    const EnrichmentSource m_source;
    const std::shared_ptr<vision::TextClient> m_client;
};

} // namespace queuedeck::handlers
