// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/claimedjobs.h"

#include <vector>

namespace queuedeck::engine {

/// How many jobs an engine holds at a time: enough that its workers never wait for the database,
/// and few enough that there is little to hand back. It learns from how long jobs take. On the
/// thread of the engine.
class Pace
{
public:
    Pace(int concurrency, int maxBatch)
        : m_concurrency(concurrency)
        , m_maxBatch(maxBatch)
    {
    }

    void learn(const std::vector<FinishedBatch>& finished);
    /// How many more may be claimed while `held` are held; below 1: none.
    int room(int held) const;

private:
    const int m_concurrency;
    const int m_maxBatch;
    double m_averageRunMs = -1; ///< of a job; -1: not known yet
};

} // namespace queuedeck::engine
