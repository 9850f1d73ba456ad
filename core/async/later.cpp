// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/async/later.h"

#include <QCoreApplication>
#include <QTimer>

namespace queuedeck::async {

void later(std::chrono::milliseconds wait, std::function<void()> go)
{
    QCoreApplication* const application = QCoreApplication::instance();
    if (!application)
        return;
    // A timer needs a thread of Qt's, which the caller's may not be.
    QMetaObject::invokeMethod(application, [application, wait, go = std::move(go)] {
        QTimer::singleShot(wait, application, go);
    });
}

} // namespace queuedeck::async
