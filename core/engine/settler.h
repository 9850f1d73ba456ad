// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/attempttally.h"
#include "core/engine/claimedjobs.h"
#include "core/engine/enginereport.h"
#include "core/engine/settlelane.h"

namespace queuedeck::engine {

/// Whether settling or handing back again may succeed; it is harmless, since the guard rejects what
/// has been written already.
bool mayPass(const base::Error& error);

/// Writes results, counts and reports them, and keeps those that could not be written while the
/// database does not answer. On the thread of the engine.
class Settler
{
public:
    Settler(OpenStore openStore, ClaimedJobs& claimedJobs, EngineReport& report,
            AttemptTally& tally, const base::Clock& clock)
        : m_claimedJobs(claimedJobs)
        , m_report(report)
        , m_tally(tally)
        , m_clock(clock)
        , m_lane(std::move(openStore))
    {
    }

    void setOnEvent(OnEvent onEvent) { m_onEvent = std::move(onEvent); }

    /// Writes these and those kept. Fails if the database does not answer; nothing is lost.
    base::Status settle(store::JobStore& store, std::vector<FinishedBatch> finished);
    /// The same for these alone, on a separate connection, while `meanwhile` runs here.
    base::Status settleBeside(std::vector<FinishedBatch> finished,
                              const std::function<void()>& meanwhile);
    /// Acts on the answers, one for each of `finished`.
    base::Status conclude(std::vector<FinishedBatch> finished, const SettleLane::Answers& answers);

    void keep(std::vector<FinishedBatch> finished);
    bool keepsNothing() const { return m_kept.empty(); }

private:
    void conclude(const FinishedBatch& finished, const store::Settled& settled, bool isTold);
    void tell(const FinishedBatch& finished, size_t number, bool isAccepted) const;
    void count(const store::Settlement& settlement);

    ClaimedJobs& m_claimedJobs;
    EngineReport& m_report;
    AttemptTally& m_tally;
    const base::Clock& m_clock;
    OnEvent m_onEvent;
    std::vector<FinishedBatch> m_kept;
    SettleLane m_lane;
};

/// The results, each with the claim it belongs to.
std::vector<store::Results> resultsOf(const std::vector<FinishedBatch>& finished);

} // namespace queuedeck::engine
