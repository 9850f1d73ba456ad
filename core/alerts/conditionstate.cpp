// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/alerts/conditionstate.h"

#include <algorithm>

namespace queuedeck::alerts {

using Now = ConditionState::Now;
using std::chrono::milliseconds;

namespace {
// A value has to be this far from its limit before it counts as over: one that swings around the
// limit is one outage.
constexpr double kBand = 0.1;
constexpr qsizetype kMostPoints = 64; // over the time of a rise

Now levelOf(const Condition& condition, double value)
{
    switch (condition.test) {
    case Test::Above:
        return value > condition.limit                  ? Now::Holds
               : value <= condition.limit * (1 - kBand) ? Now::Clear
                                                        : Now::Between;
    case Test::Below:
        return value < condition.limit                  ? Now::Holds
               : value >= condition.limit * (1 + kBand) ? Now::Clear
                                                        : Now::Between;
    case Test::Missing:
    case Test::Rising: break;
    }
    return value > 0 ? Now::Clear : Now::Holds;
}

void addPoint(ConditionState& state, milliseconds over, qint64 at, double value)
{
    const qint64 step = over.count() / kMostPoints;
    if (state.points.empty() || at - state.points.back().first >= step)
        state.points.emplace_back(at, value);
    // The newest of those that are old enough stays: it is the beginning.
    while (state.points.size() > 1 && state.points[1].first <= at - over.count())
        state.points.pop_front();
}

double meanOf(const std::deque<std::pair<qint64, double>>& points, size_t from, size_t to)
{
    double sum = 0;
    for (size_t i = from; i < to; ++i)
        sum += points[i].second;
    return to > from ? sum / double(to - from) : 0;
}

// It is more than at the beginning, and the later half is above the earlier one: a peak that is
// falling again does not rise.
Now riseOf(const ConditionState& state, milliseconds over, qint64 at, double value)
{
    if (state.points.empty() || state.points.front().first > at - over.count())
        return Now::Unknown; // not watched for long enough
    const double first = state.points.front().second;
    if (value <= first)
        return Now::Clear;
    const size_t half = state.points.size() / 2;
    const bool isHigher =
        state.points.size() < 3 ||
        meanOf(state.points, half, state.points.size()) > meanOf(state.points, 0, half);
    return isHigher ? Now::Holds : Now::Between;
}
} // namespace

void observe(ConditionState& state, const Condition& condition, const QString& type,
             const Sample& sample, milliseconds longestGap)
{
    const Figure figure = figureOf(condition, type);
    auto value = sample.value(figure);
    bool isEnough = true;
    if (condition.series == Series::FailedShare) {
        const auto finished = sample.value(finishedOf(figure));
        isEnough = finished && *finished >= condition.atLeast;
        if (finished && !isEnough)
            value = 0; // too few to speak of a share
    }
    state.isKnown = value.has_value();
    if (!value)
        return;
    const qint64 at = sample.at.toMSecsSinceEpoch();
    const milliseconds passed(at - state.at);
    const bool follows = state.at != 0 && passed >= milliseconds(0) && passed <= longestGap;
    if (!follows) {
        state.held = milliseconds(0);
        state.points.clear();
    }
    const bool heldBefore = follows && state.now == Now::Holds;
    state.value = *value;
    state.at = at;
    if (condition.test == Test::Rising) {
        addPoint(state, condition.lasting, at, *value);
        const Now rise = riseOf(state, condition.lasting, at, *value);
        state.isKnown = rise != Now::Unknown;
        state.now = rise;
        state.held = rise == Now::Holds ? milliseconds(condition.lasting) : milliseconds(0);
        return;
    }
    state.now = isEnough ? levelOf(condition, *value) : Now::Clear;
    if (state.now == Now::Holds)
        state.held += heldBefore ? passed : sample.covers;
    else
        state.held = milliseconds(0);
}

bool isMet(const ConditionState& state, const Condition& condition)
{
    return state.isKnown && state.now == Now::Holds && state.held >= condition.lasting;
}

} // namespace queuedeck::alerts
