// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/checks.h"
#include "core/domain/jobfault.h"
#include "core/domain/jobrules.h"

using namespace Qt::StringLiterals;

namespace queuedeck::diagnosis {

using base::Sentence;
using domain::Finding;
using domain::Remedy;
using domain::Severity;

// What can be told from the rows alone: a count, and the filter that lists them.
using domain::JobFault;

namespace {
constexpr int kNewestFailed = 5'000; // few fail, so they lie far apart

Sentence none()
{
    return Sentence::tr("none");
}

Sentence source(const Ground& ground, QLatin1StringView columns)
{
    return ground.table() + u", "_s + columns;
}

Finding findingOf(JobFault fault, const QString& id, Severity severity,
                  const domain::MatchCount& counted, const Sentence& evidence)
{
    return {.id = id,
            .severity = severity,
            .evidence = atLeast(evidence, counted.isExact),
            .cause = causeOf(fault),
            .remedies = {},
            .filter = filterOf(fault),
            .count = counted.count,
            .isExact = counted.isExact};
}
} // namespace

base::Result<Verdict> checkDeadPending(Ground& ground)
{
    const auto counted = ground.count(filterOf(JobFault::DeadPending));
    if (!counted)
        return counted.error();
    if (counted->count == 0)
        return good(none());
    const Sentence number = amount(counted->count, counted->isExact);
    const Sentence plain = amount(counted->count);
    Finding finding = findingOf(
        JobFault::DeadPending, u"dead-pending"_s, Severity::Error, *counted,
        counted->count == 1
            ? Sentence::tr("1 pending job has no attempts left, or an unknown number of them.")
            : Sentence::tr("%1 pending jobs have no attempts left, or an unknown number of them.")
                  .arg(plain));
    finding.facts = {{Sentence::tr("Pending without attempts left"), number,
                      source(ground, "status, attempts"_L1)}};
    finding.remedies = {
        {Sentence::tr("Retry them: that gives new attempts."), Remedy::Action::Retry},
        {Sentence::tr("Look at the jobs."), Remedy::Action::ShowJobs}};
    finding.explains = counted->count;
    return found(finding, number);
}

base::Result<Verdict> checkOddStatus(Ground& ground)
{
    const auto counted = ground.count(filterOf(JobFault::OddStatus));
    if (!counted)
        return counted.error();
    if (counted->count == 0)
        return good(none());
    const Sentence number = amount(counted->count, counted->isExact);
    const Sentence plain = amount(counted->count);
    Finding finding =
        findingOf(JobFault::OddStatus, u"odd-status"_s, Severity::Error, *counted,
                  counted->count == 1
                      ? Sentence::tr("1 job has a status that is none of the four.")
                      : Sentence::tr("%1 jobs have a status that is none of the four.").arg(plain));
    finding.facts = {
        {Sentence::tr("Rows with another status, or NULL"), number, source(ground, "status"_L1)}};
    finding.remedies = {
        {Sentence::tr("Repair them: each gets the status its word stands for, else pending."),
         Remedy::Action::Repair},
        {Sentence::tr("Look at the jobs."), Remedy::Action::ShowJobs}};
    finding.explains = counted->count;
    return found(finding, number);
}

base::Result<Verdict> checkStuck(Ground& ground)
{
    if (ground.shape().isGuest())
        return Verdict{domain::CheckOutcome::State::Advice,
                       Sentence::tr("cannot be seen without tables of Queuedeck's own")};
    const auto counted = ground.count(filterOf(JobFault::Stuck));
    if (!counted)
        return counted.error();
    if (counted->count == 0)
        return good(none());
    const Sentence number = amount(counted->count, counted->isExact);
    const Sentence plain = amount(counted->count);
    Finding finding = findingOf(
        JobFault::Stuck, u"stuck"_s, Severity::Error, *counted,
        counted->count == 1
            ? Sentence::tr("1 job is in processing, but nothing runs it.")
            : Sentence::tr("%1 jobs are in processing, but nothing runs them.").arg(plain));
    finding.facts = {
        {Sentence::tr("Processing without a live lease"), number, Sentence::tr("status, leases")}};
    finding.remedies = {
        {Sentence::tr("Start the engine, which frees them; or cancel and retry them."),
         Remedy::Action::StartEngine},
        {Sentence::tr("Look at the jobs."), Remedy::Action::ShowJobs}};
    finding.explains = counted->count;
    return found(finding, number);
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
    domain::MatchCount counted;
    counted.count = (*others)[0].integer(1) + (*completed)[4];
    counted.isExact = (*others)[0].integer(0) < kNewestFailed && (*completed)[0] < Ground::kNewest;
    if (counted.count == 0)
        return good(none());
    const Sentence number = amount(counted.count, counted.isExact);
    const Sentence plain = amount(counted.count);
    Finding finding =
        findingOf(JobFault::OverlappingRuns, u"overlapping-runs"_s, Severity::Warning, counted,
                  counted.count == 1
                      ? Sentence::tr("1 job ran more often than it has attempts.")
                      : Sentence::tr("%1 jobs ran more often than they have attempts.").arg(plain));
    finding.facts = {
        {Sentence::tr("More than three attempts"), number, source(ground, "attempts"_L1)}};
    finding.remedies = {{Sentence::tr("Let one processor call the endpoint at a time, or run the "
                                      "queue with Queuedeck alone.")},
                        {Sentence::tr("Look at the jobs."), Remedy::Action::ShowJobs}};
    return found(finding, number);
}

base::Result<Verdict> checkNoRetry(Ground& ground)
{
    if (!ground.isShared())
        return Verdict{};
    const auto counted = ground.count(filterOf(JobFault::NoRetry));
    if (!counted)
        return counted.error();
    if (counted->count == 0)
        return good(none());
    const Sentence number = amount(counted->count, counted->isExact);
    const Sentence plain = amount(counted->count);
    Finding finding = findingOf(
        JobFault::NoRetry, u"no-retry"_s, Severity::Warning, *counted,
        counted->count == 1 ? Sentence::tr("1 failed job has attempts left.")
                            : Sentence::tr("%1 failed jobs have attempts left.").arg(plain));
    finding.facts = {{Sentence::tr("Failed before the third attempt"), number,
                      source(ground, "status, attempts"_L1)}};
    finding.remedies = {
        {Sentence::tr("Retry those whose error may pass: a timeout, a busy service."),
         Remedy::Action::ShowJobs},
        {Sentence::tr("Or all of them."), Remedy::Action::Retry}};
    return found(finding, number);
}

base::Result<Verdict> checkNoCode(Ground& ground)
{
    if (!ground.isShared())
        return Verdict{};
    const auto completed = ground.oddities();
    if (!completed)
        return completed.error();
    const qint64 count = (*completed)[2];
    if (count == 0)
        return good(none());
    const bool isExact = (*completed)[0] < Ground::kNewest;
    const Sentence number = amount(count, isExact);
    const Sentence plain = amount(count);
    return found(
        {.id = u"run-by-no-code"_s,
         .severity = Severity::Warning,
         .evidence = atLeast(count == 1 ? Sentence::tr("1 completed job did nothing.")
                                        : Sentence::tr("%1 completed jobs did nothing.").arg(plain),
                             isExact),
         .cause = Sentence::tr("The web application has no code for customer_enrichment and "
                               "report_generation and completes them as they are."),
         .facts = {{Sentence::tr("Of the newest %L1 completed").arg((*completed)[0]), number,
                    source(ground, "type"_L1)}},
         .remedies = {{Sentence::tr("Run these types here, and enqueue the jobs again."),
                       Remedy::Action::ShowJobs}},
         .filter = u"status:completed type:customer_enrichment,report_generation"_s,
         .count = count,
         .isExact = isExact},
        number);
}

base::Result<Verdict> checkImports(Ground& ground)
{
    if (!ground.isShared())
        return Verdict{};
    const auto completed = ground.oddities();
    if (!completed)
        return completed.error();
    const qint64 count = (*completed)[3];
    if (count == 0)
        return good(none());
    const bool isExact = (*completed)[0] < Ground::kNewest;
    const Sentence number = amount(count, isExact);
    const Sentence plain = amount(count);
    return found(
        {.id = u"import-without-batch"_s,
         .severity = Severity::Warning,
         .evidence = atLeast(
             count == 1
                 ? Sentence::tr(
                       "1 completed import named neither batch nor file and imported nothing.")
                 : Sentence::tr(
                       "%1 completed imports named neither batch nor file and imported nothing.")
                       .arg(plain),
             isExact),
         .cause =
             Sentence::tr("The web application silently completes a bulk_import without batchId."),
         .facts = {{Sentence::tr("Of the newest %L1 completed").arg((*completed)[0]), number,
                    source(ground, "payload"_L1)}},
         .remedies = {{Sentence::tr("Enqueue them again with the batch they are for."),
                       Remedy::Action::ShowJobs}},
         .filter = u"status:completed type:bulk_import"_s,
         .count = count,
         .isExact = isExact},
        number);
}

base::Result<Verdict> checkStaleErrors(Ground& ground)
{
    const auto completed = ground.oddities();
    if (!completed)
        return completed.error();
    domain::MatchCount counted;
    counted.count = (*completed)[1];
    counted.isExact = (*completed)[0] < Ground::kNewest;
    if (counted.count == 0)
        return good(none());
    const Sentence number = amount(counted.count, counted.isExact);
    const Sentence plain = amount(counted.count);
    Finding finding = findingOf(JobFault::StaleError, u"stale-error"_s, Severity::Note, counted,
                                counted.count == 1
                                    ? Sentence::tr("1 completed job carries an error.")
                                    : Sentence::tr("%1 completed jobs carry an error.").arg(plain));
    finding.facts = {{Sentence::tr("Of the newest %L1 completed").arg((*completed)[0]), number,
                      source(ground, "error"_L1)}};
    finding.remedies = {{Sentence::tr("Nothing: the job is done."), Remedy::Action::ShowJobs}};
    return found(finding, number);
}

} // namespace queuedeck::diagnosis
