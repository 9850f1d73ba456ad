// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/checks.h"

using namespace Qt::StringLiterals;

namespace queuedeck::diagnosis {

using base::Sentence;
using domain::Finding;
using domain::Remedy;
using domain::Severity;

// Engines that have sent heartbeats, here or elsewhere.
base::Result<Verdict> checkEngines(Ground& ground)
{
    if (ground.shape().isGuest())
        return advice(Sentence::tr("cannot be seen without tables of Queuedeck's own"));
    const auto engines = ground.store().jobs.engines();
    if (!engines)
        return engines.error();
    Verdict verdict;
    int live = 0;
    for (const domain::EngineSeen& engine : *engines) {
        const auto silent = std::chrono::seconds(engine.seenAt.secsTo(ground.now()));
        const Sentence who = Sentence::tr("%1 (process %2)").arg(engine.host, engine.pid);
        const Sentence source = Sentence::tr("heartbeats");
        // One that ended in good order has said so.
        const bool isSilent = silent > domain::kEngineSilent && silent < std::chrono::hours(24) &&
                              engine.state != "stopped"_L1;
        live += silent <= domain::kEngineSilent ? 1 : 0;
        if (isSilent)
            verdict.findings += Finding{
                .id = u"engine-silent"_s,
                .severity = Severity::Warning,
                .evidence =
                    Sentence::tr("The engine on %1 has been silent for %2.").arg(who, span(silent)),
                .cause =
                    Sentence::tr("It was ended without a chance to say so, its computer is off or "
                                 "asleep, or it cannot reach the database. Its jobs are freed by "
                                 "other engines."),
                .facts = {{Sentence::tr("Last heartbeat"), moment(engine.seenAt, ground.now()),
                           source},
                          {Sentence::tr("State then"), engine.state, source},
                          {Sentence::tr("Version"), engine.version, source}},
                .remedies = {{Sentence::tr("Look at that computer, or start an engine here."),
                              Remedy::Action::StartEngine}}};
        else if (silent <= domain::kEngineSilent && !ground.around().version.isEmpty() &&
                 engine.version != ground.around().version)
            verdict.findings +=
                Finding{.id = u"engine-version"_s,
                        .severity = Severity::Note,
                        .evidence = Sentence::tr("The engine on %1 is of version %2; this is %3.")
                                        .arg(who, engine.version, ground.around().version),
                        .cause = Sentence::tr(
                            "Engines of different versions may treat the same job differently."),
                        .facts = {{Sentence::tr("Last heartbeat"),
                                   moment(engine.seenAt, ground.now()), source}},
                        .remedies = {{Sentence::tr("Install the same version on all computers.")}}};
    }
    verdict.note = live == 0   ? Sentence::tr("none is running")
                   : live == 1 ? Sentence::tr("1 is running")
                               : Sentence::tr("%L1 are running").arg(live);
    if (!verdict.findings.isEmpty())
        verdict.state = domain::CheckOutcome::State::Found;
    return verdict;
}

// The schedules of this computer.
base::Result<Verdict> checkSchedules(Ground& ground)
{
    const auto& schedules = ground.around().schedules;
    if (schedules.isEmpty())
        return good(Sentence::tr("none on this computer"));
    Verdict verdict;
    const Sentence source = Sentence::tr("schedules of this computer");
    for (const Surroundings::Schedule& schedule : schedules) {
        if (schedule.missed > 0)
            verdict.findings += Finding{
                .id = u"schedule-missed"_s,
                .severity = Severity::Warning,
                .evidence =
                    schedule.missed == 1
                        ? Sentence::tr("The schedule “%1” missed its last run.").arg(schedule.name)
                        : Sentence::tr("The schedule “%1” missed its last %L2 runs.")
                              .arg(schedule.name, schedule.missed),
                .cause =
                    Sentence::tr("Queuedeck was closed, or the computer slept. Schedules run only "
                                 "while the window is open."),
                .facts = {{Sentence::tr("Missed"), Sentence::tr("%L1").arg(schedule.missed),
                           source}},
                .remedies = {{Sentence::tr(
                                  "Let a server do it: the schedule can be written for systemd "
                                  "or cron."),
                              Remedy::Action::ShowEngine}},
                .count = schedule.missed};
        else if (!schedule.failure.isEmpty())
            verdict.findings += Finding{
                .id = u"schedule-failed"_s,
                .severity = Severity::Warning,
                .evidence =
                    Sentence::tr("The last run of the schedule “%1” failed.").arg(schedule.name),
                .cause = schedule.failure,
                .facts = {{Sentence::tr("It said"), schedule.failure, source}},
                .remedies = {{Sentence::tr("Look at its runs."), Remedy::Action::ShowEngine}}};
    }
    verdict.note = verdict.findings.isEmpty()
                       ? Sentence::tr("%L1, all in time").arg(qint64(schedules.size()))
                       : verdict.findings.front().evidence;
    if (!verdict.findings.isEmpty())
        verdict.state = domain::CheckOutcome::State::Found;
    return verdict;
}

} // namespace queuedeck::diagnosis
