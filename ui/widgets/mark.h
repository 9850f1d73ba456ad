// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/job.h"
#include "ui/widgets/icon.h"

namespace queuedeck::ui {

/// What a person sees as the state of a job: the four statuses, and what follows from other facts:
/// stuck (processing without a live lease) and dead (pending with no tries left). Always shown as
/// shape and word and colour together.
enum class Mark { Pending, Processing, Completed, Failed, Stuck, Dead, Unknown };

Mark markOf(domain::JobStatus status);
/// With the derived states.
Mark markOf(const domain::Job& job);

QString markWord(Mark mark); ///< translated: "Failed"
/// The filter whose jobs are shown so: "status:failed", "is:dead". Processing includes the stuck,
/// pending the dead ones.
QString markFilter(Mark mark);
Icon markIcon(Mark mark);
Color markColor(Mark mark);

} // namespace queuedeck::ui

Q_DECLARE_METATYPE(queuedeck::ui::Mark)
