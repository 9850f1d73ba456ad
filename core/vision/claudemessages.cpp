// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/vision/claudemessages.h"

#include "core/base/visibletext.h"
#include "core/domain/jsontext.h"
#include "core/net/retryafter.h"
#include "core/vision/cardanswer.h"
#include "core/vision/sentpicture.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::vision {

using base::ErrorKind;
using base::Sentence;
using domain::Setback;
using Then = Setback::Then;

namespace {
constexpr qsizetype kMostReason = 300;
constexpr std::chrono::seconds kLongestWait = std::chrono::hours(1);
constexpr std::chrono::seconds kUsualWait{15}; // when asked to wait, but not for how long
constexpr double kMostTokens = 100'000'000;
// Words, schema and answer about a picture, which comes on top.
constexpr qint64 kTokensOfWords = 1200;

QString masked(QByteArray text, const base::Secret& key)
{
    if (!key.isEmpty())
        text.replace(key.reveal().toByteArray(), "•••");
    const QString visible = base::visibleText(QString::fromUtf8(text).simplified());
    return visible.size() > kMostReason ? visible.left(kMostReason) + u'…' : visible;
}

QString ended(QString sentence)
{
    while (sentence.endsWith(u'.'))
        sentence.chop(1);
    return sentence + u'.';
}

QJsonObject objectIn(const net::HttpAnswer& answer)
{
    const auto document = domain::parseJson(answer.text(), {});
    return document ? document->object() : QJsonObject();
}

std::optional<ClaudeTokens> tokensIn(const QJsonObject& message)
{
    const QJsonValue usage = message["usage"_L1];
    if (!usage.isObject())
        return std::nullopt;
    const auto part = [&usage](QLatin1StringView name) {
        return qint64(std::clamp(usage[name].toDouble(), 0.0, kMostTokens));
    };
    return ClaudeTokens{part("input_tokens"_L1) + part("cache_creation_input_tokens"_L1) +
                            part("cache_read_input_tokens"_L1),
                        part("output_tokens"_L1)};
}

ClaudeReply failure(ErrorKind kind, const QString& sentence, Then then)
{
    return {tl::unexpected(Setback{base::fail(kind, sentence), then}), std::nullopt};
}

// What the API says went wrong: "authentication_error: invalid x-api-key (req_1)".
QString reasonIn(const net::HttpAnswer& answer, const base::Secret& key)
{
    const QJsonObject object = objectIn(answer);
    const QJsonObject error = object["error"_L1].toObject();
    const QString type = error["type"_L1].toString();
    const QString message = error["message"_L1].toString();
    const QString id = object["request_id"_L1].toString();
    QString reason = message.isEmpty() ? type : type + (type.isEmpty() ? u""_s : u": "_s) + message;
    if (!id.isEmpty())
        reason += u" (%1)"_s.arg(id);
    return masked(reason.toUtf8(), key);
}

Sentence advice(int status)
{
    switch (status) {
    case 401:
    case 403:
        return Sentence::tr(
            " Check the key: ANTHROPIC_API_KEY, or `queuedeckctl key store --claude`.");
    case 404:
        return Sentence::tr(" Check the model (QUEUEDECK_CLAUDE_MODEL) and ANTHROPIC_BASE_URL.");
    default: return {};
    }
}

ClaudeReply refused(const net::HttpAnswer& answer, const base::Secret& key, const QDateTime& now)
{
    const int status = answer.status;
    const QString reason = reasonIn(answer, key);
    const QString sentence =
        reason.isEmpty() ? Sentence::tr("Claude answered %1 and gave no reason.").arg(status)
                         : ended(u"Claude answered %1, %2"_s.arg(status).arg(reason));
    const bool isBusy = status == 429 || status >= 500 || status == 408;
    if (!isBusy) {
        ClaudeReply reply = failure(status == 401 || status == 403 ? ErrorKind::Denied
                                    : status == 404                ? ErrorKind::NotFound
                                                                   : ErrorKind::Invalid,
                                    sentence + advice(status), Then::GiveUp);
        // A bad key or model would fail every picture; a request that is wrong fails alone.
        reply.isTrouble = status == 401 || status == 403 || status == 404;
        return reply;
    }
    ClaudeReply reply = failure(ErrorKind::Unreachable, sentence, Then::Wait);
    const auto told = net::retryAfter(answer, now);
    const bool isTooMuch = status == 429 || status == 529;
    if (told || isTooMuch)
        reply.fields.error().wait =
            std::min<std::chrono::milliseconds>(told.value_or(kUsualWait), kLongestWait);
    reply.asksForPause = told || isTooMuch;
    reply.isTrouble = status != 429; // which is not a failure of the service
    return reply;
}

ClaudeReply unanswered(const net::HttpError& error)
{
    using net::HttpFault;
    const QString detail = error.error.detail;
    switch (error.fault) {
    case HttpFault::Cancelled: return failure(ErrorKind::Cancelled, detail, Then::Wait);
    case HttpFault::Redirected: {
        ClaudeReply reply = failure(
            ErrorKind::Denied,
            Sentence::tr(
                "The address of Claude redirects elsewhere (%1), and the key is not sent on. Check "
                "ANTHROPIC_BASE_URL.")
                .arg(error.status),
            Then::GiveUp);
        reply.isTrouble = true;
        return reply;
    }
    default: {
        ClaudeReply reply = failure(error.error.kind, u"Claude: "_s + detail, Then::Wait);
        reply.isTrouble = true;
        return reply;
    }
    }
}

Sentence whyUnfinished(const QString& reason, const ClaudeTerms& terms)
{
    if (reason == "refusal"_L1)
        return terms.refused;
    if (reason == "max_tokens"_L1 || reason == "model_context_window_exceeded"_L1)
        return Sentence::tr("Claude's answer was cut off (%1).").arg(reason);
    return Sentence::tr("Claude ended without a result (stop_reason %1).")
        .arg(reason.isEmpty() ? u"missing"_s : base::visibleText(reason.left(40)));
}

ClaudeReply answered(const net::HttpAnswer& answer, const ClaudeTerms& terms)
{
    const QJsonObject message = objectIn(answer);
    if (answer.status != 200 || message["type"_L1].toString() != "message"_L1 ||
        !message["content"_L1].isArray()) {
        ClaudeReply reply = failure(
            ErrorKind::Unsupported,
            Sentence::tr("What answered at Claude's address does not speak its Messages API."),
            Then::TryAgain);
        reply.isTrouble = true;
        return reply;
    }
    ClaudeReply reply;
    reply.tokens = tokensIn(message);
    const auto fail = [&reply](ErrorKind kind, const QString& sentence, Then then) {
        reply.fields = tl::unexpected(Setback{base::fail(kind, sentence), then});
        return reply;
    };
    const QString reason = message["stop_reason"_L1].toString();
    if (reason != "end_turn"_L1)
        return fail(ErrorKind::Unsupported, whyUnfinished(reason, terms), Then::TryAgain);
    // Blocks of thinking may precede the text.
    const QJsonArray content = message["content"_L1].toArray();
    const auto text = std::find_if(content.begin(), content.end(), [](const QJsonValue& block) {
        return block["type"_L1].toString() == "text"_L1;
    });
    const QByteArray json =
        text == content.end() ? QByteArray() : (*text)["text"_L1].toString().toUtf8();
    const auto document = domain::parseJson(json, {});
    if (!document || !document->isObject())
        return fail(
            ErrorKind::Unsupported,
            Sentence::tr("Claude's answer does not have the agreed form: it is no JSON object."),
            Then::TryAgain);
    auto fields = terms.check(document->object());
    if (!fields)
        return fail(fields.error().kind, fields.error().detail,
                    fields.error().kind == ErrorKind::NotFound ? Then::GiveUp : Then::TryAgain);
    reply.fields = std::move(*fields);
    return reply;
}
} // namespace

