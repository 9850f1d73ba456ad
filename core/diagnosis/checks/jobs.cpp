// SPDX-License-Identifier: GPL-3.0-or-later
// What can be told from the rows alone: a count, and the filter that lists them.
#include "core/diagnosis/checks.h"
#include "core/domain/jobfault.h"
#include "core/domain/jobrules.h"

using namespace Qt::StringLiterals;

namespace queuedeck::diagnosis {

using base::Sentence;
using domain::Finding;
using domain::JobFault;
using domain::MatchCount;
using domain::Remedy;
using domain::Severity;

namespace {
constexpr int kNewestFailed = 5'000; // few fail, so they lie far apart

/// How a count is told.
struct Words
{
    Sentence one;
    Sentence many; ///< with %1 for the number
    Sentence fact;
    Sentence source;
};

Sentence source(const Ground& ground, QLatin1StringView columns)
{
    return ground.table() + u", "_s + columns;
}

Finding findingOf(JobFault fault, const QString& id, Severity severity)
{
    return {.id = id,
            .severity = severity,
            .evidence = {},
            .cause = causeOf(fault),
            .filter = filterOf(fault)};
}

/// None is good; else the finding, with its evidence, fact and count.
base::Result<Verdict> verdictOn(const base::Result<MatchCount>& counted, Finding finding,
                                const Words& words)
{
    if (!counted)
        return counted.error();
    if (counted->count == 0)
        return good(Sentence::tr("none"));
    const Sentence number = amount(counted->count, counted->isExact);
    const Sentence evidence =
        counted->count == 1 ? words.one : words.many.arg(amount(counted->count));
    finding.evidence = atLeast(evidence, counted->isExact);
    finding.facts = {{words.fact, number, words.source}};
    finding.count = counted->count;
    finding.isExact = counted->isExact;
    return found(finding, number);
}

/// The same for jobs that wait because of it.
base::Result<Verdict> verdictOnWaiting(const base::Result<MatchCount>& counted, Finding finding,
                                       const Words& words)
{
    finding.explains = counted ? counted->count : 0;
    return verdictOn(counted, std::move(finding), words);
}

/// The same for one kind of oddity (see Ground::Oddities) among the newest completed jobs.
base::Result<Verdict> verdictOnNewest(Ground& ground, size_t kind, Finding finding, Words words)
{
    const auto completed = ground.oddities();
    if (!completed)
        return completed.error();
    words.fact = Sentence::tr("Of the newest %L1 completed").arg((*completed)[0]);
    return verdictOn(MatchCount{(*completed)[kind], (*completed)[0] < Ground::kNewest},
                     std::move(finding), words);
}

Remedy lookAtThem()
{
    return {Sentence::tr("Look at the jobs."), Remedy::Action::ShowJobs};
}
} // namespace

base::Result<Verdict> checkDeadPending(Ground& ground)
{
    Finding finding = findingOf(JobFault::DeadPending, u"dead-pending"_s, Severity::Error);
    finding.remedies = {
        {Sentence::tr("Retry them: that gives new attempts."), Remedy::Action::Retry},
        lookAtThem()};
    return verdictOnWaiting(
        ground.count(finding.filter), finding,
        {Sentence::tr("1 pending job has no attempts left, or an unknown number of them."),
         Sentence::tr("%1 pending jobs have no attempts left, or an unknown number of them."),
         Sentence::tr("Pending without attempts left"), source(ground, "status, attempts"_L1)});
}

base::Result<Verdict> checkOddStatus(Ground& ground)
{
    Finding finding = findingOf(JobFault::OddStatus, u"odd-status"_s, Severity::Error);
    finding.remedies = {
        {Sentence::tr("Repair them: each gets the status its word stands for, else pending."),
         Remedy::Action::Repair},
        lookAtThem()};
    return verdictOnWaiting(ground.count(finding.filter), finding,
                            {Sentence::tr("1 job has a status that is none of the four."),
                             Sentence::tr("%1 jobs have a status that is none of the four."),
                             Sentence::tr("Rows with another status, or NULL"),
                             source(ground, "status"_L1)});
}

base::Result<Verdict> checkStuck(Ground& ground)
{
    if (ground.shape().isGuest())
        return Verdict{domain::CheckOutcome::State::Advice,
                       Sentence::tr("cannot be seen without tables of Queuedeck's own")};
    Finding finding = findingOf(JobFault::Stuck, u"stuck"_s, Severity::Error);
    finding.remedies = {
        {Sentence::tr("Start the engine, which frees them; or cancel and retry them."),
         Remedy::Action::StartEngine},
        lookAtThem()};
    return verdictOnWaiting(ground.count(finding.filter), finding,
                            {Sentence::tr("1 job is in processing, but nothing runs it."),
                             Sentence::tr("%1 jobs are in processing, but nothing runs them."),
                             Sentence::tr("Processing without a live lease"),
                             Sentence::tr("status, leases")});
}

base::Result<Verdict> checkOverlaps(Ground& ground)
{
    const auto others = ground.ask(ground.sql().failedTooOften,
                                   {{u"max"_s, domain::kMaxAttempts}, {u"limit"_s, kNewestFailed}});
    if (!others)
        return others.error();
    const auto completed = ground.oddities();
    if (!completed)
        return completed.error();
    MatchCount counted;
    counted.count = (*others)[0].integer(1) + (*completed)[4];
    counted.isExact = (*others)[0].integer(0) < kNewestFailed && (*completed)[0] < Ground::kNewest;
    Finding finding =
        findingOf(JobFault::OverlappingRuns, u"overlapping-runs"_s, Severity::Warning);
    finding.remedies = {{Sentence::tr("Let one processor call the endpoint at a time, or run the "
                                      "queue with Queuedeck alone.")},
                        lookAtThem()};
    return verdictOn(counted, finding,
                     {Sentence::tr("1 job ran more often than it has attempts."),
                      Sentence::tr("%1 jobs ran more often than they have attempts."),
                      Sentence::tr("More than three attempts"), source(ground, "attempts"_L1)});
}

base::Result<Verdict> checkNoRetry(Ground& ground)
{
    if (!ground.isShared())
        return Verdict{};
    Finding finding = findingOf(JobFault::NoRetry, u"no-retry"_s, Severity::Warning);
    finding.remedies = {
        {Sentence::tr("Retry those whose error may pass: a timeout, a busy service."),
         Remedy::Action::ShowJobs},
        {Sentence::tr("Or all of them."), Remedy::Action::Retry}};
    return verdictOn(ground.count(finding.filter), finding,
                     {Sentence::tr("1 failed job has attempts left."),
                      Sentence::tr("%1 failed jobs have attempts left."),
                      Sentence::tr("Failed before the third attempt"),
                      source(ground, "status, attempts"_L1)});
}

base::Result<Verdict> checkNoCode(Ground& ground)
{
    if (!ground.isShared())
        return Verdict{};
    const Finding finding{
        .id = u"run-by-no-code"_s,
        .severity = Severity::Warning,
        .evidence = {},
        .cause = Sentence::tr("The web application has no code for customer_enrichment and "
                              "report_generation and completes them as they are."),
        .remedies = {{Sentence::tr("Run these types here, and enqueue the jobs again."),
                      Remedy::Action::ShowJobs}},
        .filter = u"status:completed type:customer_enrichment,report_generation"_s};
    return verdictOnNewest(ground, 2, finding,
                           {Sentence::tr("1 completed job did nothing."),
                            Sentence::tr("%1 completed jobs did nothing."),
                            {},
                            source(ground, "type"_L1)});
}

base::Result<Verdict> checkImports(Ground& ground)
{
    if (!ground.isShared())
        return Verdict{};
    const Finding finding{
        .id = u"import-without-batch"_s,
        .severity = Severity::Warning,
        .evidence = {},
        .cause =
            Sentence::tr("The web application silently completes a bulk_import without batchId."),
        .remedies = {{Sentence::tr("Enqueue them again with the batch they are for."),
                      Remedy::Action::ShowJobs}},
        .filter = u"status:completed type:bulk_import"_s};
    return verdictOnNewest(
        ground, 3, finding,
        {Sentence::tr("1 completed import named neither batch nor file and imported nothing."),
         Sentence::tr("%1 completed imports named neither batch nor file and imported nothing."),
         {},
         source(ground, "payload"_L1)});
}

base::Result<Verdict> checkStaleErrors(Ground& ground)
{
    Finding finding = findingOf(JobFault::StaleError, u"stale-error"_s, Severity::Note);
    finding.remedies = {{Sentence::tr("Nothing: the job is done."), Remedy::Action::ShowJobs}};
    return verdictOnNewest(ground, 1, finding,
                           {Sentence::tr("1 completed job carries an error."),
                            Sentence::tr("%1 completed jobs carry an error."),
                            {},
                            source(ground, "error"_L1)});
}

} // namespace queuedeck::diagnosis
