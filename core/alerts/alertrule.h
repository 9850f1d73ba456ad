// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/alerts/alertseries.h"
#include "core/base/result.h"

#include <QJsonObject>

#include <chrono>

namespace queuedeck::alerts {

/// What a condition asks of its series.
enum class Test {
    Above,   ///< more than the limit
    Below,   ///< less than the limit
    Rising,  ///< more at the end of the time than at its beginning
    Missing, ///< nothing: 0
};

QString testWord(Test test); ///< "above"
std::optional<Test> testFromWord(const QString& word);
/// The tests that mean something for a series, the usual one first.
QVector<Test> testsOf(Series series);

/// Part of a rule: a series passes a test for some time.
struct Condition
{
    Series series = Series::OldestPending;
    Test test = Test::Above;
    double limit = 0; ///< of Above and Below, in the unit of the series
    /// How long it must hold without a break; 0: once is enough.
    std::chrono::seconds lasting{0};
    std::chrono::seconds window{0}; ///< of a windowed series
    int atLeast = 0;                ///< FailedShare: so many must have finished in the window
    QJsonObject more = {};          ///< what a file says besides; written back as it was

    bool operator==(const Condition&) const = default;
};

/// When to alert: all conditions hold at once. It ends when one that is a level (Above, Below,
/// Missing) has clearly stopped holding; a rise that has come to an end is no recovery.
struct Rule
{
    QString id; ///< never changes; presets have words, others uuids
    QString name;
    bool isOn = true;
    QString type = {}; ///< of jobs; empty: all
    QVector<Condition> when;
    QJsonObject more = {};

    bool operator==(const Rule&) const = default;
};

using Rules = QVector<Rule>;

constexpr qsizetype kMostRules = 200;
constexpr qsizetype kMostConditions = 3;
constexpr qsizetype kLongestRuleName = 80;

/// What is there from the start. They are quiet on an empty queue and on one that is worked off.
Rules presetRules();

/// Why this is no rule; empty if it is one.
base::Sentence ruleProblem(const Rule& rule);

/// "oldest pending > 5 min, pending rising for 10 min"
base::Sentence ruleText(const Rule& rule);
/// The limit of its first condition, for the history: "limit 5 min"; empty if it has none.
QString limitText(const Rule& rule);

} // namespace queuedeck::alerts
