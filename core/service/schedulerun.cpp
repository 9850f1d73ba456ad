// SPDX-License-Identifier: GPL-3.0-or-later
// The part of the scheduler that looks at the clock: what is due, what was missed, what runs.
#include "core/async/deliver.h"
#include "core/service/schedules.h"
#include "core/service/schedulestate.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace queuedeck::service {

using Kind = ScheduleOutcome::Kind;

namespace {
constexpr auto kLongestWait = 60s; // a computer sleeps and its clock is set, unseen by a timer
constexpr auto kOnTime = 90s;      // later than this a run was missed
constexpr auto kSetBack = 120s;    // less is a clock that is kept right
constexpr int kMostCounted = 1000;

QString clockText(const QDateTime& time)
{
    return time.toUTC().toString(u"yyyy-MM-dd HH:mm"_s) + u" UTC"_s;
}

QString runsText(int runs)
{
    return runs >= kMostCounted ? u"at least %L1 runs"_s.arg(runs) : u"%L1 runs"_s.arg(runs);
}

QString missedSentence(const QDateTime& first, int runs)
{
    if (runs == 1)
        return u"Missed the run of %1: Queuedeck was closed or the computer slept. One run now "
               "makes up for it."_s.arg(clockText(first));
    return u"Missed %1 since %2: Queuedeck was closed or the computer slept. One run now makes up "
           "for them."_s.arg(runsText(runs), clockText(first));
}

QString skippedSentence(const QDateTime& first, int runs)
{
    if (runs == 1)
        return u"Skipped the run of %1: the run before was still going."_s.arg(clockText(first));
    return u"Skipped %1 since %2: the run before was still going."_s.arg(runsText(runs),
                                                                         clockText(first));
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

void Scheduler::tick()
{
    if (!m_isStarted)
        return;
    const bool isHeld = hold();
    if (!isHeld || !m_isReadable)
        load(); // the other one may have changed it, or a person repaired it
    if (isHeld && m_isReadable) {
        const QDateTime now = m_clock.now();
        const QVector<Schedule> schedules = m_schedules; // a run that ends at once changes them
        for (const Schedule& schedule : schedules)
            look(schedule, now);
    }
    arm();
}

void Scheduler::look(const Schedule& schedule, const QDateTime& now)
{
    const auto state = stateOf(schedule.id);
    const auto cron = domain::Cron::parse(schedule.cron);
    if (!state || !cron || !schedule.enabled)
        return;
    QDateTime& until = state->record.handledUntil;
    const QTimeZone zone = schedule.timeZone();
    // A clock that was ahead and has been set back must not silence a schedule until then.
    if (!until.isValid() || until > now.addMSecs(std::chrono::milliseconds(kSetBack).count()))
        until = now;
    const QDateTime first = cron->next(until, zone);
    if (!first.isValid() || first > now)
        return;
    int runs = 0;
    for (QDateTime due = first; due <= now && runs <= kMostCounted; due = cron->next(due, zone))
        ++runs;
    const QDateTime late = now.addMSecs(-std::chrono::milliseconds(kOnTime).count());
    const bool isOnTime = cron->next(std::max(until, late), zone) <= now;
    until = now;
    if (state->isRunning) {
        const int skipped = std::min(runs, kMostCounted);
        keep(*state, noRun(Kind::Skipped, first, skipped, skippedSentence(first, skipped)));
        write();
        Q_EMIT changed();
        return;
    }
    const int missed = std::min(isOnTime ? runs - 1 : runs, kMostCounted);
    if (missed > 0)
        keep(*state, noRun(Kind::Missed, first, missed, missedSentence(first, missed)));
    begin(schedule, now);
}

void Scheduler::begin(const Schedule& schedule, const QDateTime& now)
{
    const auto state = stateOf(schedule.id);
    state->isRunning = true;
    write(); // so that a crash during the run does not repeat it
    Q_EMIT runStarted(schedule.id);
    Q_EMIT changed();
    const auto began = std::chrono::steady_clock::now();
    async::deliver(
        m_runner(schedule), this,
        [this, id = schedule.id, state, now, began](const base::Result<QString>& result) {
            ScheduleOutcome outcome;
            outcome.kind = result ? Kind::Done : Kind::Failed;
            outcome.time = now;
            outcome.took = std::chrono::duration_cast<std::chrono::milliseconds>(
                std::chrono::steady_clock::now() - began);
            outcome.sentence = result ? *result : result.error().detail;
            if (!result)
                outcome.error = result.error().kind;
            state->isRunning = false;
            if (stateOf(id) != state)
                return; // removed meanwhile
            keep(*state, outcome);
            write();
            Q_EMIT runEnded(id, outcome);
            Q_EMIT changed();
        });
}

void Scheduler::keep(State& state, const ScheduleOutcome& outcome)
{
    QVector<ScheduleOutcome>& all = state.record.outcomes;
    // One long run must not push everything else out.
    if (outcome.kind == Kind::Skipped && !all.isEmpty() && all.first().kind == Kind::Skipped) {
        ScheduleOutcome& last = all.first();
        last.runs += outcome.runs;
        last.sentence = skippedSentence(last.time, last.runs);
        return;
    }
    all.prepend(outcome);
    if (all.size() > kOutcomesKept)
        all.resize(kOutcomesKept);
}

void Scheduler::arm()
{
    if (!m_isStarted)
        return;
    const QDateTime now = m_clock.now();
    qint64 wait = std::chrono::milliseconds(kLongestWait).count();
    for (const Schedule& schedule : m_schedules) {
        const QDateTime next = nextRun(schedule.id);
        if (next.isValid())
            wait = std::min(wait, now.msecsTo(next));
    }
    // A timer may fire a moment early by the clock of the day.
    m_timer.start(std::chrono::milliseconds(std::max<qint64>(wait, 0) + 5));
}

} // namespace queuedeck::service
