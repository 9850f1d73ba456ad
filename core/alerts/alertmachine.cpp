// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/alerts/alertmachine.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace queuedeck::alerts {

using Now = ConditionState::Now;
using std::chrono::milliseconds;

namespace {
constexpr milliseconds kLeastCalm = 1min;
constexpr milliseconds kMostCalm = 30min;

bool isLevel(const Condition& condition)
{
    return condition.test != Test::Rising;
}

double worse(const Condition& condition, double one, double other)
{
    return condition.test == Test::Below ? std::min(one, other) : std::max(one, other);
}

bool isSame(const Rule& one, const Rule& other)
{
    return one.type == other.type && one.when == other.when;
}
} // namespace

milliseconds AlertMachine::calmFor(const Rule& rule)
{
    milliseconds longest{0};
    for (const Condition& condition : rule.when)
        longest = std::max<milliseconds>(longest, condition.lasting);
    return std::clamp(longest / 2, kLeastCalm, kMostCalm);
}

QVector<AlertEvent> AlertMachine::take(const Rules& rules, const Sample& sample,
                                       milliseconds longestGap)
{
    QVector<AlertEvent> events;
    dropOthers(rules, sample, events);
    for (const Rule& rule : rules) {
        if (!rule.isOn || rule.when.isEmpty())
            continue;
        State& state = m_states[rule.id];
        state.rule = rule;
        state.conditions.resize(size_t(rule.when.size()));
        for (qsizetype i = 0; i < rule.when.size(); ++i)
            observe(state.conditions[size_t(i)], rule.when[i], rule.type, sample, longestGap);
        if (state.isOn)
            goOn(state, sample, longestGap, events);
        else
            begin(state, sample, events);
    }
    return events;
}

void AlertMachine::dropOthers(const Rules& rules, const Sample& sample, QVector<AlertEvent>& events)
{
    for (auto it = m_states.begin(); it != m_states.end();) {
        const bool isWatched = std::any_of(rules.begin(), rules.end(), [&it](const Rule& rule) {
            return rule.id == it->first && rule.isOn && isSame(rule, it->second.rule);
        });
        if (isWatched) {
            ++it;
            continue;
        }
        if (it->second.isOn)
            events +=
                AlertEvent{AlertEvent::Kind::Dropped, it->second.rule, sample.at, it->second.peak};
        it = m_states.erase(it);
    }
}

void AlertMachine::begin(State& state, const Sample& sample, QVector<AlertEvent>& events)
{
    for (size_t i = 0; i < state.conditions.size(); ++i) {
        if (!isMet(state.conditions[i], state.rule.when[qsizetype(i)]))
            return;
    }
    state.isOn = true;
    state.calm = 0ms;
    state.wasClear = false;
    state.peak = state.conditions.front().value;
    events += AlertEvent{AlertEvent::Kind::Began, state.rule, sample.at, state.peak};
}

void AlertMachine::goOn(State& state, const Sample& sample, milliseconds longestGap,
                        QVector<AlertEvent>& events)
{
    const Rule& rule = state.rule;
    const ConditionState& first = state.conditions.front();
    if (first.isKnown && first.now == Now::Holds)
        state.peak = worse(rule.when.first(), state.peak, first.value);
    const bool hasLevel = std::any_of(rule.when.begin(), rule.when.end(), isLevel);
    bool isKnown = true;
    bool isClear = false;
    for (size_t i = 0; i < state.conditions.size(); ++i) {
        if (hasLevel && !isLevel(rule.when[qsizetype(i)]))
            continue;
        isKnown = isKnown && state.conditions[i].isKnown;
        isClear = isClear || (state.conditions[i].isKnown && state.conditions[i].now == Now::Clear);
    }
    if (!isClear && !isKnown)
        return; // nothing can be said
    const qint64 at = sample.at.toMSecsSinceEpoch();
    const milliseconds passed(at - state.at);
    const bool follows = passed >= 0ms && passed <= longestGap;
    if (!isClear)
        state.calm = 0ms;
    else
        state.calm += state.wasClear && follows ? passed : sample.covers;
    state.wasClear = isClear;
    state.at = at;
    if (state.calm < calmFor(rule))
        return;
    state.isOn = false;
    for (ConditionState& condition : state.conditions)
        condition.held = 0ms;
    events += AlertEvent{AlertEvent::Kind::Ended, rule, sample.at, state.peak};
}

void AlertMachine::resume(const Rule& rule, double peak)
{
    State state;
    state.rule = rule;
    state.isOn = true;
    state.peak = peak;
    m_states[rule.id] = state;
}

bool AlertMachine::isOn(const QString& ruleId) const
{
    const auto found = m_states.find(ruleId);
    return found != m_states.end() && found->second.isOn;
}

double AlertMachine::peak(const QString& ruleId) const
{
    const auto found = m_states.find(ruleId);
    return found != m_states.end() ? found->second.peak : 0;
}

} // namespace queuedeck::alerts