base::Result<QUrl> messagesUrl(const QString& base)
{
    QUrl url(base.trimmed(), QUrl::StrictMode);
    const QString scheme = url.scheme();
    if (!url.isValid() || url.host().isEmpty() || (scheme != "https"_L1 && scheme != "http"_L1) ||
        url.hasQuery() || url.hasFragment())
        return base::fail(ErrorKind::Invalid,
                          Sentence::tr("ANTHROPIC_BASE_URL is no web address such as "
                                       "https://api.anthropic.com."));
    if (!url.userInfo().isEmpty())
        return base::fail(
            ErrorKind::Denied,
            Sentence::tr("ANTHROPIC_BASE_URL holds a user name or password. Leave it out."));
    if (scheme == "http"_L1 && !net::isLoopback(url))
        return base::fail(
            ErrorKind::Denied,
            Sentence::tr("ANTHROPIC_BASE_URL begins with http: and names another computer, so "
                         "the key would cross the network in the clear. Use https."));
    QString path = url.path();
    while (path.endsWith(u'/'))
        path.chop(1);
    if (!path.endsWith("/v1"_L1))
        path += u"/v1"_s;
    url.setPath(path + u"/messages"_s);
    return url;
}

ClaudeQuestion pictureQuestion(domain::ScanType type, const QByteArray& jpeg, const QSize& size)
{
    const QJsonObject picture{
        {u"type"_s, u"image"_s},
        {u"source"_s, QJsonObject{{u"type"_s, u"base64"_s},
                                  {u"media_type"_s, u"image/jpeg"_s},
                                  {u"data"_s, QString::fromLatin1(jpeg.toBase64())}}}};
    const QJsonObject words{{u"type"_s, u"text"_s}, {u"text"_s, questionFor(type)}};
    return {instructions(), QJsonArray{picture, words}, answerSchema(type), kMostAnswerTokens,
            tokensFor(size) + kTokensOfWords};
}

QByteArray messageBody(const QString& model, const ClaudeQuestion& question)
{
    const QJsonObject message{{u"role"_s, u"user"_s}, {u"content"_s, question.content}};
    const QJsonObject format{{u"type"_s, u"json_schema"_s}, {u"schema"_s, question.schema}};
    const QJsonObject body{{u"model"_s, model},
                           {u"max_tokens"_s, question.mostTokens},
                           {u"system"_s, question.instructions},
                           {u"messages"_s, QJsonArray{message}},
                           {u"output_config"_s, QJsonObject{{u"format"_s, format}}}};
    return QJsonDocument(body).toJson(QJsonDocument::Compact);
}

ClaudeReply replyIn(const tl::expected<net::HttpAnswer, net::HttpError>& answer,
                    const ClaudeTerms& terms, const base::Secret& key, const QDateTime& now)
{
    if (!answer)
        return unanswered(answer.error());
    if (answer->status < 400)
        return answered(*answer, terms);
    return refused(*answer, key, now);
}

} // namespace queuedeck::vision
