// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/alerts/webhook.h"

#include "core/alerts/webhookmessage.h"
#include "core/async/taskthread.h"
#include "core/base/clock.h"
#include "core/net/httpclient.h"
#include "core/net/retryafter.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace queuedeck::alerts {

using base::ErrorKind;
using base::fail;
using base::Result;
using base::Sentence;

namespace {
constexpr std::chrono::seconds kDeadline = 10s;
constexpr std::chrono::seconds kLongestPause = 15min;

QUrl urlOf(const base::Secret& address)
{
    return QUrl(QString::fromUtf8(address.reveal()), QUrl::StrictMode);
}

// What net says may contain the whole address.
Sentence sentenceOf(const net::HttpError& error, const QUrl& url)
{
    const QString host = url.host();
    using Fault = net::HttpFault;
    switch (error.fault) {
    case Fault::NoSuchHost: return Sentence::tr("There is no host %1.").arg(host);
    case Fault::Refused: return Sentence::tr("%1 refused the connection.").arg(host);
    case Fault::TimedOut:
        return Sentence::tr("No answer from %1 within %2 s.").arg(host, qint64(kDeadline.count()));
    case Fault::Redirected:
        return Sentence::tr("%1 leads to another address (%2). Nothing is sent there.")
            .arg(host, error.status);
    case Fault::NotHttp: return Sentence::tr("What %1 answered is not HTTP.").arg(host);
    case Fault::Broken: return Sentence::tr("%1 ended the connection without an answer.").arg(host);
    case Fault::Cancelled: return Sentence::tr("It was stopped.");
    case Fault::TlsWrongHost:
    case Fault::TlsExpired:
    case Fault::TlsNotYetValid:
    case Fault::TlsSelfSigned:
    case Fault::TlsUntrusted:
    case Fault::TlsOther:
        return Sentence::tr("The certificate of %1 is not trusted. Nothing was sent.").arg(host);
    case Fault::NotAllowed:
    case Fault::Unreachable:
    case Fault::TooLarge: break;
    }
    return Sentence::tr("%1 cannot be reached.").arg(host);
}

Result<WebhookAnswer> sendNow(const WebhookTarget& target, const QByteArray& body,
                              const QString& id, const std::stop_token& stop)
{
    const QUrl url = urlOf(target.address);
    if (const base::Status good = checkWebhookAddress(QString::fromUtf8(target.address.reveal()));
        !good)
        return good.error();
    net::HttpRequest request{"POST", url};
    const qint64 now = base::Clock::system().now().toSecsSinceEpoch();
    request.headers = {{"content-type", "application/json; charset=utf-8"},
                       {"user-agent", "queuedeck/" QUEUEDECK_VERSION},
                       {"x-queuedeck-delivery", id.toLatin1()},
                       {"x-queuedeck-timestamp", QByteArray::number(now)}};
    if (!target.key.isEmpty())
        request.headers += {"x-queuedeck-signature", webhookSignature(target.key, now, body)};
    request.body = body;
    request.connectWithin = kDeadline;
    request.deadline = kDeadline;
    request.mostBytes = 64 * 1024;
    request.stop = stop;
    const auto answer = net::HttpClient().send(request);
    if (!answer)
        return fail(answer.error().fault == net::HttpFault::Cancelled ? ErrorKind::Cancelled
                                                                      : ErrorKind::Unreachable,
                    sentenceOf(answer.error(), url));
    return WebhookAnswer{answer->status, net::retryAfter(*answer, base::Clock::system().now())};
}
} // namespace

base::Status checkWebhookAddress(const QString& address)
{
    const QUrl url(address.trimmed(), QUrl::StrictMode);
    if (address.trimmed().isEmpty())
        return fail(ErrorKind::Invalid, Sentence::tr("Enter the address of the webhook."));
    if (!url.isValid() || url.host().isEmpty() ||
        (url.scheme() != "https"_L1 && url.scheme() != "http"_L1))
        return fail(ErrorKind::Invalid,
                    Sentence::tr("This is no address of a webhook: it begins with https://"));
    if (!url.userInfo().isEmpty())
        return fail(ErrorKind::Invalid,
                    Sentence::tr("The address of a webhook holds no user and no password."));
    if (url.scheme() == "http"_L1 && !net::isLoopback(url))
        return fail(ErrorKind::Invalid, Sentence::tr("%1 is on another computer, so the address "
                                                     "must begin with https://")
                                            .arg(url.host()));
    return {};
}

QString webhookHost(const QString& address)
{
    return QUrl(address.trimmed()).host();
}

Webhook::Webhook()
    : m_thread(std::make_unique<async::TaskThread>("qd-webhook"))
{
}

Webhook::~Webhook()
{
    m_stop.request_stop();
    m_thread.reset();
}

QFuture<Result<WebhookAnswer>> Webhook::send(const WebhookTarget& target, const QByteArray& body,
                                             const QString& id)
{
    return m_thread->run(
        [target, body, id, stop = m_stop.get_token()] { return sendNow(target, body, id, stop); });
}

std::chrono::seconds webhookPause(int failures, std::optional<std::chrono::seconds> asked)
{
    constexpr int kMostDoublings = 8;
    const std::chrono::seconds usual = std::min<std::chrono::seconds>(
        5s * (1 << std::clamp(failures - 1, 0, kMostDoublings)), kLongestPause);
    return asked ? std::clamp(*asked, usual, kLongestPause) : usual;
}

} // namespace queuedeck::alerts
