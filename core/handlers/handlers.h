// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/handler.h"
#include "core/handlers/bulk_import/bulkimporthandler.h"
#include "core/handlers/customer_enrichment/enrichmentsource.h"
#include "core/handlers/image_extraction/imageextractionhandler.h"
#include "core/handlers/report_generation/reportsource.h"
#include "core/vision/textclient.h"
#include "core/vision/visionclient.h"

namespace queuedeck::handlers {

/// What the built-in handlers are given, since they know neither database nor settings. Functions
/// that make something are called once per worker thread, on that thread, so that each can have a
/// connection of its own. An empty one is enough to ask which types there are.
struct HandlerResources
{
    std::function<ImageSource()> makeImageSource;
    std::function<ReportSource()> makeReportSource;
    QString reportsFolder; ///< where reports are kept
    OpenImports openImports;
    QString importFolder; ///< where the files of bulk_import lie
    /// Reads pictures elsewhere, for all workers; none: they are read on this computer.
    std::shared_ptr<vision::VisionClient> vision;
    FindVision findVision; ///< for a job that asks to be read elsewhere
    std::function<EnrichmentSource()> makeEnrichmentSource;
    /// Answers the questions of customer_enrichment, for all workers; without one, its jobs cannot
    /// be run.
    std::shared_ptr<vision::TextClient> text;
};

/// The job types this program can run by itself.
engine::HandlerTable builtInHandlers(const HandlerResources& resources);

} // namespace queuedeck::handlers
