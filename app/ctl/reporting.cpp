// SPDX-License-Identifier: GPL-3.0-or-later
// report, reports: make reports, list and copy them.
#include "app/ctl/await.h"
#include "app/ctl/commands.h"
#include "app/endsignals.h"
#include "core/base/clock.h"
#include "core/domain/payloadschema.h"
#include "core/domain/report.h"
#include "core/schedule/scheduler.h"
#include "core/service/engineservice.h"
#include "core/service/jobservice.h"
#include "core/service/reportservice.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace queuedeck::ctl {

using base::ErrorKind;
using domain::JobStatus;
using domain::ReportFile;

namespace {
constexpr int kPollMs = 500;

QJsonObject reportJson(const ReportFile& report)
{
    return {{u"jobId"_s, report.job.value},
            {u"report"_s, domain::reportKindText(report.kind)},
            {u"format"_s, domain::reportFormatText(report.format)},
            {u"bytes"_s, report.bytes},
            {u"createdAt"_s, report.madeAt.toString(Qt::ISODate)},
            {u"path"_s, report.path}};
}

base::Result<QByteArray> payloadOf(const MakeReport& command)
{
    QJsonObject payload{{u"report"_s, command.report}, {u"format"_s, command.format}};
    if (!command.period.isEmpty())
        payload[u"period"_s] = command.period;
    if (!command.from.isEmpty())
        payload[u"from"_s] = command.from;
    if (!command.to.isEmpty())
        payload[u"to"_s] = command.to;
    const auto request = domain::ReportRequest::fromPayload(payload);
    if (!request)
        return request.error();
    if (const auto span = request->span(base::Clock::system().now()); !span)
        return span.error();
    return QJsonDocument(payload).toJson(QJsonDocument::Compact);
}

void pause()
{
    QEventLoop loop;
    QTimer::singleShot(kPollMs, &loop, &QEventLoop::quit);
    loop.exec();
}

/// Runs waiting reports here until this one is done, whoever does it.
base::Status makeNow(service::Session& session, const domain::JobId& id,
                     const app::EndSignals& stop)
{
    while (!stop.isAsked()) {
        service::EngineSettings settings;
        settings.types = {domain::kReportType};
        settings.untilEmpty = true;
        const auto round = await(session.engine().process(settings, stop.token()));
        if (!round)
            return round.error();
        const auto job = await(session.jobs().job(id));
        if (!job)
            return job.error();
        if (job->job.status == JobStatus::Completed)
            return {};
        if (job->job.status == JobStatus::Failed)
            return base::fail(ErrorKind::Internal, job->job.error);
        pause(); // it waits for its next attempt, or runs in another engine
    }
    return base::fail(
        ErrorKind::Cancelled,
        base::Sentence::tr("Stopped before the report was made. Its job stays in the queue."));
}

// A folder: the file keeps its name there.
QString target(const QString& out, const ReportFile& report)
{
    return QFileInfo(out).isDir() ? out + u'/' + QFileInfo(report.path).fileName() : out;
}

tl::expected<QString, Failure> saved(service::Session& session, const ReportFile& report,
                                     const QString& out, bool mayReplace)
{
    if (out.isEmpty())
        return report.path;
    const auto path = await(session.reports().save(report.job, target(out, report), mayReplace));
    if (!path)
        return tl::unexpected(Failure(path.error()));
    return *path;
}

struct Wanted
{
    domain::JobId job;
    QString out; ///< a file or a folder; empty: the report stays where it is
    bool mayReplace = false;
};

/// Saves the report of a job and prints its path; `whyNone` if this computer has none.
Done handOver(Context& context, service::Session& session, const Wanted& wanted,
              const QString& whyNone)
{
    const auto report = await(session.reports().report(wanted.job));
    if (!report)
        return tl::unexpected(Failure(report.error()));
    if (!*report) {
        Failure failure(base::fail(ErrorKind::NotFound, whyNone));
        failure.code = kWorkFailed;
        return tl::unexpected(failure);
    }
    const auto path = saved(session, **report, wanted.out, wanted.mayReplace);
    if (!path)
        return tl::unexpected(path.error());
    ReportFile moved = **report;
    moved.path = *path;
    if (context.console.isJson())
        context.console.json(reportJson(moved));
    else
        context.console.line(visible(*path));
    return kDone;
}

/// Saves a schedule for the window, once.
Done everyWeek(Context& context, service::Session& session, const MakeReport& command)
{
    const schedule::ReportRound round{*domain::reportKindFromText(command.report),
                                      *domain::reportFormatFromText(command.format)};
    schedule::Scheduler& schedules = session.schedules();
    schedule::Schedule schedule = schedule::weeklyReport(round);
    for (const schedule::Schedule& each : schedules.all()) {
        if (each.work == schedule::ScheduledWork(round))
            schedule = each;
    }
    if (schedule.id.isEmpty()) {
        const auto saved = schedules.save(schedule);
        if (!saved)
            return tl::unexpected(Failure(saved.error()));
        schedules.flush();
        schedule.id = *saved;
    }
    if (context.console.isJson())
        context.console.json({{u"scheduleId"_s, schedule.id},
                              {u"name"_s, schedule.name},
                              {u"cron"_s, schedule.cron}});
    else
        context.console.line(u"%1: %2, while Queuedeck's window is open."_s.arg(
            visible(schedule.name), visible(schedule.cron)));
    return kDone;
}

Failure workFailed(const base::Error& error)
{
    Failure failure(error);
    if (error.kind == ErrorKind::Internal || error.kind == ErrorKind::Cancelled)
        failure.code = kWorkFailed;
    return failure;
}
} // namespace

