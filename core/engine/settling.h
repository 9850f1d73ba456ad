// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/retrypolicy.h"
#include "core/engine/handler.h"
#include "core/store/leasestore.h"

namespace queuedeck::engine {

/// What is written for a result: completed, retried after a back-off, failed for good, or handed
/// back. Pure; `random` is uniform in [0, 1).
store::Settlement settlementFor(const store::ClaimedJob& job, const TaskResult& result,
                                const QDateTime& startedAt, const domain::RetryPolicy& policy,
                                double random);

/// Hands back a job that was claimed but not started, without using up an attempt.
store::Settlement handBack(const store::ClaimedJob& job);

} // namespace queuedeck::engine
