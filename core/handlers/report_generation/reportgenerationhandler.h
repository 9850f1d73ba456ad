// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/handler.h"
#include "core/handlers/report_generation/reportfiles.h"
#include "core/handlers/report_generation/reportsource.h"

namespace queuedeck::handlers {

/// Makes the report of a job: reads its figures, lays them out and keeps the file, whole or not at
/// all. A second attempt replaces what a first one left.
class ReportGenerationHandler final : public engine::Handler
{
public:
    ReportGenerationHandler(ReportSource source, const QString& folder);

    engine::TaskResult run(const engine::Task& task) override;

private:
    const ReportSource m_source;
    const ReportFiles m_files;
};

} // namespace queuedeck::handlers
