// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exports/jobexport.h"

#include "core/exports/fileformat.h"

namespace queuedeck::exports {

using domain::ExportColumn;

namespace {
base::Error stopped()
{
    return base::fail(base::ErrorKind::Cancelled,
                      base::Sentence::tr("Stopped. No file was written."));
}
} // namespace

base::Status readJobs(store::JobStore& store, const domain::ExportScope& scope, bool withAttempts,
                      const std::stop_token& stop,
                      const std::function<base::Status(const QVector<domain::ExportedJob>&)>& take)
{
    constexpr qsizetype kNamedAtOnce = 50; // whatever their size
    if (scope.ids) {
        for (qsizetype first = 0; first < scope.ids->size(); first += kNamedAtOnce) {
            if (stop.stop_requested())
                return stopped();
            const auto jobs =
                store.jobs.exported(scope.ids->mid(first, kNamedAtOnce), withAttempts);
            if (!jobs)
                return jobs.error();
            if (const base::Status taken = take(*jobs); !taken)
                return taken;
        }
        return {};
    }
    domain::PageRequest request;
    request.filter = scope.filter;
    for (std::optional next = request; next;) {
        if (stop.stop_requested())
            return stopped();
        const auto page = store.jobs.exported(*next, withAttempts);
        if (!page)
            return page.error();
        if (const base::Status taken = take(page->jobs); !taken)
            return taken;
        next = page->next;
    }
    return {};
}

bool needsAttempts(const domain::ExportChoice& choice)
{
    return choice.columns.contains(ExportColumn::StartedAt) ||
           choice.columns.contains(ExportColumn::Waited) ||
           choice.columns.contains(ExportColumn::Ran);
}

base::Result<domain::ExportReport> exportJobs(store::JobStore& store,
                                              const domain::ExportScope& scope,
                                              const domain::ExportChoice& choice,
                                              ExportTarget& target, const std::stop_token& stop,
                                              const ExportProgress& progress)
{
    if (const base::Status valid = domain::checkExport(choice); !valid)
        return valid.error();
    const auto format = FileFormat::make(choice, target);
    if (!format)
        return format.error();
    if (const base::Status begun = (*format)->begin(); !begun)
        return begun.error();
    domain::ExportReport report;
    const base::Status read =
        readJobs(store, scope, needsAttempts(choice), stop,
                 [&](const QVector<domain::ExportedJob>& jobs) -> base::Status {
                     if (const base::Status added = (*format)->add(jobs); !added)
                         return added;
                     report.jobs += jobs.size();
                     if (progress)
                         progress(report.jobs);
                     return {};
                 });
    if (!read)
        return read.error();
    if (const base::Status done = (*format)->finish(); !done)
        return done.error();
    if (stop.stop_requested())
        return stopped();
    if (const base::Status done = target.finish(); !done)
        return done.error();
    report.bytes = target.bytes();
    report.cut = (*format)->cut();
    report.unread = (*format)->unread();
    return report;
}

} // namespace queuedeck::exports
