// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/alerts/alertmoment.h"

#include "core/alerts/conditionstate.h"

namespace queuedeck::alerts {

AlertMoment momentOf(const Rule& rule, const Sample& sample)
{
    using State = AlertMoment::State;
    if (!rule.isOn || rule.when.isEmpty())
        return {State::Off};
    AlertMoment moment{State::Unknown, sample.value(figureOf(rule.when.first(), rule.type))};
    bool isKnown = true;
    bool holds = false;
    for (const Condition& condition : rule.when) {
        if (condition.test == Test::Rising)
            continue; // which one moment does not show
        ConditionState state;
        observe(state, condition, rule.type, sample, std::chrono::milliseconds(0));
        if (state.isKnown && state.now != ConditionState::Now::Holds)
            return {State::Quiet, moment.value};
        isKnown = isKnown && state.isKnown;
        holds = holds || state.isKnown;
    }
    if (isKnown && holds)
        moment.state = State::Holds;
    return moment;
}

} // namespace queuedeck::alerts
