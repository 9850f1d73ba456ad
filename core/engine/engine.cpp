// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/engine.h"

#include "core/base/logging.h"
#include "core/engine/historykeeper.h"
#include "core/engine/worker.h"

#include <QCoreApplication>
#include <QRandomGenerator>
#include <QSet>
#include <QSysInfo>

#include <algorithm>
#include <functional>

using namespace Qt::StringLiterals;

namespace queuedeck::engine {

using std::chrono::milliseconds;

namespace {
// From this many results on, settling and claiming run in parallel.
constexpr size_t kWorthTwoConnections = 100;

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
    , m_pace(m_config.concurrency, m_config.maxBatch)
    , m_quarantine(m_config.quarantine)
    , m_outage(isBounded())
    , m_settler(m_openStore, m_claimedJobs, m_report, m_tally, m_clock)
{
    m_claimedJobs.haltAfter(m_config.stopAfterFailures);
}

int Engine::room(int finished) const
{
    const int room = m_pace.room(int(m_claimedJobs.count()) - finished + m_quarantine.jobs());
    return m_config.maxJobs > 0 ? std::min(room, m_config.maxJobs - m_started) : room;
}

// `isAllFreed`: the jobs of dead engines had been freed before the last claim.
bool Engine::isDone(bool isAllFreed) const
{
    if (m_claimedJobs.count() > 0 || !m_quarantine.isEmpty())
        return false;
    return (m_config.maxJobs > 0 && m_started >= m_config.maxJobs) ||
           (isBounded() && m_claimedNothing && isAllFreed);
}

// `finished`: the number of jobs being settled just now.
base::Status Engine::claim(store::JobStore& store, int finished)
{
    m_claimedNothing = false;
    const int wanted = room(finished);
    if (wanted <= 0)
        return {};
    int claimed = 0;
    for (const QStringList& types : claimsInTurn()) {
        if (claimed == wanted)
            break;
        const auto some = types.size() == 1 && hasLimit(types.first())
                              ? claimLimited(store, types.first(), wanted - claimed)
                              : claimSome(store, types, wanted - claimed);
        if (!some)
            return some.error();
        claimed += *some;
    }
    m_claimedNothing = claimed == 0;
    m_expectMore = claimed == wanted;
    return {};
}

bool Engine::hasLimit(const QString& type) const
{
    return m_config.limits && m_config.limits->has(type);
}

// The types of each claim of a round. By priority, a type is claimed only if those before it leave
// room; otherwise types with a limit, each on its own, and all others take turns in going first.
QVector<QStringList> Engine::claimsInTurn()
{
    QVector<QStringList> alone;
    QStringList together;
    for (const QString& type : m_config.types) {
        if (m_config.inOrder || hasLimit(type))
            alone += QStringList{type};
        else
            together += type;
    }
    if (together.isEmpty())
        return alone;
    m_limitedFirst = !m_limitedFirst;
    alone.insert(m_limitedFirst ? alone.size() : 0, together);
    return alone;
}

// Not ahead of the workers: jobs that are claimed count as begun.
base::Result<int> Engine::claimLimited(store::JobStore& store, const QString& type, int wanted)
{
    const int held = m_claimedJobs.countOf(type) + m_quarantine.countOf(type);
    const int idle = m_config.concurrency - int(m_claimedJobs.count()) - m_quarantine.jobs();
    const int granted = m_config.limits->take(m_id, type, held, std::min(wanted, idle),
                                              std::chrono::steady_clock::now());
    if (granted == 0)
        return 0;
    const auto claimed = claimSome(store, {type}, granted);
    m_config.limits->giveBack(m_id, type, granted - claimed.value_or(0));
    return claimed;
}

std::unique_lock<std::mutex> Engine::holdClock() const
{
    return m_config.leaseClock ? m_config.leaseClock->hold() : std::unique_lock<std::mutex>();
}

base::Result<int> Engine::claimSome(store::JobStore& store, const QStringList& types, int wanted)
{
    // Query first: that needs no write lock, and usually there is nothing. Where writers do not
    // block each other, an engine that was notified of new jobs claims at once.
    const bool isTold = m_claimedJobs.wasWoken() && !store.leases.hasOneWriter();
    if (!m_expectMore && !isTold) {
        const auto any = store.leases.hasClaimable(types);
        if (!any)
            return any.error();
        if (!*any)
            return 0;
    }
    const auto untilItFlies = holdClock();
    auto claim = store.leases.claim(m_id, types, wanted, m_config.lease.ttl);
    if (!claim)
        return claim.error();
    const int count = int(claim->jobs.size());
    begin(store, std::move(*claim));
    return count;
}

void Engine::begin(store::JobStore& store, store::Claim claim)
{
    const int count = int(claim.jobs.size());
    m_started += count;
    for (const store::Refused& job : claim.refused) {
        const base::Sentence line =
            base::Sentence::tr("%1  put off for an hour, the database does not let it be taken: %2")
                .arg(job.id.value, job.reason);
        qCWarning(lcEngine).noquote() << line;
        if (m_onEvent)
            m_onEvent(line);
    }
    if (m_onEvent && count > 0)
        m_onEvent(count == 1 ? u"claimed 1 job"_s : u"claimed %1 jobs"_s.arg(count));
    if (m_onClaimed)
        showClaimed(store, claim);
    if (count > 0 && m_quarantine.isOn())
        m_quarantine.add(std::move(claim));
    else
        m_claimedJobs.add(std::move(claim));
}

void Engine::showClaimed(store::JobStore& store, const store::Claim& claim) const
{
    for (const store::ClaimedJob& job : claim.jobs) {
        if (const auto row = store.jobs.job(job.id))
            m_onClaimed(*row);
    }
}

base::Status Engine::releaseQuarantined(store::JobStore& store)
{
    while (m_quarantine.isDue()) {
        auto released = m_quarantine.releaseNext(store, m_config.lease.ttl);
        if (!released)
            return released.error();
        m_claimedJobs.add(std::move(released->ours));
        const int yielded = int(released->taken.jobs.size());
        m_report.yielded += yielded;
        m_started -= yielded;
        if (yielded == 0)
            continue;
        qCInfo(lcEngine).noquote() << yielded << "jobs yielded to another processor";
        if (m_onEvent)
            m_onEvent(base::Sentence::tr("%1 jobs left to another processor that took them")
                          .arg(yielded));
        // The guard leaves the rows unchanged; they are only removed from the lease.
        if (const base::Status done = handBackAll(store, released->taken); !done)
            qCWarning(lcEngine).noquote() << "yield:" << done.error().detail;
    }
    return {};
}

base::Status Engine::settleAndClaim(store::JobStore& store, std::vector<FinishedBatch> finished)
{
    m_pace.learn(finished);
    const size_t jobs = jobsOf(finished);
    if (jobs > 0 && m_settler.keepsNothing()) {
        const bool isAnyLimited =
            std::any_of(m_config.types.begin(), m_config.types.end(),
                        [this](const QString& type) { return hasLimit(type); });
        if (store.leases.hasOneWriter() && !m_config.inOrder && !isAnyLimited &&
            room(int(jobs)) > 0)
            return settleAndClaimAsOne(store, std::move(finished));
        if (!store.leases.hasOneWriter() && jobs >= kWorthTwoConnections)
            return settleBesideClaim(store, std::move(finished));
    }
    if (const base::Status settled = m_settler.settle(store, std::move(finished)); !settled)
        return settled;
    return claim(store);
}

base::Status Engine::settleAndClaimAsOne(store::JobStore& store,
                                         std::vector<FinishedBatch> finished)
{
    const int wanted = room(int(jobsOf(finished)));
    auto untilItFlies = holdClock();
    auto turn = store.leases.settleAndClaim(resultsOf(finished), m_id, m_config.types, wanted,
                                            m_config.lease.ttl);
    if (!turn) { // done separately, each shows whether it can be done
        untilItFlies = {};
        if (const base::Status settled = m_settler.settle(store, std::move(finished)); !settled)
            return settled;
        return claim(store);
    }
    m_claimedNothing = turn->claim.jobs.isEmpty();
    m_expectMore = turn->claim.jobs.size() == wanted;
    begin(store, std::move(turn->claim));
    return m_settler.conclude(std::move(finished), {std::make_move_iterator(turn->settled.begin()),
                                                    std::make_move_iterator(turn->settled.end())});
}

base::Status Engine::settleBesideClaim(store::JobStore& store, std::vector<FinishedBatch> finished)
{
    const int jobs = int(jobsOf(finished));
    base::Status claimed;
    const base::Status settled =
        m_settler.settleBeside(std::move(finished), [&] { claimed = claim(store, jobs); });
    return settled ? claimed : settled;
}

void Engine::tellHalt()
{
    m_report.halt = m_claimedJobs.halt();
    if (m_report.halt)
        m_outage.say(
            base::Sentence::tr("stopped: %1 attempts failed in a row, the last one of %2: %3")
                .arg(m_report.halt->failures)
                .arg(m_report.halt->type, m_report.halt->error.section(u'\n', 0, 0)));
}

// Where every run is a short one, nobody else rolls the history up.
void Engine::endHistory(store::JobStore& store)
{
    noteAttempts(store, m_id, m_tally);
    if (const base::Status rolled = store.history.rollUpIfDue(); !rolled)
        qCInfo(lcEngine).noquote() << "history:" << rolled.error().detail;
}

base::Result<EngineReport> Engine::run(std::stop_token stop, const OnSettled& onSettled)
{
    auto opened = m_openStore();
    if (!opened)
        return opened.error();
    store::JobStore& store = **opened;
    LeaseKeeper keeper(
        m_openStore, m_claimedJobs, m_config.lease,
        {m_id, QSysInfo::machineHostName(), QCoreApplication::applicationPid(), u"running"_s},
        m_config.leaseClock);
    std::optional<HistoryKeeper> history(std::in_place, m_openStore, m_tally, m_id);
    std::vector<std::thread> workers;
    for (int i = 0; i < m_config.concurrency; ++i)
        workers.emplace_back(
            [this, stop] { runWorker(m_claimedJobs, m_handlers, m_config.retry, m_clock, stop); });
    const std::stop_callback wakeUp(stop, [this] { m_claimedJobs.wake(); });

    base::Status status;
    milliseconds wait{0};
    while (!stop.stop_requested()) {
        std::vector<FinishedBatch> finished = m_claimedJobs.takeFinished(wait);
        if (m_claimedJobs.halt()) {
            m_settler.keep(
                std::move(finished)); // the drain writes them, and nothing more is claimed
            break;
        }
        const bool isAllFreed = keeper.hasRescued();
        const bool anySettled = !finished.empty();
        status = releaseQuarantined(store);
        if (status)
            status = settleAndClaim(store, std::move(finished));
        else
            m_settler.keep(std::move(finished));
        if (anySettled && onSettled)
            onSettled(m_report);
        if (!status) {
            if (!m_outage.mayPass(status.error()))
                break;
            wait = m_outage.wait();
            status = {}; // it was reported, and a stop meanwhile is not a failure
            continue;
        }
        m_outage.over();
        if (isDone(isAllFreed))
            break;
        // A second batch at once, if there is room for it: it runs while the first is settled.
        wait = m_expectMore && room(0) > 0 ? milliseconds(0) : m_quarantine.patience(m_config.poll);
    }
    drain(store);
    tellHalt(); // after the drain, which may have settled more failures
    m_claimedJobs.close();
    for (std::thread& worker : workers)
        worker.join();
    if (m_config.limits)
        m_config.limits->leave(m_id);
    history.reset();
    if (status) // else the database does not answer
        endHistory(store);
    m_report.unsettled += int(m_claimedJobs.count());
    if (onSettled)
        onSettled(m_report);
    if (status)
        return m_report;
    base::Error error = status.error();
    if (m_report.unsettled > 0)
        error.detail += base::Sentence::tr(
                            " %1 jobs have run or were running, and what came of them could not be "
                            "written; they will be run again when their leases end.")
                            .arg(m_report.unsettled);
    return error;
}

} // namespace queuedeck::engine
