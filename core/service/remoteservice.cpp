// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/remoteservice.h"

#include "core/async/taskthread.h"
#include "core/service/remotecall.h"

#include <mutex>

using namespace Qt::StringLiterals;

namespace queuedeck::service {

using base::ErrorKind;
using base::Result;

namespace {
const QString kPath = u"/api/jobs/process"_s;

ErrorKind kindOf(RemoteVerdict verdict)
{
    switch (verdict) {
    case RemoteVerdict::Refused:
    case RemoteVerdict::Unsafe: return ErrorKind::Denied;
    case RemoteVerdict::NotThere: return ErrorKind::NotFound;
    case RemoteVerdict::NoAnswer: return ErrorKind::Timeout;
    case RemoteVerdict::NotUnderstood: return ErrorKind::Unsupported;
    case RemoteVerdict::Cancelled: return ErrorKind::Cancelled;
    default: return ErrorKind::Unreachable; // may work later
    }
}
} // namespace

base::Error RemoteReport::error() const
{
    return base::fail(kindOf(verdict), sentence);
}

class RemoteService::Private
{
public:
    explicit Private(Count counting)
        : count(std::move(counting))
    {
    }

    std::stop_token token()
    {
        const std::lock_guard lock(mutex);
        return stop.get_token();
    }

    const Count count;
    std::mutex mutex; ///< guards `stop`
    std::stop_source stop;
    async::TaskThread calls{"qd-remote"};
    async::TaskThread looks{"qd-remote-look"};
};

RemoteService::RemoteService(Count count, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(std::move(count)))
{
    qRegisterMetaType<RemoteReport>();
}

RemoteService::~RemoteService()
{
    cancel();
    d.reset(); // waits for the threads, which tell this object of their progress
}

QFuture<Result<RemoteReport>> RemoteService::trigger(const RemoteAddress& address, int maxJobs)
{
    return d->calls.run([this, address, maxJobs, stop = d->token()] {
        return RemoteCall(address, d->count, stop, tellProgress()).trigger(maxJobs);
    });
}

QFuture<Result<RemoteReport>> RemoteService::drain(const RemoteAddress& address, int maxJobsACall)
{
    return d->calls.run([this, address, maxJobsACall, stop = d->token()] {
        return RemoteCall(address, d->count, stop, tellProgress()).drain(maxJobsACall);
    });
}

QFuture<Result<RemoteQueue>> RemoteService::status(const RemoteAddress& address)
{
    return d->looks.run([this, address, stop = d->token()] {
        return RemoteCall(address, d->count, stop, tellProgress()).status();
    });
}

std::function<void(const RemoteReport&)> RemoteService::tellProgress()
{
    return [this](const RemoteReport& soFar) {
        QMetaObject::invokeMethod(
            this, [this, soFar] { Q_EMIT progressed(soFar); }, Qt::QueuedConnection);
    };
}

void RemoteService::cancel()
{
    const std::lock_guard lock(d->mutex);
    d->stop.request_stop();
    d->stop = std::stop_source();
}

Result<QString> RemoteService::endpointUrl(const QString& text)
{
    QUrl url(text.trimmed(), QUrl::StrictMode);
    const QString scheme = url.scheme().toLower();
    if (!url.isValid() || url.host().isEmpty() || (scheme != "http"_L1 && scheme != "https"_L1))
        return base::fail(ErrorKind::Invalid,
                          u"The address of an endpoint is written as https://app.example or "
                          "https://app.example/api/jobs/process."_s);
    if (!url.userInfo().isEmpty())
        return base::fail(ErrorKind::Denied,
                          u"The address of the endpoint holds a user name or password. Leave it "
                          "out; the key is kept apart."_s);
    if (scheme == "http"_L1 && !net::isLoopback(url))
        return base::fail(ErrorKind::Denied,
                          u"%1 is another computer, and over http the key would cross the network "
                          "in the clear. Use https."_s.arg(url.host()));
    url.setFragment({});
    if (url.path().isEmpty() || url.path() == "/"_L1)
        url.setPath(kPath);
    return url.toString(QUrl::FullyEncoded);
}

Result<QString> RemoteService::keptUrl(const QString& text)
{
    auto url = endpointUrl(text);
    if (url && QUrl(*url).hasQuery())
        return base::fail(
            ErrorKind::Invalid,
            u"The address of the endpoint goes without what follows the question mark; "
            "the number of jobs is set apart."_s);
    return url;
}

QString RemoteService::urlOfEnvironment()
{
    const QString own = qEnvironmentVariable("QUEUEDECK_ENDPOINT_URL");
    return own.isEmpty() ? qEnvironmentVariable("NEXT_PUBLIC_APP_URL") : own;
}

} // namespace queuedeck::service
