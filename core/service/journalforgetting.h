// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/jobservice.h"
#include "core/service/sessionthreads.h"

namespace queuedeck::service {

/// Forgets old entries of the journal in turns on the write thread.
/// Private to this room.
QFuture<base::Result<domain::Outcome>> forgetEntries(const std::shared_ptr<SessionThreads>& threads,
                                                     const QDateTime& before,
                                                     const ChangeOptions& options);

} // namespace queuedeck::service
