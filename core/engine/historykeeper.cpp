// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/historykeeper.h"

#include "core/base/logging.h"

namespace queuedeck::engine {

using std::chrono::steady_clock;

namespace {
constexpr std::chrono::seconds kNote{1};
constexpr std::chrono::seconds kFirstRollUp{5}; // a run that is shorter rolls up as it ends
constexpr std::chrono::seconds kRollUp{30};
} // namespace

HistoryKeeper::HistoryKeeper(OpenStore openStore, AttemptTally& tally, QString engine)
    : m_openStore(std::move(openStore))
    , m_tally(tally)
    , m_engine(std::move(engine))
    , m_thread([this] { loop(); })
{
}

HistoryKeeper::~HistoryKeeper()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        if (m_store)
            m_store->connection().interrupt();
    }
    m_wake.notify_all();
    m_thread.join();
}

// A database that does not answer is reported by the engine.
bool HistoryKeeper::ensureOpen()
{
    if (m_store)
        return true;
    auto opened = m_openStore();
    if (!opened)
        return false;
    const std::lock_guard lock(m_mutex);
    m_store = std::move(*opened);
    return true;
}

void HistoryKeeper::write(bool rollsUp)
{
    if ((!rollsUp && !m_tally.hasAny()) || !ensureOpen())
        return;
    noteAttempts(*m_store, m_engine, m_tally);
    if (!rollsUp)
        return;
    const base::Status rolled = m_store->history.rollUp();
    if (rolled) {
        m_problem.clear();
        return;
    }
    if (rolled.error().kind != base::ErrorKind::Cancelled &&
        std::exchange(m_problem, rolled.error().detail) != rolled.error().detail)
        qCWarning(lcEngine).noquote() << "history:" << rolled.error().detail;
    const std::lock_guard lock(m_mutex);
    m_store.reset(); // the next one connects again
}

void HistoryKeeper::loop()
{
    auto nextRollUp = steady_clock::now() + kFirstRollUp;
    std::unique_lock lock(m_mutex);
    while (!m_wake.wait_for(lock, kNote, [this] { return m_stopping; })) {
        lock.unlock();
        const auto now = steady_clock::now();
        const bool rollsUp = now >= nextRollUp;
        if (rollsUp)
            nextRollUp = now + kRollUp;
        write(rollsUp);
        lock.lock();
    }
    lock.unlock();
    m_store.reset(); // on the thread that opened it
}

} // namespace queuedeck::engine
