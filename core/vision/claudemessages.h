// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"
#include "core/domain/setback.h"
#include "core/net/httptypes.h"
#include "core/vision/visionclient.h"

#include <QJsonArray>

namespace queuedeck::vision {

// The Messages API of Anthropic, as requests and answers. Pure. Private to this room.

/// Most tokens of an answer about a picture; the longest card needs a tenth.
constexpr int kMostAnswerTokens = 2048;

/// The address of the API below `base`; Invalid, with a sentence, if that is no web address, and
/// Denied if the key would not be safe there.
base::Result<QUrl> messagesUrl(const QString& base);

/// What is asked: one message, and the form of its answer.
struct ClaudeQuestion
{
    QString instructions;
    QJsonArray content; ///< the blocks of the message
    QJsonObject schema; ///< of the answer
    int mostTokens = kMostAnswerTokens;
    qint64 estimate = 0; ///< tokens that it may cost, in and out
};

/// A question about a picture, which precedes the words.
ClaudeQuestion pictureQuestion(domain::ScanType type, const QByteArray& jpeg, const QSize& size);

/// The body of the request.
QByteArray messageBody(const QString& model, const ClaudeQuestion& question);

/// How an answer is judged.
struct ClaudeTerms
{
    /// What counts of an answer. NotFound: asking again cannot help.
    std::function<base::Result<QJsonObject>(const QJsonObject&)> check;
    base::Sentence refused; ///< "Claude refused to read this picture."
};

struct ClaudeTokens
{
    qint64 in = 0;
    qint64 out = 0;

    qint64 all() const { return in + out; }
};

/// What an answer says.
struct ClaudeReply
{
    tl::expected<QJsonObject, domain::Setback> fields;
    std::optional<ClaudeTokens> tokens; ///< spent, if the answer says so
    bool isTrouble = false;             ///< the service's fault, and not that of this question
    bool asksForPause = false;          ///< the wait is meant for all requests
};

/// Interprets an answer, or that there is none. The key never appears in a sentence.
ClaudeReply replyIn(const tl::expected<net::HttpAnswer, net::HttpError>& answer,
                    const ClaudeTerms& terms, const base::Secret& key, const QDateTime& now);

} // namespace queuedeck::vision
