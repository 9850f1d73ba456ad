// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/async/taken.h"

#include <QFutureWatcher>

namespace queuedeck::async {

/// Calls `then(Result<T>)` on the receiver's thread once `future` has finished; the result is the
/// receiver's alone (see taken.h). The watcher is a child of the receiver: receiver gone, no call.
/// A future without a result (its job never ran) arrives as Cancelled. This is the only way a
/// widget waits for anything.
///
/// Returns the watcher, for its progress signals and cancel(); it deletes itself after the call.
template <class T, class Then>
QFutureWatcher<base::Result<T>>* deliver(const QFuture<base::Result<T>>& future, QObject* receiver,
                                         Then then)
{
    auto* watcher = new QFutureWatcher<base::Result<T>>(receiver);
    QObject::connect(watcher, &QFutureWatcherBase::finished, receiver,
                     [watcher, then = std::move(then)]() mutable {
                         watcher->deleteLater();
                         then(taken(watcher->future()));
                     });
    watcher->setFuture(future);
    return watcher;
}

} // namespace queuedeck::async