Done run(Context& context, const MakeReport& command)
{
    const auto payload = payloadOf(command);
    if (!payload)
        return tl::unexpected(Failure(payload.error()));
    const auto session = openSession(context, Access::Change);
    if (!session)
        return tl::unexpected(session.error());
    if (command.everyWeek)
        return everyWeek(context, **session, command);
    const auto ids = await((*session)->jobs().enqueue(domain::kReportType, *payload));
    if (!ids)
        return tl::unexpected(Failure(ids.error()));
    const domain::JobId id = ids->front();
    if (!command.wait) {
        if ((*session)->info().mode != domain::QueueMode::Own)
            context.console.note(
                u"Another processor that works on this table may take this job and "
                "complete it without a report. --wait makes it here and now."_s);
        if (context.console.isJson())
            context.console.json({{u"jobId"_s, id.value}});
        else
            context.console.line(id.value);
        return kDone;
    }
    const app::EndSignals stop;
    if (const base::Status made = makeNow(**session, id, stop); !made)
        return tl::unexpected(workFailed(made.error()));
    return handOver(context, **session, {id, command.out, command.force},
                    u"The job %1 was completed elsewhere, so its report is not on this computer; "
                    "the web application's own processor makes none."_s.arg(id.value));
}

Done run(Context& context, const Reports& command)
{
    const auto session = openSession(context, Access::Read);
    if (!session)
        return tl::unexpected(session.error());
    if (!command.job.isEmpty())
        return handOver(context, **session, {{command.job}, command.out, command.force},
                        u"There is no report of the job %1 on this computer. `queuedeckctl "
                        "reports` lists those there are."_s.arg(command.job));
    const auto reports = await((*session)->reports().list());
    if (!reports)
        return tl::unexpected(Failure(reports.error()));
    QVector<QStringList> rows;
    for (const ReportFile& report : *reports) {
        if (context.console.isJson())
            context.console.json(reportJson(report));
        rows += {visible(report.job.value), domain::reportKindText(report.kind),
                 domain::reportFormatText(report.format), QString::number(report.bytes),
                 shortTime(report.madeAt)};
    }
    if (!context.console.isJson())
        context.console.line(
            table({u"JOB"_s, u"REPORT"_s, u"FORMAT"_s, u"BYTES"_s, u"MADE"_s}, rows));
    return kDone;
}

} // namespace queuedeck::ctl
