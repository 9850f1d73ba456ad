// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/flights.h"

#include <QSet>

namespace queuedeck::engine {

void Flights::launch(const QString& token, const QVector<store::ClaimedJob>& jobs)
{
    {
        const std::lock_guard lock(m_mutex);
        for (const store::ClaimedJob& job : jobs) {
            const std::stop_source stop;
            m_held.insert_or_assign(job.id, Held{token, job.version, stop, job.type, job.attempt});
            m_waiting.push_back({token, job, stop});
        }
    }
    m_forWorkers.notify_all();
}

std::vector<Landing> Flights::takeLanded(std::chrono::milliseconds patience)
{
    std::unique_lock lock(m_mutex);
    // While workers still find work, results gather and are settled in one step.
    m_forDispatcher.wait_for(
        lock, patience, [this] { return m_woken || (!m_landed.empty() && m_waiting.empty()); });
    m_woken = false;
    return std::exchange(m_landed, {});
}

std::vector<Flight> Flights::recall()
{
    const std::lock_guard lock(m_mutex);
    std::vector<Flight> back(m_waiting.begin(), m_waiting.end());
    m_waiting.clear();
    for (const Flight& flight : back)
        m_held.erase(flight.job.id);
    return back;
}

void Flights::settled(const std::vector<Landing>& landed)
{
    const std::lock_guard lock(m_mutex);
    for (const Landing& landing : landed) {
        const auto held = m_held.find(landing.job.id);
        if (held != m_held.end() && held->second.token == landing.token)
            m_held.erase(held);
    }
}

void Flights::wake()
{
    {
        const std::lock_guard lock(m_mutex);
        m_woken = true;
    }
    m_forDispatcher.notify_all();
}

size_t Flights::count() const
{
    const std::lock_guard lock(m_mutex);
    return m_held.size();
}

size_t Flights::running() const
{
    const std::lock_guard lock(m_mutex);
    return m_running;
}

QVector<domain::RunningJob> Flights::runningJobs() const
{
    const auto now = std::chrono::steady_clock::now();
    QVector<domain::RunningJob> jobs;
    {
        const std::lock_guard lock(m_mutex);
        for (const auto& [id, held] : m_held) {
            if (held.startedAt)
                jobs.push_back(
                    {id, held.type, held.attempt,
                     std::chrono::duration_cast<std::chrono::milliseconds>(now - *held.startedAt)});
        }
    }
    std::sort(jobs.begin(), jobs.end(),
              [](const auto& a, const auto& b) { return a.running > b.running; });
    return jobs;
}

void Flights::close()
{
    {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
    }
    m_forWorkers.notify_all();
}

std::optional<Flight> Flights::next()
{
    std::unique_lock lock(m_mutex);
    m_forWorkers.wait(lock, [this] { return m_closed || !m_waiting.empty(); });
    if (m_closed)
        return std::nullopt;
    Flight flight = std::move(m_waiting.front());
    m_waiting.pop_front();
    if (const auto held = m_held.find(flight.job.id); held != m_held.end())
        held->second.startedAt = std::chrono::steady_clock::now();
    ++m_running;
    return flight;
}

void Flights::land(Landing landing)
{
    bool tell = false;
    {
        const std::lock_guard lock(m_mutex);
        --m_running;
        if (const auto held = m_held.find(landing.job.id); held != m_held.end())
            held->second.startedAt.reset();
        m_landed.push_back(std::move(landing));
        tell = m_waiting.empty();
    }
    if (tell)
        m_forDispatcher.notify_all();
}

QVector<store::HeldJob> Flights::held() const
{
    const std::lock_guard lock(m_mutex);
    QVector<store::HeldJob> jobs;
    jobs.reserve(qsizetype(m_held.size()));
    for (const auto& [id, held] : m_held)
        jobs.push_back({held.token, id, held.version});
    return jobs;
}

void Flights::keepOnly(const QVector<store::HeldJob>& asked, const QVector<store::KeptJob>& kept)
{
    QSet<domain::JobId> ours;
    for (const store::KeptJob& job : kept) {
        if (!job.cancelled)
            ours.insert(job.id);
    }
    const std::lock_guard lock(m_mutex);
    for (const store::HeldJob& job : asked) {
        const auto held = m_held.find(job.id);
        if (held != m_held.end() && held->second.token == job.token && !ours.contains(job.id))
            held->second.stop.request_stop();
    }
}

void Flights::stopAll()
{
    const std::lock_guard lock(m_mutex);
    for (auto& [id, held] : m_held)
        held.stop.request_stop();
}

void Flights::stop(const domain::JobIds& ids)
{
    const std::lock_guard lock(m_mutex);
    for (const domain::JobId& id : ids) {
        if (const auto held = m_held.find(id); held != m_held.end())
            held->second.stop.request_stop();
    }
}

} // namespace queuedeck::engine
