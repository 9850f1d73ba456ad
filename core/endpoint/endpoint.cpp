// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/endpoint.h"

#include "core/async/deliver.h"
#include "core/service/historyservice.h"
#include "core/service/jobservice.h"
#include "core/service/session.h"

#include <QTimer>

using namespace Qt::StringLiterals;

namespace queuedeck::endpoint {

using std::chrono::steady_clock;

namespace {
constexpr int kListed = 100; ///< jobs in a response to GET
constexpr std::chrono::milliseconds kFresh{500};
constexpr int kTryAgainSeconds = 5;
// After an empty batch, so that a client that polls costs at most one query per second.
constexpr std::chrono::seconds kRest{1};

Response busyResponse()
{
    Response response = errorResponse(
        409, base::Sentence::tr("A batch is running already. Ask again when it has ended."));
    response.retryAfter = kTryAgainSeconds;
    response.wasKnown = true;
    return response;
}

Response stoppingResponse()
{
    Response response = errorResponse(503, base::Sentence::tr("This endpoint is being stopped."));
    response.retryAfter = kTryAgainSeconds;
    response.wasKnown = true;
    return response;
}
} // namespace

base::Result<std::unique_ptr<Endpoint>> Endpoint::start(service::Session& session,
                                                        const Options& options)
{
    std::unique_ptr<Endpoint> endpoint(new Endpoint(session, options));
    auto server = Server::start(
        options.server,
        [self = endpoint.get()](const Request& request, const auto& answer) {
            self->handle(request, answer);
        },
        [self = endpoint.get()](const QString& sentence) {
            QMetaObject::invokeMethod(
                self, [self, sentence] { Q_EMIT self->noted(sentence); }, Qt::QueuedConnection);
        });
    if (!server)
        return server.error();
    endpoint->m_server = std::move(*server);
    return endpoint;
}

Endpoint::Endpoint(service::Session& session, const Options& options)
    : m_session(session)
    , m_gate(options.gate)
    , m_pictures(options.picturesFolder.isEmpty()
                     ? nullptr
                     : std::make_unique<service::ServedPictures>(options.picturesFolder))
{
}

Endpoint::~Endpoint()
{
    m_stop.request_stop();
    m_server.reset();
}

quint16 Endpoint::port() const
{
    return m_server->port();
}

void Endpoint::stop()
{
    if (m_stop.stop_requested())
        return;
    m_stop.request_stop();
    m_server->drain(
        [this] { QMetaObject::invokeMethod(this, &Endpoint::stopped, Qt::QueuedConnection); });
}

void Endpoint::handle(const Request& request, const Server::Answer& answer)
{
    const Admission admission = m_gate.admit(request, steady_clock::now());
    if (const auto* response = std::get_if<Response>(&admission))
        return answer(*response);
    const Work work = std::get<Work>(admission);
    switch (work.kind) {
    case Work::Kind::Look: return answerCached(m_waiting, answer, &Endpoint::readWaiting);
    case Work::Kind::Metrics: return answerCached(m_metrics, answer, &Endpoint::readMetrics);
    case Work::Kind::Picture:
        QMetaObject::invokeMethod(
            this, [this, name = work.picture, answer] { sendPicture(name, answer); },
            Qt::QueuedConnection);
        return;
    case Work::Kind::Process:
        QMetaObject::invokeMethod(
            this, [this, work, answer] { process(work.maxJobs, answer); }, Qt::QueuedConnection);
    }
}

void Endpoint::answerCached(Cached& cached, const Server::Answer& answer, void (Endpoint::*read)())
{
    Response response;
    {
        const std::lock_guard lock(m_mutex);
        if (steady_clock::now() >= cached.until) {
            cached.asking.push_back(answer);
            if (cached.asking.size() == 1) // else a read is under way
                QMetaObject::invokeMethod(this, read, Qt::QueuedConnection);
            return;
        }
        response = cached.response;
    }
    answer(response);
}

void Endpoint::readWaiting()
{
    async::deliver(m_session.jobs().waiting(kListed), this, [this](const auto& waiting) {
        if (!waiting)
            Q_EMIT failed(waiting.error());
        fill(m_waiting, waiting ? waitingResponse(*waiting) : failedResponse(waiting.error()),
             waiting.has_value());
    });
}

void Endpoint::readMetrics()
{
    async::deliver(m_session.jobs().snapshot(), this, [this](const auto& snapshot) {
        if (!snapshot) {
            Q_EMIT failed(snapshot.error());
            return fill(m_metrics, failedResponse(snapshot.error()), false);
        }
        if (m_session.info().mode == domain::QueueMode::Guest)
            return fill(m_metrics, metricsResponse(*snapshot, {}, m_totals), true);
        async::deliver(m_session.history().totals(), this,
                       [this, snapshot = *snapshot](const auto& totals) {
                           if (!totals)
                               Q_EMIT failed(totals.error());
                           fill(m_metrics,
                                totals ? metricsResponse(snapshot, *totals, m_totals)
                                       : failedResponse(totals.error()),
                                totals.has_value());
                       });
    });
}

void Endpoint::fill(Cached& cached, const Response& response, bool mayKeep)
{
    Answers asking;
    {
        const std::lock_guard lock(m_mutex);
        cached.response = response;
        cached.until = mayKeep ? steady_clock::now() + kFresh : steady_clock::time_point();
        asking = std::exchange(cached.asking, {});
    }
    for (const Server::Answer& answer : asking)
        answer(response);
}

void Endpoint::sendPicture(const QByteArray& name, const Server::Answer& answer)
{
    async::deliver(m_pictures->read(name), this,
                   [answer](const base::Result<service::ServedPicture>& picture) {
                       answer(pictureResponse(picture));
                   });
}

void Endpoint::process(int maxJobs, const Server::Answer& answer)
{
    if (m_stop.stop_requested())
        return answer(stoppingResponse());
    if (m_totals.isRunning)
        return answer(busyResponse());
    m_totals.isRunning = true;
    // Delayed, not refused: the caller may just have added a job.
    const auto rest =
        std::chrono::ceil<std::chrono::milliseconds>(m_restUntil - steady_clock::now());
    if (rest.count() > 0)
        QTimer::singleShot(rest, this, [this, maxJobs, answer] { run(maxJobs, answer); });
    else
        run(maxJobs, answer);
}

void Endpoint::run(int maxJobs, const Server::Answer& answer)
{
    if (m_stop.stop_requested()) { // while it was delayed
        m_totals.isRunning = false;
        return answer(stoppingResponse());
    }
    service::EngineSettings settings;
    settings.maxJobs = maxJobs;
    settings.untilEmpty = true;
    async::deliver(m_session.engine().process(settings, m_stop.get_token()), this,
                   [this, answer](const base::Result<service::ProcessReport>& report) {
                       m_totals.isRunning = false;
                       ++m_totals.batches;
                       {
                           // The next GET must see the result.
                           const std::lock_guard lock(m_mutex);
                           m_waiting.until = m_metrics.until = {};
                       }
                       if (!report) {
                           Q_EMIT failed(report.error());
                           return answer(failedResponse(report.error()));
                       }
                       if (report->processed + report->failed == 0)
                           m_restUntil = steady_clock::now() + kRest;
                       m_totals.processed += report->processed;
                       m_totals.failed += report->failed;
                       Q_EMIT processed(*report);
                       answer(processedResponse(*report));
                   });
}

} // namespace queuedeck::endpoint
