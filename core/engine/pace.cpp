// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/pace.h"

#include <algorithm>

namespace queuedeck::engine {

namespace {
// Jobs are claimed ahead for about this long: enough to hide a round trip, with little to hand
// back.
constexpr double kAheadMs = 100;
} // namespace

void Pace::learn(const std::vector<FinishedBatch>& finished)
{
    const size_t jobs = jobsOf(finished);
    if (jobs == 0)
        return;
    std::chrono::duration<double, std::milli> sum{0};
    for (const FinishedBatch& some : finished) {
        for (const RunTime& time : some.times)
            sum += time.ran;
    }
    const double average = sum.count() / double(jobs);
    m_averageRunMs = m_averageRunMs < 0 ? average : 0.7 * m_averageRunMs + 0.3 * average;
}

int Pace::room(int held) const
{
    const int ahead =
        m_averageRunMs < 0 ? 0 : int(m_concurrency * kAheadMs / std::max(m_averageRunMs, 0.001));
    // Two batches, so that one runs while the other is claimed or settled.
    const int capacity = std::clamp(ahead, m_concurrency, 2 * m_maxBatch);
    return std::min(m_maxBatch, capacity - held);
}

} // namespace queuedeck::engine
