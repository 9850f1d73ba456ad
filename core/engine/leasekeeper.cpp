// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/leasekeeper.h"

#include "core/base/logging.h"

#include <QRandomGenerator>

namespace queuedeck::engine {

using std::chrono::steady_clock;

LeaseKeeper::LeaseKeeper(OpenStore openStore, Flights& flights, LeaseTimes times,
                         store::EngineSign sign)
    : m_openStore(std::move(openStore))
    , m_flights(flights)
    , m_times(times)
    , m_sign(std::move(sign))
    , m_thread([this] { loop(); })
{
}

LeaseKeeper::~LeaseKeeper()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

void LeaseKeeper::beat(store::JobStore& store)
{
    const auto asked = steady_clock::now();
    const QVector<store::HeldJob> held = m_flights.held();
    if (!held.isEmpty()) {
        const auto kept = store.leases.heartbeat(held, m_times.ttl);
        if (!kept) {
            qCWarning(lcEngine).noquote() << "heartbeat:" << kept.error().detail;
            return;
        }
        m_flights.keepOnly(held, *kept);
    }
    m_lastGood = asked;
    if (const base::Status seen = store.leases.engineSeen(m_sign); !seen)
        qCWarning(lcEngine).noquote() << "sign of life:" << seen.error().detail;
}

void LeaseKeeper::loop()
{
    std::unique_ptr<store::JobStore> store;
    auto nextBeat = steady_clock::now();
    auto nextRescue = nextBeat;
    std::unique_lock lock(m_mutex);
    while (!m_stopping) {
        lock.unlock();
        if (!store) {
            if (auto opened = m_openStore())
                store = std::move(*opened);
            else
                qCWarning(lcEngine).noquote() << "lease keeper:" << opened.error().detail;
        }
        const auto now = steady_clock::now();
        if (store && now >= nextBeat) {
            beat(*store);
            nextBeat = now + m_times.heartbeat;
        }
        if (store && now >= nextRescue) {
            const auto freed = store->leases.rescue();
            if (!freed)
                qCWarning(lcEngine).noquote() << "rescue:" << freed.error().detail;
            else if (!freed->isEmpty())
                m_flights.wake();
            const double jitter = 0.75 + 0.5 * QRandomGenerator::global()->generateDouble();
            nextRescue = now + std::chrono::milliseconds(qint64(m_times.rescue.count() * jitter));
        }
        if (steady_clock::now() - m_lastGood > m_times.ttl * 2 / 3)
            m_flights.stopAll();
        lock.lock();
        const auto next = store ? std::min(nextBeat, nextRescue)
                                : steady_clock::now() + std::chrono::seconds(1);
        m_wake.wait_until(lock, next, [this] { return m_stopping; });
    }
    lock.unlock();
    if (store)
        (void)store->leases.engineGone(m_sign.id); // a dead engine's sign grows old by itself
}

} // namespace queuedeck::engine
