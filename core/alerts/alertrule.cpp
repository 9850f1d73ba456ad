// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/alerts/alertrule.h"

#include <array>
#include <cmath>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace queuedeck::alerts {

using base::Sentence;

namespace {
constexpr std::array kTests{std::pair{Test::Above, "above"}, std::pair{Test::Below, "below"},
                            std::pair{Test::Rising, "rising"}, std::pair{Test::Missing, "missing"}};
constexpr std::chrono::seconds kLongestTime = 24h;
constexpr std::chrono::seconds kLongestWindow = 1h; // what is read to count it

QString timeText(std::chrono::seconds time)
{
    const qint64 seconds = time.count();
    if (seconds % 3600 == 0 && seconds > 0)
        return u"%1 h"_s.arg(seconds / 3600);
    if (seconds % 60 == 0 && seconds > 0)
        return u"%1 min"_s.arg(seconds / 60);
    return u"%1 s"_s.arg(seconds);
}

Sentence aboveText(const Condition& condition)
{
    const QString limit = valueText(condition.series, condition.limit);
    switch (condition.series) {
    case Series::OldestPending: return Sentence::tr("oldest pending > %1").arg(limit);
    case Series::EndpointFailures:
        return Sentence::tr("%1 calls in a row without a 200").arg(qint64(condition.limit) + 1);
    case Series::FailedShare:
        return Sentence::tr("failed > %1 in %2, at least %3 finished")
            .arg(limit, timeText(condition.window), condition.atLeast);
    case Series::Finished:
        return Sentence::tr("more than %1 finished in %2").arg(limit, timeText(condition.window));
    default: break;
    }
    const Sentence what = seriesName(condition.series);
    return condition.limit < 1 ? Sentence::tr("%1: 1 or more").arg(what)
                               : Sentence::tr("%1: more than %2").arg(what, limit);
}

Sentence testText(const Condition& condition)
{
    const Sentence what = seriesName(condition.series);
    switch (condition.test) {
    case Test::Above: return aboveText(condition);
    case Test::Below:
        return Sentence::tr("%1: less than %2")
            .arg(what, valueText(condition.series, condition.limit));
    case Test::Rising: return Sentence::tr("%1 rising").arg(what);
    case Test::Missing: break;
    }
    switch (condition.series) {
    case Series::Database: return Sentence::tr("no answer");
    case Series::Engines: return Sentence::tr("no engine seen");
    case Series::Finished: return Sentence::tr("nothing finished");
    default: return Sentence::tr("%1: none").arg(what);
    }
}

Sentence conditionProblem(const Condition& condition, const Rule& rule)
{
    const Sentence what = seriesName(condition.series);
    const SeriesInfo& info = infoOf(condition.series);
    if (!testsOf(condition.series).contains(condition.test))
        return Sentence::tr("%1 cannot be tested for \"%2\".").arg(what, testWord(condition.test));
    if (!rule.type.isEmpty() && !info.isByType && rule.when.size() == 1)
        return Sentence::tr("%1 is known for all types together only.").arg(what);
    const bool hasLimit = condition.test == Test::Above || condition.test == Test::Below;
    if (hasLimit && !(condition.limit >= 0 && condition.limit <= 1e12))
        return Sentence::tr("The limit of %1 must be a number from 0.").arg(what);
    if (hasLimit && info.unit == Unit::Percent && condition.limit >= 100)
        return Sentence::tr("The limit of %1 must be below 100 %.").arg(what);
    if (condition.lasting < 0s || condition.lasting > kLongestTime)
        return Sentence::tr("The time of %1 must be from 0 s to 24 h.").arg(what);
    if (condition.test == Test::Rising && condition.lasting < 1min)
        return Sentence::tr("%1 can rise over a minute or longer.").arg(what);
    if (info.isWindowed && (condition.window < 1min || condition.window > kLongestWindow))
        return Sentence::tr("%1 is counted over 1 min to 1 h.").arg(what);
    if (condition.series == Series::FailedShare && condition.atLeast < 1)
        return Sentence::tr("At least 1 job must have finished for a share of failed ones.");
    return {};
}
} // namespace

