// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/ticks.h"

#include <algorithm>
#include <cmath>

namespace queuedeck::domain {

Ticks ticksUpTo(double most, int lines, bool isWhole)
{
    if (!(most > 0))
        return {1, 1};
    double step = std::pow(10.0, std::floor(std::log10(most / lines)));
    for (const double factor : {1.0, 2.0, 5.0, 10.0}) {
        if (step * factor * lines >= most) {
            step *= factor;
            break;
        }
    }
    if (isWhole)
        step = std::max(1.0, step);
    return {step, std::max(1, int(std::ceil(most / step - 1e-9)))};
}

} // namespace queuedeck::domain
