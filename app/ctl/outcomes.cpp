// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/outcomes.h"

#include "app/ctl/jsonshapes.h"

#include <map>

using namespace Qt::StringLiterals;

namespace queuedeck::ctl {

using domain::JobAction;
using Phase = domain::ChangeStep::Phase;

namespace {
// "12 re-queued, 1 skipped: already running."
QString outcomeWords(const domain::Outcome& outcome, const QString& changedWord)
{
    QString words = u"%1 %2"_s.arg(outcome.changed).arg(changedWord);
    std::map<QString, int> reasons;
    for (const domain::Skipped& row : outcome.skipped)
        ++reasons[row.why.text()];
    for (const auto& [reason, count] : reasons)
        words += u", %1 skipped: %2"_s.arg(count).arg(visible(reason));
    return words + u'.';
}
} // namespace

QString changedWord(JobAction action)
{
    switch (action) {
    case JobAction::Retry:
    case JobAction::RetryKeepingTries: return u"re-queued"_s;
    case JobAction::Cancel: return u"cancelled"_s;
    case JobAction::Delete: return u"deleted"_s;
    case JobAction::RunNext: return u"moved to the front"_s;
    case JobAction::Repair: return u"repaired"_s;
    }
    return u"changed"_s;
}

void printOutcome(Console& console, const domain::Outcome& outcome, const QString& changedWord)
{
    if (console.isJson()) {
        console.json(outcomeJson(outcome));
        return;
    }
    console.line(outcomeWords(outcome, changedWord));
    if (outcome.cancelled)
        console.line(u"Stopped. %1 were not touched."_s.arg(outcome.matched - outcome.changed -
                                                            outcome.skipped.size()));
    if (outcome.wereRunning > 0 && !outcome.dryRun)
        console.line(u"%1 of them were running. Another processor may still complete them."_s.arg(
            outcome.wereRunning));
    if (outcome.changed > 0 && !outcome.lost.isEmpty())
        console.line(u"Undo does not bring back: %1."_s.arg(
            visible(base::english(outcome.lost).join(u"; "_s))));
    if (outcome.dryRun)
        console.line(u"Nothing has been changed."_s);
}

// JSON has the error with the counts.
int tellFailure(Console& console, const domain::Outcome& outcome)
{
    if (outcome.failure)
        console.note(u"%1 %2 of %3 were changed before that; the rest was left as it was."_s
                         .arg(outcome.failure->detail)
                         .arg(outcome.changed)
                         .arg(outcome.matched));
    return outcome.failure ? kWorkFailed : kDone;
}

void tellUndo(Console& console, const domain::Outcome& outcome)
{
    if (!console.isJson() && !outcome.journal.isEmpty())
        console.line(u"Undo: queuedeckctl undo "_s + outcome.journal.value);
}

QString stepWords(const domain::ChangeStep& step)
{
    const domain::FirstJobs& first = step.first;
    switch (step.phase) {
    case Phase::Planned: return u"Waiting to begin with %1 …"_s.arg(step.total);
    case Phase::TryingFirst:
        return u"%1 tried first: %2 completed, %3 failed …"_s.arg(first.tried)
            .arg(first.completed)
            .arg(first.failed);
    case Phase::Held:
        return u"%1 of %2 failed again, so nothing else was touched."_s.arg(first.failed)
            .arg(first.tried);
    case Phase::Changing:
    case Phase::Paused: break;
    }
    return u"%1 of %2 …"_s.arg(step.done).arg(step.total);
}

} // namespace queuedeck::ctl
