// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/domain/snapshot.h"
#include "core/endpoint/message.h"
#include "core/service/engineservice.h"

namespace queuedeck::endpoint {

/// What the endpoint's own batches came to since it was started.
struct Totals
{
    qint64 processed = 0;
    qint64 failed = 0;
    qint64 batches = 0;
    bool isRunning = false; ///< a batch runs now
};

/// `{"pendingCount","jobs":[{"id","type","attempts","createdAt"}]}`
Response waitingResponse(const domain::WaitingJobs& waiting);
/// `{"processed","failed","startTime","endTime","message"}`
Response processedResponse(const service::ProcessReport& report);
/// Prometheus' text format.
Response metricsResponse(const domain::QueueSnapshot& snapshot, const Totals& totals);
/// What went wrong here. The details are for the log of this computer only.
Response failedResponse(const base::Error& error);

} // namespace queuedeck::endpoint
