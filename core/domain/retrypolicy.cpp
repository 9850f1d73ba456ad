// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/retrypolicy.h"

#include <algorithm>
#include <cmath>

namespace queuedeck::domain {

std::chrono::milliseconds RetryPolicy::backOff(int attempt, double random) const
{
    const double doubled = double(first.count()) * std::exp2(std::clamp(attempt, 1, 60) - 1);
    const double delay = std::min(doubled, double(longest.count()));
    const double factor = 1.0 + jitter * (2.0 * random - 1.0);
    return std::chrono::milliseconds(std::llround(delay * factor));
}

} // namespace queuedeck::domain
