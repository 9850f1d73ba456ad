// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/job.h"
#include "ui/jobs/jobrows.h"

namespace queuedeck::ui {

/// The filter with what this cell says as a condition more: only jobs with it, or only those
/// without it. The text as it is where the cell says nothing.
QString filteredByCell(const QString& text, const domain::Job& job, JobColumn column, bool without);

} // namespace queuedeck::ui
