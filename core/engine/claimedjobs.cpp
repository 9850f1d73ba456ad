// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/claimedjobs.h"

#include "core/engine/claimedbatch.h"

#include <QSet>

namespace queuedeck::engine {

using std::chrono::steady_clock;
using State = ClaimedBatch::State;

const store::ClaimedJob& Assignment::job() const
{
    return batch->job(place);
}

const store::ClaimedJob& FinishedBatch::job(size_t number) const
{
    return batch->job(times[number].place);
}

size_t jobsOf(const std::vector<FinishedBatch>& finished)
{
    size_t jobs = 0;
    for (const FinishedBatch& some : finished)
        jobs += some.times.size();
    return jobs;
}

void ClaimedJobs::add(store::Claim claim)
{
    if (claim.jobs.isEmpty())
        return;
    auto batch = std::make_shared<ClaimedBatch>(std::move(claim));
    batch->results.reserve(qsizetype(batch->places.size()));
    {
        const std::lock_guard lock(m_mutex);
        m_count += batch->open;
        m_waiting += batch->open;
        m_batches.push_back(std::move(batch));
    }
    m_forWorkers.notify_all();
}

std::vector<FinishedBatch> ClaimedJobs::takeFinished(std::chrono::milliseconds patience)
{
    std::unique_lock lock(m_mutex);
    // While workers still find jobs, results accumulate, to be settled in one step.
    m_forDispatcher.wait_for(lock, patience,
                             [this] { return m_woken || (m_finished > 0 && m_waiting == 0); });
    m_wasWoken = std::exchange(m_woken, false);
    const bool anyWhole = std::any_of(m_batches.begin(), m_batches.end(),
                                      [](const auto& batch) { return batch->isWhole(); });
    std::vector<FinishedBatch> finished;
    for (const auto& batch : m_batches) {
        if (!batch->hasFinished())
            continue;
        if (anyWhole && !batch->isWhole() && !batch->wasPassedOver) {
            batch->wasPassedOver = true;
            continue;
        }
        batch->wasPassedOver = false;
        m_finished -= batch->times.size();
        finished.push_back({batch,
                            {batch->claim.token, std::exchange(batch->results, {})},
                            std::exchange(batch->times, {})});
    }
    return finished;
}

bool ClaimedJobs::wasWoken() const
{
    const std::lock_guard lock(m_mutex);
    return m_wasWoken;
}

std::vector<store::Claim> ClaimedJobs::takeBack()
{
    const std::lock_guard lock(m_mutex);
    std::vector<store::Claim> back;
    for (const auto& batch : m_batches) {
        if (!batch->hasWaiting())
            continue;
        store::Claim claim{batch->claim.token,
                           batch->claim.jobs.mid(qsizetype(batch->firstWaiting))};
        for (; batch->hasWaiting(); ++batch->firstWaiting)
            batch->places[batch->firstWaiting].state = State::Gone;
        batch->open -= size_t(claim.jobs.size());
        m_count -= size_t(claim.jobs.size());
        back.push_back(std::move(claim));
    }
    m_waiting = 0;
    std::erase_if(m_batches, [](const auto& batch) { return batch->open == 0; });
    return back;
}

void ClaimedJobs::settled(const FinishedBatch& finished)
{
    const std::lock_guard lock(m_mutex);
    for (const RunTime& time : finished.times)
        finished.batch->places[time.place].state = State::Gone;
    finished.batch->open -= finished.times.size();
    m_count -= finished.times.size();
    if (finished.batch->open == 0)
        std::erase(m_batches, finished.batch);
}

void ClaimedJobs::wake()
{
    {
        const std::lock_guard lock(m_mutex);
        m_woken = true;
    }
    m_forDispatcher.notify_all();
}

size_t ClaimedJobs::count() const
{
    const std::lock_guard lock(m_mutex);
    return m_count;
}

size_t ClaimedJobs::running() const
{
    const std::lock_guard lock(m_mutex);
    return m_running;
}

int ClaimedJobs::countOf(const QString& type) const
{
    const std::lock_guard lock(m_mutex);
    int count = 0;
    for (const auto& batch : m_batches) {
        for (size_t i = 0; i < batch->places.size(); ++i) {
            const State state = batch->places[i].state;
            count +=
                (state == State::Waiting || state == State::Running) && batch->job(i).type == type;
        }
    }
    return count;
}

QVector<domain::RunningJob> ClaimedJobs::runningJobs() const
{
    const auto now = steady_clock::now();
    QVector<domain::RunningJob> jobs;
    {
        const std::lock_guard lock(m_mutex);
        for (const auto& batch : m_batches) {
            for (size_t i = 0; i < batch->firstWaiting; ++i) {
                const ClaimedBatch::Place& place = batch->places[i];
                if (place.state != State::Running)
                    continue;
                const store::ClaimedJob& job = batch->job(i);
                jobs.push_back(
                    {job.id, job.type, job.attempt,
                     std::chrono::duration_cast<std::chrono::milliseconds>(now - place.startedAt)});
                if (place.progress)
                    jobs.back().progress = place.progress->latest();
            }
        }
    }
    std::sort(jobs.begin(), jobs.end(),
              [](const auto& a, const auto& b) { return a.running > b.running; });
    return jobs;
}

void ClaimedJobs::close()
{
    {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
    }
    m_forWorkers.notify_all();
}

std::optional<Assignment> ClaimedJobs::next(ProgressSlot* progress)
{
    std::unique_lock lock(m_mutex);
    m_forWorkers.wait(lock, [this] { return m_closed || (m_waiting > 0 && !m_halt); });
    if (m_closed)
        return std::nullopt;
    const auto& batch = *std::find_if(m_batches.begin(), m_batches.end(),
                                      [](const auto& each) { return each->hasWaiting(); });
    Assignment assignment{batch, batch->firstWaiting++, {}};
    ClaimedBatch::Place& place = batch->places[assignment.place];
    place.state = State::Running;
    place.stop = assignment.stop;
    place.startedAt = steady_clock::now();
    place.progress = progress;
    if (place.isStopped)
        assignment.stop.request_stop();
    ++batch->running;
    ++m_running;
    --m_waiting;
    return assignment;
}

void ClaimedJobs::finish(const Assignment& assignment, store::Settlement result,
                         std::chrono::nanoseconds ran)
{
    bool tell = false;
    {
        const std::lock_guard lock(m_mutex);
        ClaimedBatch& batch = *assignment.batch;
        ClaimedBatch::Place& place = batch.places[assignment.place];
        place.state = State::FinishedBatch;
        place.stop = std::stop_source(std::nostopstate);
        place.progress = nullptr;
        --batch.running;
        --m_running;
        countFailures(batch, assignment.place, result);
        batch.results.push_back(std::move(result));
        batch.times.push_back({assignment.place, ran});
        ++m_finished;
        tell = m_waiting == 0 || m_halt;
    }
    if (tell)
        m_forDispatcher.notify_all();
}

// Counted when results come in: by the time they are settled, a whole batch may have failed.
void ClaimedJobs::countFailures(const ClaimedBatch& batch, size_t place,
                                const store::Settlement& result)
{
    if (m_haltAfter <= 0 || m_halt || result.refund)
        return;
    if (result.status == domain::JobStatus::Completed) {
        m_failedInRow = 0;
    } else if (++m_failedInRow >= m_haltAfter) {
        m_halt = Halt{m_failedInRow, batch.job(place).type, result.error};
        m_woken = true;
    }
}

std::optional<Halt> ClaimedJobs::halt() const
{
    const std::lock_guard lock(m_mutex);
    return m_halt;
}

QVector<store::HeldJob> ClaimedJobs::held() const
{
    const std::lock_guard lock(m_mutex);
    QVector<store::HeldJob> jobs;
    jobs.reserve(qsizetype(m_count));
    for (const auto& batch : m_batches) {
        for (size_t i = 0; i < batch->places.size(); ++i) {
            if (batch->places[i].state != State::Gone)
                jobs.push_back({batch->claim.token, batch->job(i).id, batch->job(i).version});
        }
    }
    return jobs;
}

QVector<store::ClaimProgress> ClaimedJobs::progress(bool all) const
{
    QVector<store::ClaimProgress> claims;
    const std::lock_guard lock(m_mutex);
    if (m_running == 0)
        return claims;
    for (const auto& batch : m_batches) {
        if (batch->running == 0)
            continue;
        store::ClaimProgress claim{batch->claim.token, {}};
        bool isNew = all;
        for (size_t i = 0; i < batch->firstWaiting; ++i) {
            const ClaimedBatch::Place& place = batch->places[i];
            if (place.state != State::Running || !place.progress)
                continue;
            if (const domain::Progress latest = place.progress->latest(); !latest.isEmpty())
                claim.jobs.insert(batch->job(i).id, latest);
            isNew = place.progress->takeChange() || isNew;
        }
        if (isNew && !claim.jobs.isEmpty())
            claims.push_back(std::move(claim));
    }
    return claims;
}

void ClaimedJobs::keepOnly(const QVector<store::HeldJob>& asked,
                           const QVector<store::KeptJob>& kept)
{
    QSet<domain::JobId> ours;
    for (const store::KeptJob& job : kept) {
        if (!job.cancelled)
            ours.insert(job.id);
    }
    const std::lock_guard lock(m_mutex);
    for (const store::HeldJob& job : asked) {
        if (ours.contains(job.id))
            continue;
        for (const auto& batch : m_batches) {
            if (batch->claim.token != job.token)
                continue;
            if (ClaimedBatch::Place* place = batch->find(job.id))
                batch->stop(*place);
        }
    }
}

void ClaimedJobs::stopAll()
{
    const std::lock_guard lock(m_mutex);
    for (const auto& batch : m_batches) {
        for (ClaimedBatch::Place& place : batch->places)
            batch->stop(place);
    }
}

void ClaimedJobs::stop(const domain::JobIds& ids)
{
    const std::lock_guard lock(m_mutex);
    for (const auto& batch : m_batches) {
        for (const domain::JobId& id : ids) {
            if (ClaimedBatch::Place* place = batch->find(id))
                batch->stop(*place);
        }
    }
}

} // namespace queuedeck::engine
