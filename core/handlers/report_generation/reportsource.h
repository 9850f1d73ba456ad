// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/reportdocument.h"

#include <functional>
#include <stop_token>

namespace queuedeck::handlers {

/// What a report says: reads the figures that a job asks for, of the days that its request meant
/// when the job was created, so that a later attempt is about the same days. Blocks; Cancelled soon
/// after the stop token is set.
using ReportSource = std::function<base::Result<domain::ReportDocument>(
    const domain::ReportRequest&, const domain::JobId&, const std::stop_token&)>;

} // namespace queuedeck::handlers
