// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/report_generation/reportgenerationhandler.h"

#include "core/handlers/report_generation/csvreport.h"
#include "core/handlers/report_generation/pdfreport.h"
#include "core/handlers/report_generation/xlsxreport.h"

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

using base::ErrorKind;
using base::Sentence;
using engine::TaskResult;

namespace {
TaskResult failureFor(const base::Error& error, const engine::Task& task)
{
    switch (error.kind) {
    case ErrorKind::Cancelled:
        return task.stop.stop_requested() ? TaskResult::postponed(error.detail)
                                          : TaskResult::failed(error.detail);
    case ErrorKind::Invalid:
    case ErrorKind::Unsupported: return TaskResult::unrecoverable(error.detail);
    default: return TaskResult::failed(error.detail);
    }
}

base::Result<QByteArray> bytesOf(const domain::ReportDocument& report, domain::ReportFormat format,
                                 const QString& scratchName, const std::stop_token& stop)
{
    switch (format) {
    case domain::ReportFormat::Csv: return csvReport(report);
    case domain::ReportFormat::Xlsx: return xlsxReport(report, scratchName);
    case domain::ReportFormat::Pdf: break;
    }
    return pdfReport(report, stop);
}
} // namespace

ReportGenerationHandler::ReportGenerationHandler(ReportSource source, const QString& folder)
    : m_source(std::move(source))
    , m_files(folder)
{
}

TaskResult ReportGenerationHandler::run(const engine::Task& task)
{
    const auto request = domain::ReportRequest::fromPayload(task.payload);
    if (!request)
        return failureFor(request.error(), task);
    task.report(Sentence::tr("reading the figures"));
    const auto report = m_source(*request, task.id, task.stop);
    if (!report)
        return failureFor(report.error(), task);
    if (const base::Status ready = m_files.prepare(task.id); !ready)
        return failureFor(ready.error(), task);
    task.report(
        Sentence::tr("writing the %1").arg(domain::reportFormatText(request->format).toUpper()));
    const auto bytes = bytesOf(*report, request->format, m_files.scratch(task.id), task.stop);
    if (!bytes)
        return failureFor(bytes.error(), task);
    // The last moment: from here on the report is kept.
    if (task.stop.stop_requested())
        return TaskResult::postponed(Sentence::tr("Stopped before the report was written."));
    const base::Status kept = m_files.keep(task.id, request->kind, request->format, *bytes);
    return kept ? TaskResult::completed() : failureFor(kept.error(), task);
}

} // namespace queuedeck::handlers
