// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/alerts/alertsample.h"

#include <deque>

namespace queuedeck::alerts {

/// What was seen of one condition so far. Time is added up only between two samples that follow
/// each other: what happened while nobody looked, or while the clock was set, counts for nothing.
struct ConditionState
{
    enum class Now {
        Unknown, ///< not known yet
        Holds,
        Between, ///< it does not hold, but not clearly
        Clear    ///< it clearly does not hold
    };
    Now now = Now::Unknown; ///< when it was last known
    bool isKnown = false;   ///< at the last sample
    std::chrono::milliseconds held{0};
    double value = 0;
    qint64 at = 0;                                     ///< of the last known value, ms since 1970
    std::deque<std::pair<qint64, double>> points = {}; ///< of Rising: over its time
};

/// Adds a sample. Samples further apart than `longestGap` do not follow each other.
void observe(ConditionState& state, const Condition& condition, const QString& type,
             const Sample& sample, std::chrono::milliseconds longestGap);

/// Whether it has held for its time.
bool isMet(const ConditionState& state, const Condition& condition);

} // namespace queuedeck::alerts
