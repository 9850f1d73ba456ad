// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QFuture>
#include <QFutureWatcher>

namespace queuedeck::async {

/// The result of a finished future; Cancelled if its job never ran. Results are values that may be
/// copied and destroyed on any thread: objects with thread affinity are made by the receiver.
template <class T>
base::Result<T> resultOf(const QFuture<base::Result<T>>& future)
{
    if (future.resultCount() == 0)
        return base::fail(base::ErrorKind::Cancelled, QStringLiteral("It was not run."));
    return future.result();
}

/// Calls `then(Result<T>)` on the receiver's thread once `future` has finished. The watcher is a
/// child of the receiver: no call once the receiver is gone. A future without a result (its job
/// never ran) arrives as Cancelled. This is the only way a widget waits for anything.
///
/// Returns the watcher, for progress signals and cancel(); it deletes itself after the call.
template <class T, class Then>
QFutureWatcher<base::Result<T>>* deliver(const QFuture<base::Result<T>>& future, QObject* receiver,
                                         Then then)
{
    auto* watcher = new QFutureWatcher<base::Result<T>>(receiver);
    QObject::connect(watcher, &QFutureWatcherBase::finished, receiver,
                     [watcher, then = std::move(then)]() mutable {
                         watcher->deleteLater();
                         then(resultOf(watcher->future()));
                     });
    watcher->setFuture(future);
    return watcher;
}

} // namespace queuedeck::async
