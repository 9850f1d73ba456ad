// SPDX-License-Identifier: GPL-3.0-or-later
// process: runs jobs here.
#include "app/ctl/await.h"
#include "app/ctl/commands.h"
#include "app/ctl/jsonshapes.h"
#include "app/ctl/progressnotes.h"
#include "app/endsignals.h"
#include "core/service/engineservice.h"

using namespace Qt::StringLiterals;

namespace queuedeck::ctl {

namespace {
constexpr int kJobsUnlessSaid = 10;

service::EngineSettings settingsOf(const Process& process)
{
    service::EngineSettings settings;
    settings.concurrency = process.concurrency;
    settings.types = process.types;
    settings.untilEmpty = !process.watch;
    settings.maxJobs =
        process.maxJobs.value_or(process.watch || process.untilEmpty ? 0 : kJobsUnlessSaid);
    settings.inOrder = process.inOrder;
    if (process.alone)
        settings.othersWork = false;
    settings.freeOrphansAfter = std::chrono::minutes(process.freeOrphansMinutes);
    settings.stopAfterFailures = process.stopAfterFailures;
    return settings;
}
} // namespace

Done run(Context& context, const Process& process)
{
    const auto session = openSession(context, Access::Change);
    if (!session)
        return tl::unexpected(session.error());
    service::EngineService& engine = (*session)->engine();
    const QStringList handled = engine.handledTypes();
    for (const QString& type : process.types) {
        if (!handled.contains(type)) {
            Failure failure(
                base::fail(base::ErrorKind::Invalid,
                           base::Sentence::tr(
                               "%1 has no handler here. Its jobs stay pending. Types with one: %2.")
                               .arg(type, handled.join(u", "_s))));
            failure.hint = service::problemsOf(engine.handlers(), type);
            return tl::unexpected(failure);
        }
    }
    if (const base::Status chosen = choosePictures(**session, context.console, process.pictures);
        !chosen)
        return tl::unexpected(Failure(chosen.error()));
    const app::EndSignals stop;
    if (process.watch)
        context.console.note(u"Running jobs of %1. Ctrl+C stops."_s.arg((*session)->info().name));
    const auto report = [&] {
        const ProgressNotes notes(context.console, [&engine] { return engine.runningJobs(); });
        return await(engine.process(settingsOf(process), stop.token()));
    }();
    if (!report)
        return tl::unexpected(Failure(report.error()));
    if (context.console.isJson()) {
        context.console.json(reportJson(*report));
    } else {
        const double seconds = double(report->startTime.msecsTo(report->endTime)) / 1000;
        context.console.line(u"%1 in %2 s."_s.arg(report->message).arg(seconds, 0, 'f', 1));
    }
    if (report->haltedAfter > 0)
        context.console.note(u"The last failure: "_s + report->lastFailure);
    if (!stop.isAsked() &&
        (process.types.isEmpty() || process.types.contains("image_extraction"_L1)))
        noteUnread(**session, context.console);
    if (!stop.isAsked() &&
        (process.types.isEmpty() || process.types.contains(domain::kEnrichmentType)))
        noteUnenriched(**session, context.console);
    noteReader(**session, context.console);
    return report->unsettled > 0 || report->haltedAfter > 0 ? kWorkFailed : kDone;
}

} // namespace queuedeck::ctl
