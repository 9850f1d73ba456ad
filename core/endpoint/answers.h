// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/domain/history.h"
#include "core/domain/snapshot.h"
#include "core/endpoint/message.h"
#include "core/service/engineservice.h"
#include "core/service/servedpictures.h"

namespace queuedeck::endpoint {

/// Totals of the endpoint's own batches since it started.
struct Totals
{
    qint64 processed = 0;
    qint64 failed = 0;
    qint64 batches = 0;
    bool isRunning = false; ///< a batch is running now
};

/// `{"pendingCount","jobs":[{"id","type","attempts","createdAt"}]}`
Response waitingResponse(const domain::WaitingJobs& waiting);
/// `{"processed","failed","startTime","endTime","message"}`
Response processedResponse(const service::ProcessReport& report);
/// Prometheus' text format.
/// `history`: by type since it began; empty for a guest.
Response metricsResponse(const domain::QueueSnapshot& snapshot,
                         const QMap<QString, domain::HistoryFigures>& history,
                         const Totals& totals);
Response pictureResponse(const base::Result<service::ServedPicture>& picture);
/// An internal error. The details are for this computer's log only.
Response failedResponse(const base::Error& error);

} // namespace queuedeck::endpoint
