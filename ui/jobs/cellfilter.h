// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/job.h"
#include "ui/jobs/jobrows.h"

namespace queuedeck::ui {

/// The filter with this cell's value as one more condition: only jobs with it, or only those
/// without it. The text unchanged if the cell has no value.
QString filteredByCell(const QString& text, const domain::Job& job, JobColumn column, bool without);

} // namespace queuedeck::ui
