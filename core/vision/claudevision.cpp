// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/vision/claudevision.h"

#include "core/net/httpclient.h"
#include "core/vision/cardanswer.h"
#include "core/vision/claudemessages.h"
#include "core/vision/sentpicture.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace queuedeck::vision {

using base::ErrorKind;
using base::Sentence;
using domain::Setback;
using Then = Setback::Then;

namespace {
// Words, schema and answer; the picture comes on top.
constexpr qint64 kTokensOfWords = 1200;

tl::unexpected<Setback> wait(ErrorKind kind, const QString& why,
                             std::chrono::milliseconds time = {})
{
    return tl::unexpected(Setback{base::fail(kind, why), Then::Wait, time});
}

QString fileOfTokens(const ClaudeOptions& options)
{
    return options.folder + u"/tokens-today"_s;
}
} // namespace

DailyTokens tokensOf(const ClaudeOptions& options, const base::Clock& clock)
{
    return DailyTokens(fileOfTokens(options), options.tokensPerDay, clock);
}

base::Result<std::shared_ptr<ClaudeVision>> ClaudeVision::make(const ClaudeOptions& options,
                                                               const base::Clock& clock)
{
    const auto url = messagesUrl(options.address);
    if (!url)
        return url.error();
    return std::shared_ptr<ClaudeVision>(new ClaudeVision(options, *url, clock));
}

base::Status ClaudeVision::check(const QString& address)
{
    const auto url = messagesUrl(address);
    return url ? base::Status() : base::Status(url.error());
}

ClaudeVision::ClaudeVision(ClaudeOptions options, QUrl url, const base::Clock& clock)
    : m_options(std::move(options))
    , m_url(std::move(url))
    , m_clock(clock)
    , m_cache(m_options.folder + u"/answers"_s)
    , m_tokens(fileOfTokens(m_options), m_options.tokensPerDay, clock)
    , m_breaker(m_options.breaker)
    , m_places(m_options.atOnce)
{
}

QString ClaudeVision::keyOf(const VisionRequest& request) const
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const QString& part :
         {QString(kPromptVersion), m_options.model, domain::scanTypeText(request.type)}) {
        hash.addData(part.toUtf8());
        hash.addData(QByteArrayView("\0", 1));
    }
    hash.addData(request.digest);
    return QString::fromLatin1(hash.result().toHex());
}

ClaudeVision::Answer ClaudeVision::read(const VisionRequest& request)
{
    const QString key = keyOf(request);
    if (const auto known = m_cache.find(key)) {
        if (auto fields = fieldsIn(*known, request.type)) // whoever wrote the file
            return std::move(*fields);
    }
    auto answer = ask(request);
    if (answer)
        m_cache.keep(key, *answer);
    return answer;
}

ClaudeVision::Answer ClaudeVision::ask(const VisionRequest& request)
{
    const Places::Place place = m_places.take(request.stop, request.leaving);
    if (!place)
        return wait(ErrorKind::Cancelled,
                    Sentence::tr("Stopped before the picture was sent to Claude."));
    const auto leftAlone = [this](std::chrono::milliseconds time) {
        return wait(ErrorKind::Unreachable,
                    Sentence::tr("Claude is left alone for a while. ") + m_breaker.reason(), time);
    };
    if (const auto time = m_breaker.mustWait(); time.count() > 0)
        return leftAlone(time); // before time is spent on the picture
    auto pixels = request.pixels();
    if (!pixels)
        return tl::unexpected(pixels.error());
    const auto jpeg = sentPicture(*pixels);
    if (!jpeg)
        return tl::unexpected(Setback{jpeg.error(), Then::GiveUp});
    const qint64 reserved = tokensFor(sentSize(pixels->size())) + kTokensOfWords;
    if (const base::Status may = m_tokens.reserve(reserved); !may) {
        const auto time =
            std::min<std::chrono::milliseconds>(m_tokens.untilTomorrow(), std::chrono::hours(1));
        m_breaker.pauseFor(time, may.error().detail); // the others need not be opened to find out
        return wait(may.error().kind, may.error().detail, time);
    }
    if (const auto time = m_breaker.begin(); time.count() > 0) {
        (void)m_tokens.settle(reserved, 0);
        return leftAlone(time);
    }
    return send(request, *jpeg, reserved);
}

ClaudeVision::Answer ClaudeVision::send(const VisionRequest& request, const QByteArray& jpeg,
                                        qint64 reserved)
{
    net::HttpRequest http;
    http.method = "POST";
    http.url = m_url;
    http.headers = {{"anthropic-version", "2023-06-01"}, {"content-type", "application/json"}};
    http.secretHeaders = {{"x-api-key", m_options.key}};
    http.body = messageBody(m_options.model, request.type, jpeg);
    http.deadline = m_options.deadline;
    http.stop = request.stop;
    const auto answer = net::HttpClient().send(http);
    ClaudeReply reply = replyIn(answer, request.type, m_options.key, m_clock.now());
    // Without an answer it is not known whether the picture was read; a refusal costs nothing.
    const bool mayHaveCost = answer ? answer->status < 400 : answer.error().isSent;
    (void)m_tokens.settle(reserved, reply.tokens.value_or(mayHaveCost ? reserved : 0));
    report(reply);
    return afterTrouble(std::move(reply));
}

// A key or model that is refused again and again would fail every picture, one after the other, for
// good: once the service is left alone because of that, pictures wait for somebody to mend it.
ClaudeVision::Answer ClaudeVision::afterTrouble(ClaudeReply reply) const
{
    const auto time = m_breaker.mustWait();
    if (reply.fields || !reply.isTrouble || time.count() == 0 ||
        reply.fields.error().then != Then::GiveUp)
        return std::move(reply.fields);
    const base::Error why = reply.fields.error().error;
    return wait(why.kind,
                Sentence::tr("Claude has refused %1 times in a row and is left alone for a while. ")
                        .arg(m_options.breaker.failures) +
                    why.detail,
                time);
}

QString ClaudeVision::trouble() const
{
    return m_breaker.reason();
}

void ClaudeVision::report(const ClaudeReply& reply)
{
    if (reply.fields)
        return m_breaker.succeeded();
    const Setback& setback = reply.fields.error();
    if (setback.error.kind == ErrorKind::Cancelled)
        return; // it says nothing about the service
    if (reply.isTrouble)
        m_breaker.failed(setback.error.detail);
    else
        m_breaker.succeeded();
    if (reply.asksForPause)
        m_breaker.pauseFor(setback.wait, setback.error.detail);
}

} // namespace queuedeck::vision
