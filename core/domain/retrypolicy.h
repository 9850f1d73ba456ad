// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/jobrules.h"

#include <chrono>

namespace queuedeck::domain {

/// When a failed attempt is retried: first · 2^(n−1), at most `longest`, ± `jitter`.
struct RetryPolicy
{
    int maxAttempts = kMaxAttempts;
    std::chrono::milliseconds first = std::chrono::seconds(15);
    std::chrono::milliseconds longest = std::chrono::hours(1);
    double jitter = 0.5; ///< share of the delay, 0..1

    /// The delay after attempt `attempt` (1 is the first). `random` is uniform in [0, 1).
    std::chrono::milliseconds backOff(int attempt, double random) const;
};

} // namespace queuedeck::domain
