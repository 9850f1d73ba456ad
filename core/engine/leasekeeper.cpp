// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/leasekeeper.h"

#include "core/base/logging.h"

#include <QRandomGenerator>
#include <QStringList>

#include <cerrno>
#include <csignal>

namespace queuedeck::engine {

using std::chrono::steady_clock;

namespace {
constexpr std::chrono::seconds kUsualDrift{1};
constexpr std::chrono::milliseconds kBeatAgain{1000};   // after one that failed
constexpr std::chrono::milliseconds kShowProgress{500}; // at most so often

// Whether the clock was set, rather than running a little fast or slow.
bool isStep(std::chrono::milliseconds drift)
{
    return std::chrono::abs(drift) > kUsualDrift;
}

// An engine's id is its host, process and a number. On another host, that cannot be known.
bool isDead(const QString& engine, const QString& ourHost)
{
    const QString host = engine.section(u'/', 0, -3);
    const pid_t pid = engine.section(u'/', -2, -2).toInt();
    return host == ourHost && pid > 0 && ::kill(pid, 0) != 0 && errno == ESRCH;
}

void warn(const char* what, const base::Error& error)
{
    if (error.kind != base::ErrorKind::Cancelled) // interrupted because its engine ends
        qCWarning(lcEngine).noquote() << what << error.detail;
}
} // namespace

LeaseKeeper::LeaseKeeper(OpenStore openStore, ClaimedJobs& claimedJobs, LeaseTimes times,
                         store::EngineSign sign, std::shared_ptr<SteadyClock> clock)
    : m_openStore(std::move(openStore))
    , m_claimedJobs(claimedJobs)
    , m_times(times)
    , m_sign(std::move(sign))
    , m_clock(std::move(clock))
    , m_thread([this] { loop(); })
{
}

LeaseKeeper::~LeaseKeeper()
{
    m_own.end();
    m_thread.join();
}

// How far the computer's clock is ahead of the one used for leases.
std::chrono::milliseconds LeaseKeeper::drift() const
{
    return m_clock ? m_clock->ahead() : std::chrono::milliseconds(0);
}

// Renews our leases; false if that failed.
bool LeaseKeeper::beat(store::JobStore& store, std::chrono::milliseconds drift)
{
    const auto asked = steady_clock::now();
    const auto onlyUs = isStep(drift) ? m_clock->hold() : std::unique_lock<std::mutex>();
    const QVector<store::HeldJob> held = m_claimedJobs.held();
    if (!held.isEmpty()) {
        // Leases that are renewed before we follow the computer's clock must last after that too.
        const auto kept = store.leases.heartbeat(
            held, m_times.ttl + std::max(drift, std::chrono::milliseconds(0)));
        if (!kept) {
            warn("heartbeat:", kept.error());
            return false;
        }
        m_claimedJobs.keepOnly(held, *kept);
    }
    m_lastGood = asked;
    if (m_clock)
        m_clock->follow(drift);
    if (const base::Status seen = store.leases.engineSeen(m_sign); !seen)
        warn("sign of life:", seen.error());
    return true;
}

// Whether there are expired leases whose engines may still be alive.
bool LeaseKeeper::mayLive(store::JobStore& store)
{
    const auto engines = store.leases.enginesOfLost();
    return !engines || !std::all_of(engines->begin(), engines->end(),
                                    [this](const QString& id) { return isDead(id, m_sign.host); });
}

// A report that could not be written goes with the next heartbeat, which writes them all.
void LeaseKeeper::noteProgress(store::JobStore& store, bool all)
{
    const QVector<store::ClaimProgress> news = m_claimedJobs.progress(all);
    if (news.isEmpty())
        return;
    if (const base::Status noted = store.leases.noteProgress(news); !noted)
        warn("progress:", noted.error());
}

void LeaseKeeper::setRescued()
{
    if (!m_hasRescued.exchange(true))
        m_claimedJobs.wake(); // a run may be waiting to know that nothing is left
}

void LeaseKeeper::rescue(store::JobStore& store)
{
    const auto freed = store.leases.rescue();
    if (!freed)
        warn("rescue:", freed.error());
    else if (!freed->isEmpty())
        m_claimedJobs.wake();
}

void LeaseKeeper::watch(store::JobStore& store)
{
    if (const base::Status seen = store.leases.watch(); !seen)
        warn("watch:", seen.error());
    if (m_times.freeOrphansAfter.count() <= 0)
        return;
    const auto freed = store.leases.freeOrphans(m_times.freeOrphansAfter);
    if (!freed)
        warn("orphans:", freed.error());
    else if (!freed->isEmpty())
        m_claimedJobs.wake();
}

// Between its tasks it waits for notifications or, where there are none, sleeps. It never does so
// for long, since a handler that begins to report does not wake it: that would cost every job.
void LeaseKeeper::waitUntil(steady_clock::time_point next, std::unique_lock<std::mutex>& lock)
{
    next = std::min(next, steady_clock::now() + kShowProgress);
    if (m_own.store && !m_hearsNothing) {
        const auto patience =
            std::chrono::ceil<std::chrono::milliseconds>(next - steady_clock::now());
        lock.unlock();
        const auto heard =
            m_own.store->leases.waitForJobs(std::max(patience, std::chrono::milliseconds(0)));
        lock.lock();
        if (heard) {
            if (*heard && !m_own.isEnding)
                m_claimedJobs.wake();
            return;
        }
        m_hearsNothing = heard.error().kind == base::ErrorKind::Unsupported;
        next = std::min(next, steady_clock::now() + std::chrono::seconds(1));
    }
    m_own.wake.wait_until(lock, next, [this] { return m_own.isEnding; });
}

void LeaseKeeper::loop()
{
    auto nextBeat = steady_clock::now();
    auto nextRescue = nextBeat;
    auto nextWatch = nextBeat;
    auto nextProgress = nextBeat;
    std::unique_lock lock(m_own.mutex);
    while (!m_own.isEnding) {
        lock.unlock();
        if (const base::Status opened = m_own.open(m_openStore); !opened) {
            warn("lease keeper:", opened.error());
            setRescued();
        }
        const auto now = steady_clock::now();
        const auto drifted = drift(); // a later step is seen in the next round
        if (isStep(drifted)) {
            qCWarning(lcEngine) << "The clock of this computer was set.";
            nextBeat = now;
            nextRescue = now + 2 * m_times.heartbeat; // lets others renew theirs first
        }
        if (m_own.store && !std::exchange(m_hasLooked, true) && mayLive(*m_own.store))
            nextRescue = now + 2 * m_times.heartbeat;
        const bool isRescueDue = m_own.store && now >= nextRescue;
        bool isBeating = true;
        bool hasBeaten = false;
        if (m_own.store && (now >= nextBeat || isRescueDue)) {
            isBeating = beat(*m_own.store, drifted);
            hasBeaten = isBeating;
            nextBeat =
                now + (isBeating ? m_times.heartbeat : std::min(m_times.heartbeat, kBeatAgain));
        }
        if (m_own.store && isBeating && (hasBeaten || now >= nextProgress)) {
            noteProgress(*m_own.store, hasBeaten);
            nextProgress = now + kShowProgress;
        }
        if (isRescueDue) {
            if (isBeating)
                rescue(*m_own.store);
            setRescued();
            const double jitter = 0.75 + 0.5 * QRandomGenerator::global()->generateDouble();
            nextRescue = now + std::chrono::milliseconds(qint64(m_times.rescue.count() * jitter));
        }
        if (m_own.store && now >= nextWatch) {
            watch(*m_own.store);
            nextWatch = now + m_times.watch;
        }
        if (steady_clock::now() - m_lastGood > m_times.ttl * 2 / 3)
            m_claimedJobs.stopAll();
        lock.lock();
        if (!m_own.isEnding)
            waitUntil(m_own.store ? std::min({nextBeat, nextRescue, nextWatch})
                                  : steady_clock::now() + std::chrono::seconds(1),
                      lock);
    }
    lock.unlock();
    if (m_own.store)
        (void)m_own.store->leases.engineGone(m_sign.id); // else its entry becomes stale by itself
    m_own.close();                                       // on the thread that opened it
}

} // namespace queuedeck::engine
