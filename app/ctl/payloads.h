// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/jobservice.h"

namespace queuedeck::ctl {

/// Reads jobs with their payloads, in the order of `ids`; a deleted one gives no value.
base::Result<QVector<std::optional<domain::JobDetail>>> readWhole(service::JobService& jobs,
                                                                  const domain::JobIds& ids);

} // namespace queuedeck::ctl
