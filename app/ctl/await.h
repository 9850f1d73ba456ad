// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/async/deliver.h"

#include <QEventLoop>

namespace queuedeck::ctl {

/// Waits for a service's answer. A command has nothing else to do meanwhile, but system signals and
/// the engine's signals are still delivered.
template <class T>
base::Result<T> await(const QFuture<base::Result<T>>& future)
{
    if (!future.isFinished()) {
        QEventLoop loop;
        QFutureWatcher<base::Result<T>> watcher;
        QObject::connect(&watcher, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
        watcher.setFuture(future);
        loop.exec();
    }
    return async::resultOf(future);
}

} // namespace queuedeck::ctl
