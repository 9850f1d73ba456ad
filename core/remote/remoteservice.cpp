// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/remote/remoteservice.h"

#include "core/async/taskthread.h"
#include "core/remote/remotecall.h"

#include <mutex>

using namespace Qt::StringLiterals;

namespace queuedeck::remote {

using base::ErrorKind;
using base::Result;

namespace {
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
    d.reset(); // waits for the threads, which report progress to this object
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

} // namespace queuedeck::remote
