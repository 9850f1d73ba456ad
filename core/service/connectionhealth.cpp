// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/connectionhealth.h"

#include "core/async/taskthread.h"
#include "core/service/storedpassword.h"
#include "core/store/jobstore.h"

#include <QElapsedTimer>

#include <array>
#include <atomic>

using namespace Qt::StringLiterals;

namespace queuedeck::service {

namespace {
using State = ConnectionHealth::State;

constexpr size_t kThreads = 4;
constexpr qint64 kMostCounted = 100'000;
constexpr std::chrono::seconds kPatience(4);

async::TaskThread& nextThread()
{
    db::Connection::makeRegistry();
    static std::array<async::TaskThread, kThreads> threads{
        async::TaskThread("qd-health1"), async::TaskThread("qd-health2"),
        async::TaskThread("qd-health3"), async::TaskThread("qd-health4")};
    static std::atomic<size_t> next = 0;
    return threads[next++ % kThreads];
}

std::optional<domain::MatchCount> count(store::JobStore& store, const QString& filter)
{
    const auto found = store.jobs.count(*domain::JobFilter::parse(filter), kMostCounted);
    return found ? std::optional(*found) : std::nullopt;
}

ConnectionHealth ask(const QString& address)
{
    ConnectionHealth health;
    QElapsedTimer timer;
    timer.start();
    auto url = db::DatabaseUrl::parse(address);
    const auto store = url ? openWithStoredPassword(*url,
                                                    [](const db::DatabaseUrl& tried) {
                                                        return store::JobStore::open(
                                                            tried, db::OpenMode::ReadOnly);
                                                    })
                           : base::Result<std::unique_ptr<store::JobStore>>(url.error());
    health.at = QDateTime::currentDateTimeUtc();
    health.took = std::chrono::milliseconds(timer.elapsed());
    if (!store) {
        const base::Error& error = store.error();
        const bool isSilent = error.kind == base::ErrorKind::Unreachable ||
                              error.kind == base::ErrorKind::Timeout ||
                              (url && url->dialect == db::Dialect::Sqlite);
        health.state = isSilent ? State::NoAnswer : State::Refused;
        health.problem = error.detail;
        return health;
    }
    health.state = State::Answers;
    db::Connection& connection = (*store)->connection();
    health.isPooled = connection.isPooled() && connection.dialect() == db::Dialect::Postgres;
    health.mode = (*store)->shape().mode;
    health.server = (*store)->serverVersion().value_or(QString());
    connection.setDeadline(kPatience);
    health.pending = count(**store, u"status:pending"_s);
    health.failed = count(**store, u"status:failed age<1h"_s);
    return health;
}
} // namespace

QFuture<base::Result<ConnectionHealth>> connectionHealth(const QString& address)
{
    return nextThread().run([address]() -> base::Result<ConnectionHealth> { return ask(address); });
}

} // namespace queuedeck::service
