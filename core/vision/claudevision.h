// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/secret.h"
#include "core/domain/spend.h"
#include "core/vision/answercache.h"
#include "core/vision/circuitbreaker.h"
#include "core/vision/dailytokens.h"
#include "core/vision/places.h"
#include "core/vision/textclient.h"
#include "core/vision/visionclient.h"

#include <QUrl>

#include <memory>

namespace queuedeck::vision {

struct ClaudeQuestion;
struct ClaudeReply;
struct ClaudeTerms;

/// The model that is asked unless another is chosen.
inline constexpr QLatin1String kUsualModel("claude-haiku-5-5");
inline constexpr QLatin1String kUsualAddress("https://api.anthropic.com");

struct ClaudeOptions
{
    base::Secret key;
    QString address = kUsualAddress; ///< see ANTHROPIC_BASE_URL; http on this computer only
    QString model = kUsualModel;
    QString folder; ///< private: today's tokens and known answers
    qint64 tokensPerDay = 1'000'000;
    int atOnce = 4;                                               ///< requests at the same time
    std::chrono::milliseconds deadline = std::chrono::minutes(2); ///< of a request
    CircuitBreaker::Limits breaker = {};
    /// Told what each request cost, on the thread of the request, which it must not hold up.
    std::function<void(const domain::Spend&)> onSpent = {};
};

/// Asks Claude, one request each: has pictures read, sent anew from their pixels and with nothing
/// else about the job, and questions answered. Keeps to a limit of requests at a time, to a limit
/// of tokens a day, and leaves the service alone while it fails or asks for that; what was answered
/// before is not sent again.
class ClaudeVision final : public VisionClient, public TextClient
{
public:
    /// Invalid or Denied if the address cannot be used. The clock must outlive it.
    static base::Result<std::shared_ptr<ClaudeVision>>
    make(const ClaudeOptions& options, const base::Clock& clock = base::Clock::system());

    /// Whether the key may be sent to this address: the errors of `make`.
    static base::Status check(const QString& address);

    tl::expected<QJsonObject, domain::Setback> read(const VisionRequest& request) override;
    tl::expected<TextAnswer, domain::Setback> ask(const TextQuestion& question) override;

    /// Why nothing is being answered: the day's limit, or what the service last failed with.
    /// Empty while all is well.
    QString trouble() const;

private:
    using Answer = tl::expected<QJsonObject, domain::Setback>;

    /// A question, however it comes about.
    struct Asked;

    ClaudeVision(ClaudeOptions options, QUrl url, const base::Clock& clock);

    QString keyOf(const QStringList& words, const QByteArray& digest = {}) const;
    Answer answer(const Asked& asked);
    Answer askAnew(const Asked& asked);
    Answer send(const Asked& asked, const ClaudeQuestion& question);
    void report(const ClaudeReply& reply);
    Answer afterTrouble(ClaudeReply reply) const;

    const ClaudeOptions m_options;
    const QUrl m_url;
    const base::Clock& m_clock;
    AnswerCache m_cache;
    DailyTokens m_tokens;
    CircuitBreaker m_breaker;
    Places m_places;
};

/// Today's tokens of this user: what ClaudeVision counts with these options.
DailyTokens tokensOf(const ClaudeOptions& options,
                     const base::Clock& clock = base::Clock::system());

} // namespace queuedeck::vision
