// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/job.h"
#include "ui/widgets/icon.h"

namespace queuedeck::ui {

/// The state of a job as a person sees it: the four statuses, and two derived from other facts:
/// stuck (processing without a live lease) and dead (pending with no tries left). Always shown as
/// shape, word and colour together.
enum class Mark { Pending, Processing, Completed, Failed, Stuck, Dead, Unknown };

Mark markOf(domain::JobStatus status);
/// With the derived states.
Mark markOf(const domain::Job& job);

QString markWord(Mark mark); ///< translated: "Failed"
/// The filter for the jobs shown so: "status:failed", "is:dead". Processing includes the stuck
/// ones, pending the dead ones.
QString markFilter(Mark mark);
Icon markIcon(Mark mark);
Color markColor(Mark mark);

} // namespace queuedeck::ui

Q_DECLARE_METATYPE(queuedeck::ui::Mark)
