// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/jobservice.h"

#include <stop_token>

namespace queuedeck::ctl {

/// Writes the whole rows of `ids` as JSON lines to a new file that only its owner may read. It has
/// the name `path` only once all of it is on the disk; a file that is already there is never
/// touched (Denied). Gives the number of rows written.
base::Result<qint64> writeArchive(service::JobService& jobs, const domain::JobIds& ids,
                                  const QString& path, std::stop_token stop);

/// Whether an archive of this name may be begun; the reason if not.
base::Status checkArchive(const QString& path);

} // namespace queuedeck::ctl
