// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/httpclient.h"
#include "core/remote/remoteservice.h"

namespace queuedeck::remote {

/// What came back of a request, with what is needed to tell it. Private to this room.
struct RemoteReply
{
    tl::expected<net::HttpAnswer, net::HttpError> answer;
    base::Secret key;                                    ///< masked wherever the answer holds it
    std::optional<std::chrono::seconds> retryAfter = {}; ///< as `retryAfterOf` says
};

/// "pending went from 1,180 to 1,176", "pending stayed at 1,180", or empty when it is not known.
QString pendingText(const std::optional<qint64>& before, const std::optional<qint64>& after);

/// "Processed 5 jobs, 0 failed. Pending went from 12 to 7."
QString doneSentence(const RemoteReport& report);

/// The seconds of a Retry-After header, from 0 to a day, be it a number or a date in any form of
/// HTTP; a date counts from the answer's own Date. None when there is none that can be read.
std::optional<std::chrono::seconds> retryAfterOf(const net::HttpAnswer& answer,
                                                 const QDateTime& now);

/// Fills verdict, status, figures and sentence of one POST; `report` holds pendingBefore and
/// pendingAfter already.
void judge(const RemoteReply& reply, RemoteReport& report);

/// The same for an answer that is no 200, of whatever request: verdict, status, sentence.
/// `mayHaveRun`: the request could have processed jobs.
void judgeFailure(const RemoteReply& reply, bool mayHaveRun, RemoteReport& report);

} // namespace queuedeck::remote
