// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"
#include "core/domain/setback.h"
#include "core/net/httptypes.h"
#include "core/vision/visionclient.h"

namespace queuedeck::vision {

// The Messages API of Anthropic, as requests and answers. Pure. Private to this room.

/// Most tokens of an answer; the longest card needs a tenth.
constexpr int kMostAnswerTokens = 2048;

/// The address of the API below `base`; Invalid, with a sentence, if that is no web address, and
/// Denied if the key would not be safe there.
base::Result<QUrl> messagesUrl(const QString& base);

/// The body of the request: the picture, then the words, and the schema of the answer.
QByteArray messageBody(const QString& model, domain::ScanType type, const QByteArray& jpeg);

/// What an answer says.
struct ClaudeReply
{
    tl::expected<QJsonObject, domain::Setback> fields;
    std::optional<qint64> tokens; ///< spent, in and out, if the answer says so
    bool isTrouble = false;       ///< the service's fault, and not that of this picture
    bool asksForPause = false;    ///< the wait is meant for all requests
};

/// Interprets an answer, or that there is none. The key never appears in a sentence.
ClaudeReply replyIn(const tl::expected<net::HttpAnswer, net::HttpError>& answer,
                    domain::ScanType type, const base::Secret& key, const QDateTime& now);

} // namespace queuedeck::vision
