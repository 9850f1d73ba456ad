// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/ctl/console.h"
#include "core/domain/changeplan.h"
#include "core/domain/jobrules.h"
#include "core/domain/outcome.h"

namespace queuedeck::ctl {

/// "re-queued"
QString changedWord(domain::JobAction action);

/// What a change did: as JSON, else "12 re-queued, 1 skipped: already running." and what follows
/// from it.
void printOutcome(Console& console, const domain::Outcome& outcome, const QString& changedWord);

/// The exit code. Of a change that failed midway it tells what was done: that stays, and the rest
/// was not tried.
int tellFailure(Console& console, const domain::Outcome& outcome);

/// The command that takes it back.
void tellUndo(Console& console, const domain::Outcome& outcome);

/// How far a change is, on one line.
QString stepWords(const domain::ChangeStep& step);

} // namespace queuedeck::ctl
