// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/bulkrun.h"

#include <algorithm>

namespace queuedeck::service {

using domain::FirstVerdict;
using std::chrono::steady_clock;

namespace {
constexpr std::chrono::milliseconds kForAPerson{250};
constexpr std::chrono::milliseconds kForJobs{1000};
constexpr std::chrono::seconds kKeepEvery{20};
static_assert(kKeepEvery * 2 < store::JobWriter::kLeftAfter);
} // namespace

QFuture<base::Result<domain::Outcome>>
BulkRun::start(const std::shared_ptr<SessionThreads>& threads, Work work)
{
    const std::shared_ptr<BulkRun> run(new BulkRun(threads, std::move(work)));
    run->m_promise.start();
    const auto turns = std::make_shared<WriteTurns>();
    turns->turn = [run](store::JobStore& store) { return run->turn(store); };
    turns->end = [run](const base::Status& status) { run->finish(status); };
    turns->endures = [run](const base::Error& error) {
        return error.kind == base::ErrorKind::Unreachable && run->m_isWaiting && run->mayGoOn();
    };
    WriteTurns::take(threads, turns);
    return run->m_promise.future();
}

BulkRun::BulkRun(const std::shared_ptr<SessionThreads>& threads, Work work)
    : m_threads(threads)
    , m_work(std::move(work))
    , m_mayChangeRest(m_work.plan.first <= 0)
{
}

bool BulkRun::mayGoOn() const
{
    return !m_work.stop.stop_requested() && !m_threads->isFinishing();
}

base::Result<BulkRun::Wait> BulkRun::turn(store::JobStore& store)
{
    if (!m_change) {
        auto begun = m_work.begin(store);
        if (!begun)
            return begun.error();
        m_change = std::move(*begun);
        m_keptAt = steady_clock::now();
    }
    const auto until = steady_clock::now() + WriteTurns::kTurn;
    while (!m_change->isOver() && mayGoOn() && !m_isGivenUp) {
        if (steady_clock::now() >= until)
            return Wait(WriteTurns::kAtOnce);
        const auto hindered = hindrance(store);
        if (!hindered)
            return hindered.error();
        if (*hindered)
            return waitIn(**hindered, store);
        const int most = mostNow();
        if (most == 0)
            return Wait(m_pace->wait());
        advance(store, most);
    }
    m_isWaiting = false;
    if (const base::Status ended = end(store); !ended)
        return ended.error();
    return Wait();
}

base::Result<std::optional<BulkRun::Phase>> BulkRun::hindrance(store::JobStore& store)
{
    const ChangeControl* const control = m_work.control.get();
    const domain::ChangePlan& plan = m_work.plan;
    if (control && control->isPaused())
        return std::optional(Phase::Paused);
    if (plan.at.isValid() && plan.at > QDateTime::currentDateTimeUtc() &&
        !(control && control->startsNow()))
        return std::optional(Phase::Planned);
    if (m_mayChangeRest || m_first.size() < plan.first)
        return std::optional<Phase>();
    const auto verdict = tryFirst(store);
    if (!verdict)
        return verdict.error();
    if (control && control->goesOn())
        m_mayChangeRest = true;
    else if (*verdict == FirstVerdict::Wait)
        return std::optional(Phase::TryingFirst);
    else if (*verdict == FirstVerdict::Hold && control)
        return std::optional(Phase::Held);
    else if (*verdict == FirstVerdict::Hold)
        m_isGivenUp = true;
    m_mayChangeRest = true;
    return m_isGivenUp ? std::optional(Phase::Held) : std::optional<Phase>();
}

base::Result<FirstVerdict> BulkRun::tryFirst(store::JobStore& store)
{
    m_isWaiting = true; // that these cannot be read just now ends nothing
    const auto states = store.jobs.statesOf(m_first);
    if (!states)
        return states.error();
    m_tried = {int(m_first.size()), 0, 0};
    for (const domain::JobId& id : m_first) {
        const auto job = states->constFind(id);
        const bool isThere = job != states->cend();
        if (isThere && job->status == domain::JobStatus::Completed)
            ++m_tried.completed;
        else if (!isThere || job->status == domain::JobStatus::Failed || domain::isDead(*job))
            ++m_tried.failed;
    }
    return domain::verdictOn(m_work.plan.rule, m_tried);
}

base::Result<BulkRun::Wait> BulkRun::waitIn(Phase phase, store::JobStore& store)
{
    m_isWaiting = true;
    m_pace.reset();
    tell(phase);
    if (m_isGivenUp)
        return Wait(WriteTurns::kAtOnce);
    if (const auto now = steady_clock::now(); now - m_keptAt >= kKeepEvery) {
        if (const base::Status kept = store.changes.keep(*m_change); !kept)
            return kept.error();
        m_keptAt = now;
    }
    return Wait(phase == Phase::TryingFirst ? kForJobs : kForAPerson);
}

int BulkRun::mostNow()
{
    int most = store::JobWriter::kBatch;
    if (!m_mayChangeRest)
        most = std::min<int>(most, m_work.plan.first - int(m_first.size()));
    if (m_work.plan.perSecond <= 0)
        return most;
    const auto now = steady_clock::now();
    if (!m_pace)
        m_pace.emplace(m_work.plan.perSecond, now);
    return std::min(most, m_pace->allowed(now));
}

void BulkRun::advance(store::JobStore& store, int most)
{
    m_isWaiting = false;
    const qint64 done = m_change->done();
    store.changes.advance(*m_change, most);
    m_keptAt = steady_clock::now();
    if (m_change->done() == done)
        return;
    if (m_pace)
        m_pace->take(m_change->lastChanged().size());
    if (!m_mayChangeRest)
        m_first += m_change->lastChanged();
    if (m_work.onBatch)
        m_work.onBatch(*m_change);
    tell(Phase::Changing);
}

void BulkRun::tell(Phase phase) const
{
    if (m_work.onStep)
        m_work.onStep({phase, m_change->done(), m_change->total(), m_tried});
}

base::Status BulkRun::end(store::JobStore& store)
{
    m_result = store.changes.end(*m_change);
    if (*m_result && m_work.onEnd)
        m_work.onEnd(store, **m_result);
    // The thread's connection is opened again after this error.
    const auto& failure = m_change->outcome().failure;
    if (failure && failure->kind == base::ErrorKind::Unreachable)
        return *failure;
    return {};
}

void BulkRun::finish(const base::Status& status)
{
    if (!m_result && m_change && m_change->outcome().changed > 0) { // lost between two turns
        domain::Outcome outcome = m_change->outcome();
        outcome.failure = status.error();
        m_result = outcome;
    }
    m_promise.addResult(m_result ? *m_result : base::Result<domain::Outcome>(status.error()));
    m_promise.finish();
}

} // namespace queuedeck::service
