// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/alerts/alertsample.h"

namespace queuedeck::alerts {

/// How a rule stands at one moment, without the time it has to hold.
struct AlertMoment
{
    enum class State {
        Off,     ///< the rule is turned off
        Holds,   ///< everything that can be seen at once holds
        Quiet,   ///< something does not hold
        Unknown, ///< a figure is not known, or only whether something rises decides
    };
    State state = State::Unknown;
    std::optional<double> value = {}; ///< of the first condition
};

AlertMoment momentOf(const Rule& rule, const Sample& sample);

} // namespace queuedeck::alerts
