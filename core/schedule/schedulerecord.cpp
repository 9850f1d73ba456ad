// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schedule/schedulerecord.h"

#include "core/base/sentence.h"

using namespace Qt::StringLiterals;

namespace queuedeck::schedule {

using Kind = ScheduleOutcome::Kind;

namespace {
QString clockText(const QDateTime& time)
{
    return time.toUTC().toString(u"yyyy-MM-dd HH:mm"_s) + u" UTC"_s;
}

QString runsText(int runs)
{
    return runs >= DueRuns::kMostCounted ? u"at least %L1 runs"_s.arg(runs)
                                         : u"%L1 runs"_s.arg(runs);
}

base::Sentence missedSentence(const QDateTime& first, int runs)
{
    if (runs == 1)
        return base::Sentence::tr(
                   "Missed the run of %1: Queuedeck was closed or the computer slept. One run now "
                   "makes up for it.")
            .arg(clockText(first));
    return base::Sentence::
        tr("Missed %1 since %2: Queuedeck was closed or the computer slept. One run now makes up "
           "for them.")
            .arg(runsText(runs), clockText(first));
}

base::Sentence skippedSentence(const QDateTime& first, int runs)
{
    if (runs == 1)
        return base::Sentence::tr("Skipped the run of %1: the previous run was still going.")
            .arg(clockText(first));
    return base::Sentence::tr("Skipped %1 since %2: the previous run was still going.")
        .arg(runsText(runs), clockText(first));
}

ScheduleOutcome noRun(Kind kind, const QDateTime& first, int runs, const QString& sentence)
{
    ScheduleOutcome outcome;
    outcome.kind = kind;
    outcome.time = first;
    outcome.runs = runs;
    outcome.sentence = sentence;
    return outcome;
}
} // namespace

void ScheduleRecord::add(const ScheduleOutcome& outcome)
{
    // One long run must not push everything else out.
    if (outcome.kind == Kind::Skipped && !outcomes.isEmpty() &&
        outcomes.first().kind == Kind::Skipped) {
        ScheduleOutcome& last = outcomes.first();
        last.runs += outcome.runs;
        last.sentence = skippedSentence(last.time, last.runs);
        return;
    }
    outcomes.prepend(outcome);
    if (outcomes.size() > kOutcomesKept)
        outcomes.resize(kOutcomesKept);
}

void ScheduleRecord::addMissed(const DueRuns& runs)
{
    if (const int missed = runs.missed(); missed > 0)
        add(noRun(Kind::Missed, runs.first, missed, missedSentence(runs.first, missed)));
}

void ScheduleRecord::addSkipped(const DueRuns& runs)
{
    add(noRun(Kind::Skipped, runs.first, runs.count, skippedSentence(runs.first, runs.count)));
}

} // namespace queuedeck::schedule
