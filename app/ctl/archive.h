// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/jobservice.h"

#include <stop_token>

namespace queuedeck::ctl {

/// Writes the whole rows of `ids` as JSON lines to a new file that only its owner may read. The
/// file gets the name `path` only once all of it is on disk; an existing file is never touched
/// (Denied). Returns the number of rows written.
base::Result<qint64> writeArchive(service::JobService& jobs, const domain::FrozenJobs& frozen,
                                  const QString& path, std::stop_token stop);

/// Whether an archive of this name can be started; the reason if not.
base::Status checkArchive(const QString& path);

} // namespace queuedeck::ctl
