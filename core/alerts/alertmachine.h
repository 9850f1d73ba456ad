// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/alerts/conditionstate.h"

#include <map>

namespace queuedeck::alerts {

/// Samples of a running program that follow each other are at most so far apart.
constexpr std::chrono::milliseconds kLongestGap = std::chrono::seconds(90);

/// What became of a rule with a sample.
struct AlertEvent
{
    enum class Kind {
        Began,
        Ended,
        Dropped ///< the rule was turned off, removed or changed while its alert was on
    };
    Kind kind = Kind::Began;
    Rule rule;
    QDateTime at;
    double peak = 0; ///< the worst value of the first condition
};

/// Rules as state machines over samples: one Began and one Ended per outage. A rule whose alert is
/// on stays so while its figures are not known, or swing around their limits. Pure; from one
/// thread.
class AlertMachine
{
public:
    QVector<AlertEvent> take(const Rules& rules, const Sample& sample,
                             std::chrono::milliseconds longestGap = kLongestGap);

    /// The rule's alert is on since before this program began.
    void resume(const Rule& rule, double peak);

    bool isOn(const QString& ruleId) const;
    /// The worst value so far of an alert that is on.
    double peak(const QString& ruleId) const;

    /// How long a rule has to be clear before its alert is over.
    static std::chrono::milliseconds calmFor(const Rule& rule);

private:
    struct State
    {
        Rule rule; ///< as it was when the state was made
        bool isOn = false;
        std::chrono::milliseconds calm{0};
        bool wasClear = false;
        qint64 at = 0; ///< of the last sample that said whether it is clear
        double peak = 0;
        std::vector<ConditionState> conditions = {};
    };

    void begin(State& state, const Sample& sample, QVector<AlertEvent>& events);
    void goOn(State& state, const Sample& sample, std::chrono::milliseconds longestGap,
              QVector<AlertEvent>& events);
    void dropOthers(const Rules& rules, const Sample& sample, QVector<AlertEvent>& events);

    std::map<QString, State> m_states; ///< by the rule's id
};

} // namespace queuedeck::alerts
