// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/checks.h"

using namespace Qt::StringLiterals;

namespace queuedeck::diagnosis {

using base::Sentence;
using domain::Finding;
using domain::Remedy;
using domain::Severity;

namespace {
// When the last job ended, as far as can be known: rows record only when they completed.
base::Result<QDateTime> lastEnd(Ground& ground)
{
    const auto jobs = ground.finished();
    if (!jobs)
        return jobs.error();
    QDateTime last;
    for (const FinishedJob& job : *jobs) {
        // One that failed ended after it was created.
        const QDateTime time = job.isFailed ? job.createdAt : job.completedAt;
        if (time.isValid() && (!last.isValid() || time > last) && time <= ground.now())
            last = time;
    }
    const auto here = ground.lastEnded();
    if (!here)
        return here.error();
    if (*here && (!last.isValid() || **here > last))
        last = **here;
    return last;
}
} // namespace

// The symptom itself, which the findings before it may explain.
base::Result<Verdict> checkThroughput(Ground& ground)
{
    const auto waiting = ground.waiting();
    if (!waiting)
        return waiting.error();
    if (waiting->jobs == 0)
        return good(Sentence::tr("nothing is pending"));
    const auto last = lastEnd(ground);
    if (!last)
        return last.error();
    const std::chrono::seconds limit = ground.limits().waitsTooLong;
    const std::chrono::seconds waits(
        waiting->oldest.isValid() ? waiting->oldest.secsTo(ground.now()) : 0);
    const bool isSilent = !last->isValid() || last->secsTo(ground.now()) > limit.count();
    const Sentence sinceWhen =
        last->isValid() ? moment(*last, ground.now()) : Sentence::tr("never");
    if (waits <= limit || !isSilent)
        return good(Sentence::tr("oldest waits %1; last end: %2").arg(span(waits), sinceWhen));
    const auto running = ground.count(u"status:processing"_s);
    if (!running)
        return running.error();
    const Sentence jobs = amount(waiting->jobs, waiting->isExact);
    Finding finding{
        .id = u"cron-silent"_s,
        .severity = Severity::Error,
        .evidence = last->isValid()
                        ? Sentence::tr("Nothing has been processed since %1; pending: %2.")
                              .arg(sinceWhen, jobs)
                        : Sentence::tr("Nothing has ever been processed; pending: %1.").arg(jobs),
        .cause =
            running->count > 0
                ? Sentence::tr("Jobs are in processing, but none ends: they take very long, or "
                               "what ran them is gone.")
            : ground.isShared()
                ? Sentence::tr(
                      "Nobody takes jobs: the cron job that calls the endpoint does not run "
                      "or is refused, and no engine of Queuedeck is running.")
                : Sentence::tr("Nobody takes jobs: no engine is running."),
        .facts =
            {{Sentence::tr("Oldest pending job"), Sentence::tr("waits for %1").arg(span(waits)),
              ground.table() + u", createdAt"_s},
             {Sentence::tr("Pending that can run"), jobs, ground.table() + u", status, attempts"_s},
             {Sentence::tr("Last end of a job"), sinceWhen, ground.table() + u", completedAt"_s},
             {Sentence::tr("In processing"), amount(running->count, running->isExact),
              ground.table() + u", status"_s},
             {Sentence::tr("Engine in this program"),
              ground.around().isEngineRunning ? Sentence::tr("running")
                                              : Sentence::tr("not running"),
              Sentence::tr("this program")}},
        .remedies = {},
        .filter = u"status:pending -is:dead"_s,
        .count = waiting->jobs,
        .isExact = waiting->isExact,
        .explains = waiting->jobs};
    if (ground.isShared())
        finding.remedies.push_back(
            {Sentence::tr(
                 "Look at the cron job's log. With curl it needs --fail: without it a refusal "
                 "looks like success."),
             Remedy::Action::ShowEngine});
    if (!ground.around().isEngineRunning)
        finding.remedies.push_back(
            {Sentence::tr("Start the engine here."), Remedy::Action::StartEngine});
    finding.remedies.push_back({Sentence::tr("Look at the jobs."), Remedy::Action::ShowJobs});
    return found(finding, Sentence::tr("not since %1").arg(sinceWhen));
}

} // namespace queuedeck::diagnosis
