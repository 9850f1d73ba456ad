// SPDX-License-Identifier: GPL-3.0-or-later
// How the window's tests wait for a service and open a database.
#pragma once

#include "core/async/deliver.h"
#include "core/service/session.h"

#include <QTest>

namespace queuedeck::tests {

/// Waits for a future while the event loop runs; a minute at most.
template <class T>
base::Result<T> waitFor(const QFuture<base::Result<T>>& future)
{
    if (!QTest::qWaitFor([&future] { return future.isFinished(); }, 60'000))
        qFatal("A future did not finish within a minute.");
    return async::resultOf(future);
}

/// The same for an operation that must succeed: returns the value itself.
template <class T>
T await(const QFuture<base::Result<T>>& future)
{
    auto result = waitFor(future);
    if (!result)
        qFatal("%s", qPrintable(result.error().detail));
    return *result;
}

/// A type that nothing runs here, and a payload that fits it: such jobs stay as they are.
inline constexpr QLatin1StringView kReport("report_generation");
inline const QByteArray kReportPayload = QByteArrayLiteral(R"({"reportType":"weekly"})");

/// A session on a database that must open.
inline std::shared_ptr<service::Session> openSession(const service::Session::Options& options)
{
    return std::make_shared<service::Session>(await(service::Session::open(options)));
}

/// A session on a SQLite file, which is created if it does not exist.
inline std::shared_ptr<service::Session> openAt(const QString& path)
{
    return openSession({QStringLiteral("sqlite:") + path, true, false});
}

} // namespace queuedeck::tests
