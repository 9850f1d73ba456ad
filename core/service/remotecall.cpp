// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/remotecall.h"

#include "core/async/taken.h"
#include "core/base/clock.h"
#include "core/service/keyservice.h"
#include "core/service/remotequeue.h"

#include <QLocale>
#include <QUrlQuery>

#include <thread>

using namespace Qt::StringLiterals;

namespace queuedeck::service {

using base::Result;

namespace {
constexpr std::chrono::seconds kTellEvery{1};
constexpr std::chrono::seconds kMostWait{600}; // of a Retry-After that a drain obeys
constexpr std::chrono::milliseconds kTick{50};
constexpr int kMostTooMany = 10;
// The endpoint stops at the first job that fails, and that is the oldest again until its three
// attempts are spent. So two calls may pass without a fall while all is well.
constexpr int kCallsWithoutFall = 3;

QString count(qint64 number)
{
    return QLocale(QLocale::English).toString(number);
}
} // namespace

RemoteCall::RemoteCall(const RemoteAddress& address, RemoteService::PendingCount countPending,
                       std::stop_token stop, Tell tell)
    : m_address(address)
    , m_countPending(std::move(countPending))
    , m_stop(std::move(stop))
    , m_tell(std::move(tell))
{
}

base::Status RemoteCall::prepare()
{
    const auto url = RemoteService::endpointUrl(m_address.url);
    if (!url)
        return url.error();
    m_url = QUrl(*url);
    auto revealing = KeyService().reveal({KeyPurpose::Kind::ProcessorKey, *url});
    revealing.waitForFinished();
    const auto key = async::taken(revealing);
    if (!key)
        return key.error();
    m_key = *key;
    if (m_key.isEmpty())
        return base::fail(base::ErrorKind::Denied,
                          u"There is no key for %1. Set one, or put it into JOB_PROCESSOR_API_KEY. "
                          "Nothing was sent."_s.arg(*url));
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
    if (reply.answer && reply.answer->status == 429)
        reply.retryAfter = retryAfterOf(*reply.answer, base::Clock::system().now());
    return reply;
}

std::optional<qint64> RemoteCall::pending()
{
    if (!m_countPending)
        return {};
    auto counting = m_countPending();
    counting.waitForFinished();
    const auto counted = async::taken(counting);
    return counted ? std::optional(*counted) : std::nullopt;
}

RemoteReport RemoteCall::post(int maxJobs, std::optional<qint64> before)
{
    RemoteReport report;
    report.pendingBefore = report.pendingAfter = before;
    report.calls = 1;
    report.sentence = u"Waiting for the endpoint."_s;
    QFuture<Result<qint64>> counting;
    auto told = std::chrono::steady_clock::now();
    const RemoteReply reply = send("POST", maxJobs, [&] {
        if (counting.isValid() && counting.isFinished()) {
            if (const auto counted = async::taken(counting))
                report.pendingAfter = *counted;
            counting = {};
            RemoteReport soFar = m_total;
            soFar.calls += 1;
            soFar.pendingAfter = report.pendingAfter;
            soFar.sentence = report.sentence;
            m_tell(soFar);
        }
        const auto now = std::chrono::steady_clock::now();
        if (!m_countPending || counting.isValid() || now - told < kTellEvery)
            return;
        told = now;
        counting = m_countPending();
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
    m_total.pendingBefore = m_total.pendingAfter = pending();
    return post(maxJobs, m_total.pendingBefore);
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

// Whether the drain is to call again after this one; waits when the endpoint asks for it.
bool RemoteCall::mayGoOn(const RemoteReport& call)
{
    if (call.verdict == RemoteVerdict::TooMany && m_retryAfter && *m_retryAfter <= kMostWait &&
        ++m_callsTooMany <= kMostTooMany) {
        m_total.verdict = RemoteVerdict::Running;
        m_total.sentence = u"Too many calls (429). Next try in %1 s, as the endpoint asked."_s.arg(
            m_retryAfter->count());
        m_tell(m_total);
        return waitFor(*m_retryAfter);
    }
    if (!call.isSuccess())
        return false;
    m_callsTooMany = 0;
    if (call.pendingAfter == 0)
        return false;
    const bool isFalling = call.pendingBefore && call.pendingAfter
                               ? *call.pendingAfter < *call.pendingBefore
                               : call.processed > 0;
    m_callsWithoutFall = isFalling ? 0 : m_callsWithoutFall + 1;
    return m_callsWithoutFall < kCallsWithoutFall && !m_stop.stop_requested();
}

bool RemoteCall::waitFor(std::chrono::seconds time)
{
    const auto until = std::chrono::steady_clock::now() + time;
    while (std::chrono::steady_clock::now() < until) {
        if (m_stop.stop_requested()) {
            m_total.verdict = RemoteVerdict::Cancelled;
            m_total.sentence = u"Cancelled while waiting, as the endpoint asked."_s;
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
    m_total.pendingBefore = m_total.pendingAfter = pending();
    for (;;) {
        const RemoteReport call = post(maxJobs, m_total.pendingAfter);
        add(call);
        if (!mayGoOn(call))
            break;
        RemoteReport soFar = m_total;
        soFar.verdict = RemoteVerdict::Running;
        m_tell(soFar);
    }
    if (!m_total.isSuccess())
        return m_total;
    const QString calls =
        m_total.calls == 1 ? u"1 call"_s : u"%1 calls"_s.arg(count(m_total.calls));
    const QString done = u"%1: processed %2 jobs, %3 failed."_s.arg(calls, count(m_total.processed),
                                                                    count(m_total.failed));
    const auto& before = m_total.pendingBefore;
    const auto& after = m_total.pendingAfter;
    const bool hasFallen = before && after && *after < *before;
    if (before && after && !hasFallen && *before > 0)
        return m_total; // as the last call said
    m_total.verdict = RemoteVerdict::Done;
    m_total.sentence = done;
    if (hasFallen)
        m_total.sentence +=
            u" Pending went from %1 to %2"_s.arg(count(*before), count(*after)) +
            (m_callsWithoutFall > 0 ? u" and then did not fall any more."_s : u"."_s);
    return m_total;
}

Result<RemoteQueue> RemoteCall::status()
{
    if (const base::Status ready = prepare(); !ready)
        return ready.error();
    const RemoteReply reply = send("GET", 0, {});
    if (reply.answer && reply.answer->status == 200) {
        if (auto queue = readQueue(reply.answer->body)) {
            queue->pendingInDatabase = pending();
            queue->sentence = queueSentence(*queue);
            return *queue;
        }
    }
    RemoteReport report;
    judgeFailure(reply, false, report);
    return report.error();
}

} // namespace queuedeck::service
