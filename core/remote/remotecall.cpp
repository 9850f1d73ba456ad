// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/remote/remotecall.h"

#include "core/async/deliver.h"
#include "core/base/clock.h"
#include "core/net/retryafter.h"
#include "core/remote/endpointaddress.h"
#include "core/remote/remotequeue.h"
#include "core/secrets/secretstore.h"

#include <QLocale>
#include <QUrlQuery>

#include <thread>

using namespace Qt::StringLiterals;

namespace queuedeck::remote {

using base::Result;
using base::Sentence;

namespace {
constexpr std::chrono::seconds kTellEvery{1};
constexpr std::chrono::seconds kMostWait{600}; // the longest Retry-After that a drain honours
constexpr std::chrono::milliseconds kTick{50};
constexpr int kMostPutOff = 10;
// The endpoint stops at the first job that fails, which is again the oldest until its three
// attempts are used. So pending may stay the same for two calls although all is well.
constexpr int kCallsWithoutFall = 3;

// Statuses that may say when to retry: too many calls, one already running, a server in trouble.
bool isPuttingOff(int status)
{
    return status == 429 || status == 409 || status == 503;
}

QString count(qint64 number)
{
    return QLocale(QLocale::English).toString(number);
}
} // namespace

RemoteCall::RemoteCall(const RemoteAddress& address, RemoteService::Count count,
                       std::stop_token stop, OnProgress onProgress)
    : m_address(address)
    , m_count(std::move(count))
    , m_stop(std::move(stop))
    , m_onProgress(std::move(onProgress))
{
}

base::Status RemoteCall::prepare()
{
    const auto url = endpointUrl(m_address.url);
    if (!url)
        return url.error();
    m_url = QUrl(*url);
    auto reading = secrets::SecretStore::shared().read(secrets::Entry::processorKey(m_url));
    reading.waitForFinished();
    const auto found = async::resultOf(reading);
    if (!found)
        return found.error();
    m_key = found->secret;
    if (m_key.isEmpty())
        return base::fail(
            base::ErrorKind::Denied,
            Sentence::tr("There is no key for %1. Set one, or put it into JOB_PROCESSOR_API_KEY. "
                         "Nothing was sent.")
                .arg(*url));
    return {};
}

RemoteReply RemoteCall::send(const QByteArray& method, int maxJobs,
                             const std::function<void()>& whileWaiting)
{
    net::HttpRequest request{method, m_url};
    if (maxJobs > 0) {
        QUrlQuery query(m_url);
        query.removeAllQueryItems(u"maxJobs"_s);
        query.addQueryItem(u"maxJobs"_s, QString::number(maxJobs));
        request.url.setQuery(query);
    }
    request.secretHeaders = {{"x-api-key", m_key}};
    request.deadline = m_address.timeout;
    request.stop = m_stop;
    request.whileWaiting = whileWaiting;
    RemoteReply reply{net::HttpClient().send(request), m_key};
    if (reply.answer)
        reply.retryAfter = net::retryAfter(*reply.answer, base::Clock::system().now());
    return reply;
}

std::optional<qint64> RemoteCall::counted(RemoteService::Counted what)
{
    if (!m_count)
        return {};
    auto counting = m_count(what);
    counting.waitForFinished();
    const auto count = async::resultOf(counting);
    return count ? std::optional(*count) : std::nullopt;
}

void RemoteCall::begin()
{
    m_completedBefore = counted(RemoteService::Counted::Completed);
    m_failedBefore = counted(RemoteService::Counted::Failed);
    m_total.pendingBefore = m_total.pendingAfter = pending();
}

// An endpoint may not count failures, or not those after which it stops; the changes in the
// database include all of them. Returns a sentence if the two differ.
Sentence RemoteCall::correct(RemoteReport& report)
{
    const auto since = [this](RemoteService::Counted what, const std::optional<qint64>& before) {
        const auto now = before ? counted(what) : std::nullopt;
        return now ? std::optional(*now - *before) : std::nullopt;
    };
    report.completedInDatabase = since(RemoteService::Counted::Completed, m_completedBefore);
    report.failedInDatabase = since(RemoteService::Counted::Failed, m_failedBefore);
    if (!report.failedInDatabase || !report.completedInDatabase ||
        *report.failedInDatabase <= report.failed)
        return {};
    const Sentence said = Sentence::tr("%1 processed and %2 failed")
                              .arg(count(report.processed), count(report.failed));
    report.processed = std::max<qint64>(0, *report.completedInDatabase);
    report.failed = *report.failedInDatabase;
    return Sentence::tr(" The endpoint itself says %1; these figures are what changed in the "
                        "database meanwhile.")
        .arg(said);
}

bool RemoteCall::isAllDead()
{
    const auto dead = counted(RemoteService::Counted::Dead);
    return dead && *dead > 0 && dead == pending();
}

// Jobs without attempts left stay pending forever, which is no reason to doubt the endpoint.
void RemoteCall::explainNoFall(RemoteReport& report)
{
    const auto dead = counted(RemoteService::Counted::Dead);
    if (report.verdict != RemoteVerdict::NoFall || !dead || *dead == 0 || !report.pendingAfter)
        return;
    const Sentence retry = Sentence::tr(" Retry gives them new ones.");
    if (*dead >= *report.pendingAfter)
        report.sentence =
            (*dead == 1
                 ? Sentence::tr(
                       "The one pending job has used up its attempts, so no processor takes it.")
                 : Sentence::tr(
                       "All %1 pending jobs have used up their attempts, so no processor takes "
                       "them.")
                       .arg(count(*dead))) +
            (*dead == 1 ? Sentence::tr(" Retry gives it new ones.") : retry);
    else
        report.sentence =
            Sentence::tr("The call succeeded, but pending did not fall: %1 of %2 pending jobs have "
                         "used up their attempts, so no processor takes them.")
                .arg(count(*dead), count(*report.pendingAfter)) +
            retry;
}

RemoteReport RemoteCall::post(int maxJobs, std::optional<qint64> before)
{
    RemoteReport report;
    report.pendingBefore = report.pendingAfter = before;
    report.calls = 1;
    report.sentence = Sentence::tr("Waiting for the endpoint.");
    QFuture<Result<qint64>> counting;
    auto told = std::chrono::steady_clock::now();
    const RemoteReply reply = send("POST", maxJobs, [&] {
        if (counting.isValid() && counting.isFinished()) {
            if (const auto counted = async::resultOf(counting))
                report.pendingAfter = *counted;
            counting = {};
            RemoteReport soFar = m_total;
            soFar.calls += 1;
            soFar.pendingAfter = report.pendingAfter;
            soFar.sentence = report.sentence;
            m_onProgress(soFar);
        }
        const auto now = std::chrono::steady_clock::now();
        if (!m_count || counting.isValid() || now - told < kTellEvery)
            return;
        told = now;
        counting = m_count(RemoteService::Counted::Pending);
    });
    const bool isSent = reply.answer || reply.answer.error().isSent;
    if (isSent) {
        if (const auto after = pending())
            report.pendingAfter = after;
    } else {
        report.calls = 0;
    }
    m_retryAfter = reply.retryAfter;
    judge(reply, report);
    return report;
}

Result<RemoteReport> RemoteCall::trigger(int maxJobs)
{
    if (const base::Status ready = prepare(); !ready)
        return ready.error();
    begin();
    RemoteReport report = post(maxJobs, m_total.pendingBefore);
    explainNoFall(report);
    if (!report.isSuccess())
        return report;
    const Sentence difference = correct(report);
    if (report.verdict == RemoteVerdict::Done)
        report.sentence = doneSentence(report);
    report.sentence += difference;
    return report;
}

void RemoteCall::add(const RemoteReport& call)
{
    m_total.verdict = call.verdict;
    m_total.httpStatus = call.httpStatus;
    m_total.processed += call.processed;
    m_total.failed += call.failed;
    m_total.calls += call.calls;
    if (!m_total.startTime.isValid())
        m_total.startTime = call.startTime;
    if (call.endTime.isValid())
        m_total.endTime = call.endTime;
    if (!call.message.isEmpty())
        m_total.message = call.message;
    m_total.pendingAfter = call.pendingAfter;
    m_total.sentence = call.sentence;
    m_total.answerText = call.answerText;
}

// Whether the drain should make another call; waits if the endpoint asks for it.
bool RemoteCall::mayGoOn(const RemoteReport& call)
{
    if (isPuttingOff(call.httpStatus) && m_retryAfter && *m_retryAfter <= kMostWait &&
        ++m_callsPutOff <= kMostPutOff) {
        m_total.verdict = RemoteVerdict::Running;
        m_total.sentence =
            Sentence::tr("%1 (%2). Next try in %3 s, as the endpoint asked.")
                .arg(call.httpStatus == 429   ? Sentence::tr("Too many calls")
                     : call.httpStatus == 409 ? Sentence::tr("The endpoint is busy")
                                              : Sentence::tr("The endpoint is not available"))
                .arg(call.httpStatus)
                .arg(m_retryAfter->count());
        m_onProgress(m_total);
        return waitFor(*m_retryAfter);
    }
    if (!call.isSuccess())
        return false;
    m_callsPutOff = 0;
    if (call.pendingAfter == 0)
        return false;
    const bool isFalling = call.pendingBefore && call.pendingAfter
                               ? *call.pendingAfter < *call.pendingBefore
                               : call.processed > 0;
    m_callsWithoutFall = isFalling ? 0 : m_callsWithoutFall + 1;
    if (!isFalling && isAllDead())
        return false;
    return m_callsWithoutFall < kCallsWithoutFall && !m_stop.stop_requested();
}

bool RemoteCall::waitFor(std::chrono::seconds time)
{
    const auto until = std::chrono::steady_clock::now() + time;
    while (std::chrono::steady_clock::now() < until) {
        if (m_stop.stop_requested()) {
            m_total.verdict = RemoteVerdict::Cancelled;
            m_total.sentence = Sentence::tr("Cancelled while waiting, as the endpoint asked.");
            return false;
        }
        std::this_thread::sleep_for(kTick);
    }
    return true;
}

Result<RemoteReport> RemoteCall::drain(int maxJobs)
{
    if (const base::Status ready = prepare(); !ready)
        return ready.error();
    begin();
    for (;;) {
        const RemoteReport call = post(maxJobs, m_total.pendingAfter);
        add(call);
        if (!mayGoOn(call))
            break;
        RemoteReport soFar = m_total;
        soFar.verdict = RemoteVerdict::Running;
        m_onProgress(soFar);
    }
    if (!m_total.isSuccess())
        return m_total;
    const auto& before = m_total.pendingBefore;
    const auto& after = m_total.pendingAfter;
    const bool hasFallen = before && after && *after < *before;
    if (before && after && !hasFallen && *before > 0) {
        explainNoFall(m_total); // else keep the last call's sentence
        m_total.sentence += correct(m_total);
        return m_total;
    }
    RemoteReport rest = m_total; // what is still pending, and why
    rest.verdict = RemoteVerdict::NoFall;
    rest.sentence.clear();
    if (m_callsWithoutFall > 0)
        explainNoFall(rest);
    m_total.verdict = RemoteVerdict::Done;
    const Sentence difference = correct(m_total);
    const Sentence calls = m_total.calls == 1 ? Sentence::tr("1 call")
                                              : Sentence::tr("%1 calls").arg(count(m_total.calls));
    Sentence done = Sentence::tr("%1: processed %2 jobs, %3 failed.")
                        .arg(calls, count(m_total.processed), count(m_total.failed));
    if (hasFallen)
        done += Sentence::tr(" Pending went from %1 to %2").arg(count(*before), count(*after)) +
                (m_callsWithoutFall > 0 && rest.sentence.isEmpty()
                     ? Sentence::tr(" and then did not fall any more.")
                     : Sentence(u"."_s));
    if (!rest.sentence.isEmpty())
        done += u" "_s + rest.sentence;
    m_total.sentence = done + difference;
    return m_total;
}

Result<RemoteQueue> RemoteCall::status()
{
    if (const base::Status ready = prepare(); !ready)
        return ready.error();
    const RemoteReply reply = send("GET", 0, {});
    if (reply.answer && reply.answer->status == 200) {
        if (auto queue = readQueue(*reply.answer)) {
            queue->pendingInDatabase = pending();
            queue->deadInDatabase = counted(RemoteService::Counted::Dead);
            queue->oddInDatabase = counted(RemoteService::Counted::Odd);
            queue->sentence = queueSentence(*queue);
            return *queue;
        }
    }
    RemoteReport report;
    judgeFailure(reply, false, report);
    return report.error();
}

} // namespace queuedeck::remote
