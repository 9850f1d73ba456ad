// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/httptypes.h"

#include <QJsonObject>

#include <optional>

namespace queuedeck::remote {

// Readers for JSON of other programs: they return the correct value or none. Private to this room.

/// The response's JSON object; empty if it is none.
QJsonObject objectIn(const net::HttpAnswer& answer);

/// A count: an integer from 0 to the largest qint64, as a number (12, 12.0, 1.2e1) or as digits in
/// a string. Nothing for everything else.
std::optional<qint64> countIn(const QJsonValue& value);
/// An id as sent, whether string or number.
QString idIn(const QJsonValue& value);
/// A time in ISO 8601, or in milliseconds since 1970, in UTC; else invalid.
QDateTime timeIn(const QJsonValue& value);

/// The server's own reason for a failure, from wherever web frameworks put it in an object, an
/// array or plain text, such as {"error":"…"}, {"error":{"message":"…"}},
/// {"errors":[{"detail":"…"}]},
/// {"message":"…"}, problem+json. Empty if there is none.
QString reasonIn(const net::HttpAnswer& answer);

} // namespace queuedeck::remote
