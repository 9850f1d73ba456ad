// SPDX-License-Identifier: GPL-3.0-or-later
// The options of retry: all those of a bulk change, and when and how fast.
#include "app/ctl/parser.h"
#include "core/domain/filtertimes.h"

namespace queuedeck::ctl {

using domain::ChangePlan;

namespace {
std::string wrongTime(const std::string& words)
{
    return domain::parseTimeSpan(text(words), false)
               ? std::string()
               : "needs a time in UTC such as 2026-12-24T22:00, not \"" + words + '"';
}

ChangePlan::Rule ruleFrom(const std::string& word)
{
    return word == "half"  ? ChangePlan::Rule::HalfComplete
           : word == "any" ? ChangePlan::Rule::AnyCompletes
                           : ChangePlan::Rule::AllComplete;
}
} // namespace

void Parser::addRetry()
{
    CLI::App* retry = addBulkChange(
        "retry", domain::JobAction::Retry,
        "Make failed jobs, and pending ones with no attempts left, pending again.",
        "  queuedeckctl retry --failed --dry-run\n"
        "  queuedeckctl retry --where 'status:failed error:timeout'\n"
        "  queuedeckctl retry --failed --first 5 --per-second 50\n"
        "The set of jobs is frozen, then changed in batches; Ctrl+C stops between two. With\n"
        "--first the others wait until those few are through; if too many of them fail again,\n"
        "the rest is left alone and the exit code is 1. With --at the program waits until then.");
    retry->add_flag("--keep-tries", m_values.keepTries,
                    "Count the attempts on; jobs with none left are skipped");
    CLI::Option* first = retry->add_option("--first", m_values.first, "Retry only so many at first")
                             ->type_name("N")
                             ->check(numberFrom(1, ChangePlan::kMostFirst));
    retry
        ->add_option("--then", m_values.then,
                     "The rest once all, half or any of these are completed (all)")
        ->type_name("WHICH")
        ->check(oneOf({"all", "half", "any"}))
        ->needs(first);
    retry->add_option("--per-second", m_values.perSecond, "At most so many jobs a second")
        ->type_name("N")
        ->check(numberFrom(1, ChangePlan::kMostPerSecond));
    retry->add_option("--at", m_values.at, "Not before this time (UTC)")
        ->type_name("TIME")
        ->check(CLI::Validator(wrongTime, ""));
}

ChangePlan Parser::plan() const
{
    ChangePlan plan;
    plan.first = m_values.first;
    plan.rule = ruleFrom(m_values.then);
    plan.perSecond = m_values.perSecond;
    if (!m_values.at.empty())
        plan.at = domain::parseTimeSpan(text(m_values.at), false)->from;
    return plan;
}

} // namespace queuedeck::ctl
