// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/diagnosisservice.h"

#include "core/async/deliver.h"
#include "core/db/transaction.h"
#include "core/diagnosis/diagnose.h"
#include "core/domain/enrichment.h"
#include "core/remote/remoteservice.h"
#include "core/schedule/scheduler.h"
#include "core/service/engineservice.h"
#include "core/service/sessionthreads.h"

#include <QThread>

using namespace Qt::StringLiterals;

namespace queuedeck::service {

using base::ErrorKind;
using base::Sentence;
using diagnosis::EndpointAnswer;
using diagnosis::Surroundings;

namespace {
/// The keychain may take ten seconds, and then nothing is said about keys.
constexpr std::chrono::milliseconds kKeychain{500};

// Waits on the thread of the diagnosis for what was begun elsewhere.
template <class T>
base::Result<T> within(const QFuture<base::Result<T>>& future, QDeadlineTimer deadline)
{
    while (!future.isFinished()) {
        if (deadline.hasExpired())
            return base::fail(ErrorKind::Timeout, Sentence::tr("It took too long."));
        QThread::msleep(5);
    }
    return async::resultOf(future);
}

std::function<base::Result<EndpointAnswer>(QDeadlineTimer)>
endpointOf(remote::RemoteService& remote, const QString& url)
{
    if (url.isEmpty())
        return {};
    const auto status = remote.status(remote::RemoteAddress{{}, url, std::chrono::seconds(10)});
    return [status, url](QDeadlineTimer deadline) -> base::Result<EndpointAnswer> {
        const auto queue = within(status, deadline);
        if (!queue)
            return queue.error();
        EndpointAnswer answer{url, queue->pendingCount, queue->isCapped, {}};
        for (const remote::RemoteQueue::Job& job : queue->jobs)
            answer.jobs.push_back(domain::JobId{job.id});
        return answer;
    };
}

QVector<Surroundings::Schedule> schedulesOf(const schedule::Scheduler& scheduler)
{
    using Kind = schedule::ScheduleOutcome::Kind;
    QVector<Surroundings::Schedule> schedules;
    for (const schedule::Schedule& schedule : scheduler.all()) {
        if (!schedule.enabled)
            continue;
        Surroundings::Schedule seen{schedule.name, 0, {}};
        const auto outcomes = scheduler.outcomes(schedule.id); // newest first
        if (!outcomes.isEmpty() && outcomes.front().kind == Kind::Missed)
            seen.missed = outcomes.front().runs;
        else if (!outcomes.isEmpty() && outcomes.front().kind == Kind::Failed)
            seen.failure = outcomes.front().sentence;
        schedules.push_back(seen);
    }
    return schedules;
}

QVector<Surroundings::Handler> handlersOf(const EngineService& engine)
{
    QVector<Surroundings::Handler> handlers;
    for (const LocalHandler& handler : engine.handlers())
        handlers.push_back({handler.type, handler.problem, handler.file.isEmpty()});
    return handlers;
}

// The types that are run here by asking Claude.
QStringList askingClaude(const EngineService& engine)
{
    QStringList types;
    for (const LocalHandler& handler : engine.handlers()) {
        if (handler.type == domain::kEnrichmentType && handler.file.isEmpty())
            types += handler.type;
    }
    if (engine.pictures().reader == PictureChoices::Reader::Claude)
        types += u"image_extraction"_s;
    return types;
}

// Does not write, but begins to.
base::Status tryToWrite(const db::DatabaseUrl& url, std::chrono::milliseconds deadline)
{
    auto connection = db::Connection::open(url, db::OpenMode::ReadWrite);
    if (!connection)
        return connection.error();
    (*connection)->setDeadline(deadline);
    const auto transaction = db::Transaction::begin(**connection);
    return transaction ? base::Status() : base::Status(transaction.error());
}
} // namespace

DiagnosisService::DiagnosisService(std::shared_ptr<SessionThreads> threads, EngineService& engine,
                                   schedule::Scheduler& schedules)
    : m_threads(std::move(threads))
    , m_engine(engine)
    , m_schedules(schedules)
    , m_remote(std::make_unique<remote::RemoteService>())
{
}

DiagnosisService::~DiagnosisService()
{
    m_remote->cancel();
}

QFuture<base::Result<domain::Diagnosis>> DiagnosisService::run(const Request& request)
{
    const bool isThorough = request.depth == Request::Depth::Thorough;
    Surroundings around;
    around.handlers = handlersOf(m_engine);
    // What the engine knows of keys; a thorough diagnosis asks again.
    for (const Surroundings::Handler& handler : std::as_const(around.handlers)) {
        if (handler.isBuiltIn && !handler.problem.isEmpty())
            around.missingKeys[handler.type] = handler.problem;
    }
    around.schedules = schedulesOf(m_schedules);
    around.isEngineRunning = m_engine.isRunning();
    around.version = QStringLiteral(QUEUEDECK_VERSION);
    const QStringList asking = isThorough ? askingClaude(m_engine) : QStringList();
    QFuture<base::Result<ClaudeInfo>> claude;
    if (!asking.isEmpty())
        claude = m_engine.claude();
    if (isThorough) {
        around.endpoint = endpointOf(*m_remote, request.endpoint);
        if (m_threads->url().dialect == db::Dialect::Sqlite && !m_threads->isReadOnly())
            around.tryToWrite = [url = m_threads->url()](std::chrono::milliseconds deadline) {
                return tryToWrite(url, deadline);
            };
    }
    return m_threads->check([around, asking, claude](store::JobStore& store) mutable {
        if (!asking.isEmpty()) {
            const auto info = within(claude, QDeadlineTimer(kKeychain));
            for (const QString& type : asking) {
                if (info && info->hasKey)
                    around.missingKeys.remove(type);
                else if (info)
                    around.missingKeys[type] =
                        Sentence::tr("It is run by asking Claude, and there is no key for that: %1")
                            .arg(info->key);
            }
        }
        return diagnosis::diagnose(store, around);
    });
}

} // namespace queuedeck::service
