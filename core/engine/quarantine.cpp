// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/quarantine.h"

#include <QSet>

#include <algorithm>

namespace queuedeck::engine {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

int Quarantine::countOf(const QString& type) const
{
    int count = 0;
    for (const Batch& batch : m_batches)
        count += int(std::count_if(batch.claim.jobs.begin(), batch.claim.jobs.end(),
                                   [&type](const auto& job) { return job.type == type; }));
    return count;
}

int Quarantine::jobs() const
{
    int jobs = 0;
    for (const Batch& batch : m_batches)
        jobs += int(batch.claim.jobs.size());
    return jobs;
}

void Quarantine::add(store::Claim claim)
{
    m_batches.push_back({std::move(claim), steady_clock::now() + m_wait});
}

bool Quarantine::isDue() const
{
    return !m_batches.empty() && m_batches.front().until <= steady_clock::now();
}

base::Result<Quarantine::Released> Quarantine::releaseNext(store::JobStore& store, milliseconds ttl)
{
    const store::Claim& claim = m_batches.front().claim;
    const auto kept = store.leases.heartbeat(claim.held(), ttl);
    if (!kept)
        return kept.error();
    QSet<domain::JobId> ours;
    for (const store::KeptJob& job : *kept) {
        if (!job.cancelled)
            ours.insert(job.id);
    }
    Released released{{claim.token, {}}, {claim.token, {}}};
    for (const store::ClaimedJob& job : claim.jobs)
        (ours.contains(job.id) ? released.ours : released.taken).jobs += job;
    m_batches.pop_front();
    return released;
}

std::vector<store::Claim> Quarantine::takeAll()
{
    std::vector<store::Claim> claims;
    for (Batch& batch : m_batches)
        claims.push_back(std::move(batch.claim));
    m_batches.clear();
    return claims;
}

milliseconds Quarantine::patience(milliseconds longest) const
{
    if (m_batches.empty())
        return longest;
    const auto left =
        std::chrono::ceil<milliseconds>(m_batches.front().until - steady_clock::now());
    return std::clamp(left, milliseconds(0), longest);
}

} // namespace queuedeck::engine