QString testWord(Test test)
{
    for (const auto& [known, word] : kTests) {
        if (known == test)
            return QLatin1String(word);
    }
    return {};
}

std::optional<Test> testFromWord(const QString& word)
{
    for (const auto& [test, known] : kTests) {
        if (word == QLatin1String(known))
            return test;
    }
    return {};
}

QVector<Test> testsOf(Series series)
{
    switch (series) {
    case Series::Database: return {Test::Missing};
    case Series::Engines: return {Test::Missing, Test::Below};
    case Series::EndpointFailures:
    case Series::FailedShare: return {Test::Above};
    case Series::Finished: return {Test::Missing, Test::Below, Test::Above};
    case Series::Pending:
    case Series::Processing: return {Test::Above, Test::Below, Test::Rising, Test::Missing};
    case Series::OldestPending:
    case Series::Stuck:
    case Series::Dead: break;
    }
    return {Test::Above, Test::Rising};
}

// "Nothing is processed" covers what the two that are off would say a second time.
Rules presetRules()
{
    const Condition oldest{Series::OldestPending, Test::Above, 300, 0s};
    const Condition veryOld{Series::OldestPending, Test::Above, 600, 1min};
    return {
        {u"falls-behind"_s,
         Sentence::tr("Queue falls behind").translated(),
         true,
         {},
         {oldest, {Series::Pending, Test::Rising, 0, 10min}}},
        {u"nothing-processed"_s,
         Sentence::tr("Nothing is processed").translated(),
         true,
         {},
         {veryOld, {Series::Finished, Test::Missing, 0, 10min, 2min}}},
        {u"jobs-fail"_s,
         Sentence::tr("Jobs fail").translated(),
         true,
         {},
         {{Series::FailedShare, Test::Above, 25, 1min, 15min, 20}}},
        {u"stuck"_s,
         Sentence::tr("Stuck jobs").translated(),
         true,
         {},
         {{Series::Stuck, Test::Above, 0, 15min}}},
        {u"endpoint-down"_s,
         Sentence::tr("Endpoint is down").translated(),
         true,
         {},
         {{Series::EndpointFailures, Test::Above, 2, 0s}}},
        {u"database-lost"_s,
         Sentence::tr("Database does not answer").translated(),
         true,
         {},
         {{Series::Database, Test::Missing, 0, 1min}}},
        {u"no-engine"_s,
         Sentence::tr("No engine").translated(),
         false,
         {},
         {{Series::Engines, Test::Missing, 0, 5min}, oldest}},
        {u"dead"_s,
         Sentence::tr("Dead jobs").translated(),
         false,
         {},
         {{Series::Dead, Test::Above, 10, 0s}}},
    };
}

Sentence ruleProblem(const Rule& rule)
{
    const QString name = rule.name.trimmed();
    if (name.isEmpty())
        return Sentence::tr("A rule needs a name.");
    if (name.size() > kLongestRuleName)
        return Sentence::tr("The name of a rule has at most %1 characters.").arg(kLongestRuleName);
    if (rule.when.isEmpty())
        return Sentence::tr("%1 has no condition.").arg(name);
    if (rule.when.size() > kMostConditions)
        return Sentence::tr("%1 has more than %2 conditions.").arg(name, kMostConditions);
    for (const Condition& condition : rule.when) {
        if (const Sentence problem = conditionProblem(condition, rule); !problem.isEmpty())
            return problem;
    }
    return {};
}

Sentence ruleText(const Rule& rule)
{
    Sentence text;
    for (const Condition& condition : rule.when) {
        const Sentence one =
            condition.lasting > 0s
                ? Sentence::tr("%1 for %2").arg(testText(condition), timeText(condition.lasting))
                : testText(condition);
        text = text.isEmpty() ? one : Sentence::tr("%1, %2").arg(text, one);
    }
    return rule.type.isEmpty() ? text : Sentence::tr("%1: %2").arg(rule.type, text);
}

QString limitText(const Rule& rule)
{
    if (rule.when.isEmpty())
        return {};
    const Condition& first = rule.when.first();
    return first.test == Test::Above || first.test == Test::Below
               ? valueText(first.series, first.limit)
               : QString();
}

} // namespace queuedeck::alerts
