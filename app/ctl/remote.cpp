// SPDX-License-Identifier: GPL-3.0-or-later
// trigger, remote-status: the endpoint of a web application.
#include "app/ctl/await.h"
#include "app/ctl/commands.h"
#include "app/ctl/jsonshapes.h"
#include "app/endsignals.h"
#include "core/remote/endpointaddress.h"
#include "core/remote/remoteservice.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace queuedeck::ctl {

using base::ErrorKind;
using remote::RemoteReport;
using remote::RemoteService;
using remote::RemoteVerdict;

namespace {
tl::expected<remote::RemoteAddress, Failure> addressOf(const QString& url, int timeoutSeconds)
{
    const QString text = url.isEmpty() ? remote::urlOfEnvironment() : url;
    if (text.isEmpty())
        return tl::unexpected(Failure(base::fail(
            ErrorKind::Invalid,
            base::Sentence::tr("Which endpoint? Give its URL, as in `queuedeckctl trigger "
                               "https://app.example`, or set QUEUEDECK_ENDPOINT_URL."))));
    const auto normal = remote::endpointUrl(text);
    if (!normal)
        return tl::unexpected(Failure(normal.error()));
    return remote::RemoteAddress{{}, *normal, std::chrono::seconds(timeoutSeconds)};
}

/// The endpoint, the service and, if a database was named, the session that counts in it. The
/// embedded database is not counted unless named: no web application works on it.
struct Remote
{
    remote::RemoteAddress address;
    std::shared_ptr<service::Session> session;
    std::unique_ptr<RemoteService> alone;

    RemoteService& service() { return session ? session->remote() : *alone; }
};

tl::expected<Remote, Failure> openRemote(const Context& context, const QString& url,
                                         int timeoutSeconds)
{
    const auto address = addressOf(url, timeoutSeconds);
    if (!address)
        return tl::unexpected(address.error());
    Remote remote;
    remote.address = *address;
    if (context.address.isEmpty()) {
        remote.alone = std::make_unique<RemoteService>();
        return remote;
    }
    auto session = openSession(context, Access::Read);
    if (!session)
        return tl::unexpected(session.error());
    remote.session = *session;
    return remote;
}

QJsonValue numberJson(const std::optional<qint64>& number)
{
    return number ? QJsonValue(*number) : QJsonValue();
}

QJsonObject triggerJson(const RemoteReport& report)
{
    return {{u"processed"_s, report.processed},
            {u"failed"_s, report.failed},
            {u"startTime"_s, timeJson(report.startTime)},
            {u"endTime"_s, timeJson(report.endTime)},
            {u"message"_s, report.message},
            {u"httpStatus"_s, report.httpStatus},
            {u"pendingBefore"_s, numberJson(report.pendingBefore)},
            {u"pendingAfter"_s, numberJson(report.pendingAfter)},
            {u"completedInDatabase"_s, numberJson(report.completedInDatabase)},
            {u"failedInDatabase"_s, numberJson(report.failedInDatabase)},
            {u"calls"_s, report.calls}};
}

Failure failureOf(const RemoteReport& report)
{
    Failure failure(report.error());
    if (report.verdict == RemoteVerdict::NotThere)
        failure.code = kUnreachable;
    else if (report.verdict == RemoteVerdict::Failed)
        failure.code = kWorkFailed;
    return failure;
}

void showProgress(Console& console, const RemoteReport& soFar)
{
    console.progress(soFar.pendingAfter
                         ? u"Call %1, %2 pending"_s.arg(soFar.calls).arg(*soFar.pendingAfter)
                         : u"Call %1"_s.arg(soFar.calls));
}
} // namespace

Done run(Context& context, const Trigger& trigger)
{
    if (const auto may = mayChange(context); !may)
        return tl::unexpected(may.error());
    auto remote = openRemote(context, trigger.url, trigger.timeoutSeconds);
    if (!remote)
        return tl::unexpected(remote.error());
    RemoteService& service = remote->service();
    Console& console = context.console;
    QObject::connect(&service, &RemoteService::progressed, &service,
                     [&console](const RemoteReport& soFar) { showProgress(console, soFar); });
    const app::EndSignals stop;
    const std::stop_callback onSignal(stop.token(), [&service] { service.cancel(); });
    const auto report = await(trigger.drain ? service.drain(remote->address, trigger.maxJobs)
                                            : service.trigger(remote->address, trigger.maxJobs));
    console.endProgress();
    if (!report)
        return tl::unexpected(Failure(report.error()));
    if (!report->isSuccess())
        return tl::unexpected(failureOf(*report));
    if (console.isJson())
        console.json(triggerJson(*report));
    if (!console.isJson())
        console.line(visible(report->sentence));
    else if (report->verdict == RemoteVerdict::NoFall)
        console.note(visible(report->sentence));
    return kDone;
}

Done run(Context& context, const RemoteStatus& status)
{
    auto remote = openRemote(context, status.url, status.timeoutSeconds);
    if (!remote)
        return tl::unexpected(remote.error());
    RemoteService& service = remote->service();
    const app::EndSignals stop;
    const std::stop_callback onSignal(stop.token(), [&service] { service.cancel(); });
    const auto queue = await(service.status(remote->address));
    if (!queue) {
        Failure failure(queue.error());
        if (failure.error.kind == ErrorKind::NotFound)
            failure.code = kUnreachable;
        return tl::unexpected(failure);
    }
    QJsonArray jobs;
    QVector<QStringList> rows;
    for (const remote::RemoteQueue::Job& job : queue->jobs) {
        jobs += QJsonObject{{u"id"_s, job.id},
                            {u"type"_s, job.type},
                            {u"attempts"_s, numberJson(job.attempts)},
                            {u"createdAt"_s, timeJson(job.createdAt)}};
        rows += {visible(job.id), visible(job.type),
                 job.attempts ? QString::number(*job.attempts) : u"-"_s,
                 job.createdAt.toString(Qt::ISODate)};
    }
    if (context.console.isJson()) {
        context.console.json({{u"pendingCount"_s, queue->pendingCount},
                              {u"jobs"_s, jobs},
                              {u"pendingInDatabase"_s, numberJson(queue->pendingInDatabase)}});
        return kDone;
    }
    context.console.line(visible(queue->sentence));
    if (!rows.isEmpty())
        context.console.line(table({u"ID"_s, u"TYPE"_s, u"ATTEMPTS"_s, u"CREATED"_s}, rows));
    return kDone;
}

} // namespace queuedeck::ctl
