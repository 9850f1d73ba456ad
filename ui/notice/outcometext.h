// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/outcome.h"

#include <QString>

namespace queuedeck::ui {

enum class Deed { Retry, Cancel, Delete, CleanUp, Undo, RunNext, Repair, Enqueue, Upload };

/// "12 re-queued, 1 skipped: already running." Says what was done, and why the rest was not.
QString outcomeText(Deed deed, const domain::Outcome& outcome);
/// The reason of a skipped row as this window says it; unknown reasons pass through.
QString skipReason(const QString& reason);

} // namespace queuedeck::ui
