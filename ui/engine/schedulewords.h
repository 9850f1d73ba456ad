// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schedule/schedule.h"
#include "ui/widgets/icon.h"

namespace queuedeck::ui::schedulewords {

/// "Run up to 10 jobs here", "Trigger app.example: up to 10 jobs", "Delete jobs older than 30
/// days".
QString work(const schedule::ScheduledWork& work);
/// "every 5 minutes"; the error's sentence when the expression is wrong.
QString time(const schedule::Schedule& schedule);
/// The moment in the schedule's zone: "Mon 23 Nov 02:30"; with the zone when it is not the one that
/// times are shown in.
QString moment(const QDateTime& at, const schedule::Schedule& schedule);
/// "14:40 Processed 3 jobs, 0 failed.", "Missed while Queuedeck was closed: 3 runs since …".
QString outcome(const schedule::ScheduleOutcome& outcome);
Icon outcomeIcon(schedule::ScheduleOutcome::Kind kind);
Color outcomeColor(schedule::ScheduleOutcome::Kind kind);

} // namespace queuedeck::ui::schedulewords
