// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/handlers.h"

#include "core/handlers/customer_enrichment/customerenrichmenthandler.h"
#include "core/handlers/image_extraction/imageextractionhandler.h"
#include "core/handlers/report_generation/reportgenerationhandler.h"

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

engine::HandlerTable builtInHandlers(const HandlerResources& resources)
{
    return {{u"image_extraction"_s,
             [makeSource = resources.makeImageSource, vision = resources.vision,
              find = resources.findVision] {
                 return std::make_unique<ImageExtractionHandler>(makeSource(), vision, find);
             }},
            {domain::kReportType,
             [makeSource = resources.makeReportSource, folder = resources.reportsFolder] {
                 return std::make_unique<ReportGenerationHandler>(makeSource(), folder);
             }},
            {domain::kEnrichmentType,
             [makeSource = resources.makeEnrichmentSource, text = resources.text] {
                 return std::make_unique<CustomerEnrichmentHandler>(makeSource(), text);
             }},
            {u"bulk_import"_s, [open = resources.openImports, folder = resources.importFolder] {
                 return std::make_unique<BulkImportHandler>(open, folder);
             }}};
}

} // namespace queuedeck::handlers
