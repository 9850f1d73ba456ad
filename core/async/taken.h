// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QFuture>

namespace queuedeck::async {

/// The result of a finished future, moved out of it; Cancelled when its job never ran. Every
/// receiver takes and none copies: the thread that did the job holds the future a moment longer,
/// and what a copy left there would die on that thread, in its own time.
template <class T>
base::Result<T> taken(QFuture<base::Result<T>> future)
{
    if (future.resultCount() == 0)
        return base::fail(base::ErrorKind::Cancelled, QStringLiteral("It was not run."));
    return future.takeResult();
}

} // namespace queuedeck::async
