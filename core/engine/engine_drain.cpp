// SPDX-License-Identifier: GPL-3.0-or-later
// How an engine ends: jobs that have not started are handed back, running ones are awaited and
// settled.
#include "core/base/logging.h"
#include "core/engine/engine.h"
#include "core/engine/settling.h"

using namespace Qt::StringLiterals;

namespace queuedeck::engine {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// What may be handed back later stays in `claims`; returns the number of jobs that never can be.
int Engine::tryHandBack(store::JobStore& store, std::vector<store::Claim>& claims)
{
    int hopeless = 0;
    std::erase_if(claims, [&](const store::Claim& claim) {
        const base::Status done = handBackAll(store, claim);
        if (done)
            return true;
        qCWarning(lcEngine).noquote() << "hand back:" << done.error().detail;
        if (mayPass(done.error()))
            return false;
        hopeless += int(claim.jobs.size());
        return true;
    });
    return hopeless;
}

base::Status Engine::handBackAll(store::JobStore& store, const store::Claim& claim)
{
    store::Results back{claim.token, {}};
    for (const store::ClaimedJob& job : claim.jobs)
        back.settlements += handBack(job);
    const auto done = store.leases.settle(back);
    if (!done)
        return done.error();
    m_report.released += int(done->accepted.size());
    return {};
}

void Engine::drain(store::JobStore& store)
{
    std::vector<store::Claim> back = m_claimedJobs.takeBack();
    for (store::Claim& claim : m_quarantine.takeAll())
        back.push_back(std::move(claim));
    const auto deadline = steady_clock::now() + m_config.grace;
    bool told = false;
    int left = tryHandBack(store, back);
    while (m_claimedJobs.count() > 0 || !back.empty()) {
        const base::Status done =
            m_settler.settle(store, m_claimedJobs.takeFinished(milliseconds(100)));
        left += tryHandBack(store, back);
        const auto now = steady_clock::now();
        if (!told && now > deadline) {
            m_claimedJobs.stopAll(); // their handlers hand them back
            told = true;
        }
        if (now > deadline + m_config.grace || ((!done || !back.empty()) && now > deadline))
            break; // the leases expire, and another engine frees the jobs
    }
    for (const store::Claim& claim : back)
        left += int(claim.jobs.size());
    if (left > 0)
        m_outage.say(
            base::Sentence::tr(
                "%1 jobs that had not begun could not be handed back; they will be run when "
                "their leases end.")
                .arg(left));
}

} // namespace queuedeck::engine
