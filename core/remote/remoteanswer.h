// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"
#include "core/net/httpclient.h"
#include "core/remote/remoteservice.h"

namespace queuedeck::remote {

/// The reply to a request, with what is needed to report on it. Private to this room.
struct RemoteReply
{
    tl::expected<net::HttpAnswer, net::HttpError> answer;
    base::Secret key; ///< masked wherever the response contains it
    std::optional<std::chrono::seconds> retryAfter = {}; ///< as the server asks
};

/// "pending went from 1,180 to 1,176", "pending stayed at 1,180", or empty if unknown.
base::Sentence pendingText(const std::optional<qint64>& before, const std::optional<qint64>& after);

/// "Processed 5 jobs, 0 failed. Pending went from 12 to 7."
base::Sentence doneSentence(const RemoteReport& report);

/// Fills result, status, figures and sentence of one POST; `report` already contains pendingBefore
/// and pendingAfter.
void judge(const RemoteReply& reply, RemoteReport& report);

/// The same for a response other than 200 to any request: result, status, sentence.
/// `mayHaveRun`: the request could have processed jobs.
void judgeFailure(const RemoteReply& reply, bool mayHaveRun, RemoteReport& report);

} // namespace queuedeck::remote
