// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"

#include <QFuture>

#include <chrono>
#include <memory>
#include <stop_token>

namespace queuedeck::async {
class TaskThread;
}

namespace queuedeck::alerts {

/// Where messages go. Both are secrets: whoever knows the address of a Slack webhook may write to
/// its channel.
struct WebhookTarget
{
    base::Secret address;
    base::Secret key = {}; ///< messages are signed with it; empty: they are not
};

/// How a server answered a message.
struct WebhookAnswer
{
    int status = 0;
    /// It took the message (2xx).
    bool isTaken() const { return status >= 200 && status < 300; }
    /// Sending it again cannot help.
    bool isFinal() const
    {
        return status >= 400 && status < 500 && status != 408 && status != 425 && status != 429;
    }
    std::optional<std::chrono::seconds> retryAfter = {}; ///< as the server asks
};

/// Whether messages can go to this address: https, or http on this computer, no password in it.
/// Invalid says what is wrong, without the address.
base::Status checkWebhookAddress(const QString& address);
/// The part of an address that is no secret: "hooks.slack.com".
QString webhookHost(const QString& address);

/// Sends messages, one after another, on a thread of its own; never blocks its caller. Each takes
/// ten seconds at most, and destruction ends the one that is on its way.
class Webhook
{
public:
    Webhook();
    ~Webhook();

    /// Once: whether to send it again is for the caller to decide. An error's sentence names the
    /// host only.
    QFuture<base::Result<WebhookAnswer>> send(const WebhookTarget& target, const QByteArray& body,
                                              const QString& id);

private:
    std::stop_source m_stop;
    std::unique_ptr<async::TaskThread> m_thread;
};

/// How long to wait before the n-th repetition, from 1: seconds at first, a quarter of an hour at
/// most, also if the server asks for more.
std::chrono::seconds webhookPause(int failures, std::optional<std::chrono::seconds> asked);

/// A message that could not be delivered for so long is given up.
constexpr std::chrono::hours kWebhookPatience{24};

} // namespace queuedeck::alerts
