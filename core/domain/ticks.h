// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace queuedeck::domain {

/// Where an axis has its lines: from 0, `step` apart, up to at least `most`.
struct Ticks
{
    double step = 1;
    int count = 1; ///< above 0

    double top() const { return step * count; }
};

/// Steps of 1, 2 or 5 times a power of ten; whole numbers if `isWhole`.
Ticks ticksUpTo(double most, int lines, bool isWhole);

} // namespace queuedeck::domain
