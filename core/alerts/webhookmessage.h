// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/alerts/alertentry.h"
#include "core/base/secret.h"

namespace queuedeck::alerts {

/// A message to a webhook, as bytes: JSON that Slack, Mattermost and Rocket.Chat show
/// (`text`, `attachments`), with what a program needs in `metadata.event_payload`. Texts are
/// escaped, so that the name of a rule cannot call a whole channel. Pure.
QByteArray webhookBody(const AlertEntry& entry, Telling::Kind kind, const QString& queue);
/// The same for Send a Test.
QByteArray webhookTestBody(const QString& queue, const QDateTime& now);

/// Identifies a message: a receiver that has seen it can drop a repetition.
QString webhookId(const AlertEntry& entry, Telling::Kind kind);

/// "v1=" and the HMAC-SHA256 of "v1:TIMESTAMP:BODY" with the key, in hexadecimal digits.
QByteArray webhookSignature(const base::Secret& key, qint64 timestamp, const QByteArray& body);

/// What is said about an alert in one line: "Queue falls behind: 6.2 min, limit 5 min".
base::Sentence tellingText(const AlertEntry& entry, Telling::Kind kind);

} // namespace queuedeck::alerts
