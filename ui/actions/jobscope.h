// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/job.h"
#include "core/domain/jobfilter.h"
#include "core/domain/page.h"

#include <optional>

namespace queuedeck::ui {

/// What a list of jobs offers to act on.
struct JobScope
{
    qsizetype rows = 0;        ///< selected
    bool isAll = false;        ///< every row of the list is selected
    QVector<domain::Job> jobs; ///< of these rows, as last read; empty while not all are known
    std::optional<domain::JobFilter> filter;   ///< of the list; none while the query has a mistake
    std::optional<domain::MatchCount> matches; ///< of the filter; none until they are counted
};

} // namespace queuedeck::ui
