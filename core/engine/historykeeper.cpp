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
    m_own.end();
    m_thread.join();
}

// A database that does not answer is reported by the engine.
void HistoryKeeper::write(bool rollsUp)
{
    if ((!rollsUp && !m_tally.hasAny()) || !m_own.open(m_openStore))
        return;
    noteAttempts(*m_own.store, m_engine, m_tally);
    if (!rollsUp)
        return;
    const base::Status rolled = m_own.store->history.rollUp();
    if (rolled) {
        m_problem.clear();
        return;
    }
    if (rolled.error().kind != base::ErrorKind::Cancelled &&
        std::exchange(m_problem, rolled.error().detail) != rolled.error().detail)
        qCWarning(lcEngine).noquote() << "history:" << rolled.error().detail;
    m_own.close(); // the next one connects again
}

void HistoryKeeper::loop()
{
    auto nextRollUp = steady_clock::now() + kFirstRollUp;
    std::unique_lock lock(m_own.mutex);
    while (!m_own.wake.wait_for(lock, kNote, [this] { return m_own.isEnding; })) {
        lock.unlock();
        const auto now = steady_clock::now();
        const bool rollsUp = now >= nextRollUp;
        if (rollsUp)
            nextRollUp = now + kRollUp;
        write(rollsUp);
        lock.lock();
    }
    lock.unlock();
    m_own.close(); // on the thread that opened it
}

} // namespace queuedeck::engine
