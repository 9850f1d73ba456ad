// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/engine.h"

#include "core/base/logging.h"
#include "core/engine/settling.h"
#include "core/engine/worker.h"

#include <QCoreApplication>
#include <QRandomGenerator>
#include <QSet>
#include <QSysInfo>

using namespace Qt::StringLiterals;

namespace queuedeck::engine {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {
// Jobs are claimed ahead for about this long: enough to hide a round trip, little to hand back.
constexpr double kAheadMs = 100;
constexpr milliseconds kLongestBackOff{5000};

QString newEngineId()
{
    return u"%1/%2/%3"_s.arg(QSysInfo::machineHostName())
        .arg(QCoreApplication::applicationPid())
        .arg(QRandomGenerator::global()->generate() & 0xFFFFU, 4, 16, QLatin1Char('0'));
}
} // namespace

Engine::Engine(OpenStore openStore, HandlerTable handlers, EngineConfig config,
               const base::Clock& clock)
    : m_openStore(std::move(openStore))
    , m_handlers(std::move(handlers))
    , m_config(std::move(config))
    , m_clock(clock)
    , m_id(newEngineId())
{
}

int Engine::room() const
{
    const int ahead = m_averageRunMs < 0
                          ? 0
                          : int(m_config.concurrency * kAheadMs / std::max(m_averageRunMs, 0.001));
    const int capacity = std::clamp(ahead, m_config.concurrency, m_config.maxBatch);
    int room = capacity - int(m_flights.count());
    if (m_config.maxJobs > 0)
        room = std::min(room, m_config.maxJobs - m_started);
    return room;
}

void Engine::learn(const std::vector<Landing>& landed)
{
    if (landed.empty())
        return;
    double sum = 0;
    for (const Landing& landing : landed)
        sum += std::chrono::duration<double, std::milli>(landing.ran).count();
    const double average = sum / double(landed.size());
    m_averageRunMs = m_averageRunMs < 0 ? average : 0.7 * m_averageRunMs + 0.3 * average;
}

bool Engine::isDone() const
{
    if (m_flights.count() > 0)
        return false;
    return (m_config.maxJobs > 0 && m_started >= m_config.maxJobs)
           || (isBounded() && m_claimedNothing);
}

base::Status Engine::claim(store::JobStore& store)
{
    m_claimedNothing = false;
    const int wanted = room();
    if (wanted <= 0)
        return {};
    // A look first: it needs no write lock, and mostly there is nothing.
    const auto any = store.leases.hasClaimable(m_config.types);
    if (!any)
        return any.error();
    if (*any) {
        const auto claimed = store.leases.claim(m_id, m_config.types, wanted, m_config.lease.ttl);
        if (!claimed)
            return claimed.error();
        m_started += int(claimed->jobs.size());
        m_flights.launch(claimed->token, claimed->jobs);
        m_claimedNothing = claimed->jobs.isEmpty();
    } else {
        m_claimedNothing = true;
    }
    return {};
}

void Engine::count(const store::Settlement& settlement)
{
    if (settlement.refund)
        ++m_report.released;
    else if (settlement.status == domain::JobStatus::Completed)
        ++m_report.completed;
    else
        ++m_report.failed;
}

base::Status Engine::settle(store::JobStore& store, std::vector<Landing> landed)
{
    learn(landed);
    std::vector<Landing> all = std::exchange(m_unsettled, {});
    all.insert(all.end(), std::make_move_iterator(landed.begin()),
               std::make_move_iterator(landed.end()));
    std::map<QString, QVector<store::Settlement>> byToken;
    for (const Landing& landing : all)
        byToken[landing.token] += settlementFor(landing.job, landing.result, landing.startedAt,
                                                m_config.retry,
                                                QRandomGenerator::global()->generateDouble());
    for (const auto& [token, group] : byToken) {
        const auto accepted = store.leases.settle(token, group);
        if (!accepted) {
            if (accepted.error().kind == base::ErrorKind::Unreachable
                || accepted.error().kind == base::ErrorKind::Timeout) {
                m_unsettled = std::move(all); // settling again is harmless: the guard refuses it
                return accepted.error();
            }
            // Nothing will make it acceptable: the lease runs out and the job is tried again.
            qCWarning(lcEngine).noquote() << "settle:" << accepted.error().detail;
            continue;
        }
        const QSet<domain::JobId> ours(accepted->cbegin(), accepted->cend());
        for (const store::Settlement& settlement : group) {
            if (ours.contains(settlement.id)) {
                count(settlement);
            } else {
                ++m_report.overtaken;
                qCInfo(lcEngine).noquote() << settlement.id.value << "overtaken: result refused";
            }
        }
    }
    for (const Landing& landing : all)
        m_flights.settled(landing);
    return {};
}

void Engine::drain(store::JobStore& store)
{
    std::map<QString, QVector<store::Settlement>> back;
    for (const Flight& flight : m_flights.recall())
        back[flight.token] += handBack(flight.job);
    for (const auto& [token, group] : back) {
        if (const auto done = store.leases.settle(token, group); !done)
            qCWarning(lcEngine).noquote() << "hand back:" << done.error().detail;
        else
            m_report.released += int(done->size());
    }
    const auto deadline = steady_clock::now() + m_config.grace;
    bool told = false;
    while (m_flights.count() > 0) {
        const base::Status done = settle(store, m_flights.takeLanded(milliseconds(100)));
        const auto now = steady_clock::now();
        if (!told && now > deadline) {
            m_flights.stopAll(); // the handlers hand their jobs back
            told = true;
        }
        if (now > deadline + m_config.grace || (!done && now > deadline))
            break; // the lease runs out, and another engine frees the job
    }
}

base::Result<EngineReport> Engine::run(std::stop_token stop, const OnSettled& onSettled)
{
    auto opened = m_openStore();
    if (!opened)
        return opened.error();
    store::JobStore& store = **opened;
    LeaseKeeper keeper(m_openStore, m_flights, m_config.lease,
                       {m_id, QSysInfo::machineHostName(), QCoreApplication::applicationPid(),
                        u"running"_s});
    std::vector<std::thread> workers;
    for (int i = 0; i < m_config.concurrency; ++i)
        workers.emplace_back([this] { runWorker(m_flights, m_handlers, m_clock); });
    const std::stop_callback wakeUp(stop, [this] { m_flights.wake(); });

    base::Status status;
    milliseconds backOff{0};
    milliseconds patience{0};
    while (!stop.stop_requested()) {
        std::vector<Landing> landed = m_flights.takeLanded(patience);
        const bool anySettled = !landed.empty();
        status = settle(store, std::move(landed));
        if (status)
            status = claim(store);
        if (anySettled && onSettled)
            onSettled(m_report);
        if (!status) {
            const base::ErrorKind kind = status.error().kind;
            const bool mayPass =
                kind == base::ErrorKind::Unreachable || kind == base::ErrorKind::Timeout;
            if (!mayPass || (isBounded() && backOff >= kLongestBackOff))
                break;
            qCWarning(lcEngine).noquote() << status.error().detail;
            backOff = std::clamp(backOff * 2, milliseconds(250), kLongestBackOff);
            patience = backOff;
            continue;
        }
        backOff = milliseconds(0);
        if (isDone())
            break;
        patience = m_config.poll;
    }
    drain(store);
    m_flights.close();
    for (std::thread& worker : workers)
        worker.join();
    if (onSettled)
        onSettled(m_report);
    if (!status)
        return status.error();
    return m_report;
}

} // namespace queuedeck::engine
