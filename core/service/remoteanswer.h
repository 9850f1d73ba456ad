// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/httpclient.h"
#include "core/service/remoteservice.h"

namespace queuedeck::service {

/// What came back of a request, with what is needed to tell it. Private to this room.
struct RemoteReply
{
    tl::expected<net::HttpAnswer, net::HttpError> answer;
    base::Secret key;                                    ///< masked wherever the answer holds it
    std::optional<std::chrono::seconds> retryAfter = {}; ///< of a 429, as `retryAfterOf` says
};

/// "pending went from 1,180 to 1,176", "pending stayed at 1,180", or empty when it is not known.
QString pendingText(const std::optional<qint64>& before, const std::optional<qint64>& after);

/// The seconds of a Retry-After header, be it a number or a date; none when there is none.
std::optional<std::chrono::seconds> retryAfterOf(const net::HttpAnswer& answer,
                                                 const QDateTime& now);

/// Fills verdict, status, figures and sentence of one POST; `report` holds pendingBefore and
/// pendingAfter already.
void judge(const RemoteReply& reply, RemoteReport& report);

/// The same for an answer that is no 200, of whatever request: verdict, status, sentence.
/// `mayHaveRun`: the request could have processed jobs.
void judgeFailure(const RemoteReply& reply, bool mayHaveRun, RemoteReport& report);

} // namespace queuedeck::service
