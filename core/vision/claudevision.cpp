// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/vision/claudevision.h"

#include "core/net/httpclient.h"
#include "core/vision/cardanswer.h"
#include "core/vision/claudemessages.h"
#include "core/vision/sentpicture.h"

#include <QCryptographicHash>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace queuedeck::vision {

using base::ErrorKind;
using base::Sentence;
using domain::Setback;
using Then = Setback::Then;

namespace {
// A token of any text has two bytes or more, nearly always three.
constexpr qint64 kBytesPerToken = 2;

tl::unexpected<Setback> wait(ErrorKind kind, const QString& why,
                             std::chrono::milliseconds time = {})
{
    return tl::unexpected(Setback{base::fail(kind, why), Then::Wait, time});
}

QByteArray compact(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QString fileOfTokens(const ClaudeOptions& options)
{
    return options.folder + u"/tokens-today"_s;
}
} // namespace

struct ClaudeVision::Asked
{
    QString key; ///< of the known answer
    QString jobType;
    Sentence thing; ///< "the picture"
    ClaudeTerms terms;
    std::function<tl::expected<ClaudeQuestion, Setback>()> question; ///< called at most once
    std::stop_token stop;
    std::stop_token leaving;
};

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

QString ClaudeVision::keyOf(const QStringList& words, const QByteArray& digest) const
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const QString& part : words) {
        hash.addData(part.toUtf8());
        hash.addData(QByteArrayView("\0", 1));
    }
    hash.addData(digest);
    return QString::fromLatin1(hash.result().toHex());
}

ClaudeVision::Answer ClaudeVision::read(const VisionRequest& request)
{
    const domain::ScanType type = request.type;
    Asked asked{keyOf({QString(kPromptVersion), m_options.model, domain::scanTypeText(type)},
                      request.digest),
                u"image_extraction"_s,
                Sentence::tr("the picture"),
                {[type](const QJsonObject& answer) { return fieldsIn(answer, type); },
                 Sentence::tr("Claude refused to read this picture.")},
                {},
                request.stop,
                request.leaving};
    asked.question = [&request]() -> tl::expected<ClaudeQuestion, Setback> {
        auto pixels = request.pixels();
        if (!pixels)
            return tl::unexpected(pixels.error());
        const auto jpeg = sentPicture(*pixels);
        if (!jpeg)
            return tl::unexpected(Setback{jpeg.error(), Then::GiveUp});
        return pictureQuestion(request.type, *jpeg, sentSize(pixels->size()));
    };
    return answer(asked);
}

tl::expected<TextAnswer, Setback> ClaudeVision::ask(const TextQuestion& question)
{
    Asked asked{keyOf({u"text"_s, m_options.model, question.instructions, question.text,
                       QString::fromUtf8(compact(question.schema))}),
                question.jobType,
                Sentence::tr("the question"),
                {question.check, Sentence::tr("Claude refused to answer.")},
                {},
                question.stop,
                question.leaving};
    asked.question = [&question]() -> tl::expected<ClaudeQuestion, Setback> {
        const QJsonObject words{{u"type"_s, u"text"_s}, {u"text"_s, question.text}};
        const qint64 bytes = question.instructions.toUtf8().size() + question.text.toUtf8().size() +
                             compact(question.schema).size();
        return ClaudeQuestion{question.instructions, QJsonArray{words}, question.schema,
                              question.mostTokens, bytes / kBytesPerToken + question.mostTokens};
    };
    auto fields = answer(asked);
    if (!fields)
        return tl::unexpected(fields.error());
    return TextAnswer{std::move(*fields), m_options.model};
}

ClaudeVision::Answer ClaudeVision::answer(const Asked& asked)
{
    if (const auto known = m_cache.find(asked.key)) {
        if (auto fields = asked.terms.check(*known)) // whoever wrote the file
            return std::move(*fields);
    }
    auto answer = askAnew(asked);
    if (answer)
        m_cache.keep(asked.key, *answer);
    return answer;
}

ClaudeVision::Answer ClaudeVision::askAnew(const Asked& asked)
{
    const Places::Place place = m_places.take(asked.stop, asked.leaving);
    if (!place)
        return wait(ErrorKind::Cancelled,
                    Sentence::tr("Stopped before %1 was sent to Claude.").arg(asked.thing));
    const auto leftAlone = [this](std::chrono::milliseconds time) {
        return wait(ErrorKind::Unreachable,
                    Sentence::tr("Claude is left alone for a while. ") + m_breaker.reason(), time);
    };
    if (const auto time = m_breaker.mustWait(); time.count() > 0)
        return leftAlone(time); // before time is spent on a picture
    const auto question = asked.question();
    if (!question)
        return tl::unexpected(question.error());
    if (const base::Status may = m_tokens.reserve(question->estimate); !may) {
        const auto time =
            std::min<std::chrono::milliseconds>(m_tokens.untilTomorrow(), std::chrono::hours(1));
        m_breaker.pauseFor(time, may.error().detail); // the others need not be opened to find out
        return wait(may.error().kind, may.error().detail, time);
    }
    if (const auto time = m_breaker.begin(); time.count() > 0) {
        (void)m_tokens.settle(question->estimate, 0);
        return leftAlone(time);
    }
    return send(asked, *question);
}

ClaudeVision::Answer ClaudeVision::send(const Asked& asked, const ClaudeQuestion& question)
{
    net::HttpRequest http;
    http.method = "POST";
    http.url = m_url;
    http.headers = {{"anthropic-version", "2023-06-01"}, {"content-type", "application/json"}};
    http.secretHeaders = {{"x-api-key", m_options.key}};
    http.body = messageBody(m_options.model, question);
    http.deadline = m_options.deadline;
    http.stop = asked.stop;
    const auto answer = net::HttpClient().send(http);
    ClaudeReply reply = replyIn(answer, asked.terms, m_options.key, m_clock.now());
    // Without an answer it is not known whether it was worked on; a refusal costs nothing.
    const bool mayHaveCost = answer ? answer->status < 400 : answer.error().isSent;
    const ClaudeTokens spent =
        reply.tokens.value_or(ClaudeTokens{mayHaveCost ? question.estimate : 0, 0});
    (void)m_tokens.settle(question.estimate, spent.all());
    if (m_options.onSpent && spent.all() > 0)
        m_options.onSpent(
            {m_clock.now().toUTC().date(), asked.jobType, m_options.model, spent.in, spent.out});
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
