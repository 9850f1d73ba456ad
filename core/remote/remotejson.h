// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/httptypes.h"

#include <QJsonObject>

#include <optional>

namespace queuedeck::remote {

// What programs that others wrote put into JSON, read so that it is right or not read at all.
// Private to this room.

/// The object that an answer is; empty when it is none.
QJsonObject objectIn(const net::HttpAnswer& answer);

/// A count: a whole number from 0, of any size that qint64 holds, as number (12, 12.0, 1.2e1) or as
/// digits in a text. None for everything else.
std::optional<qint64> countIn(const QJsonValue& value);
/// An id as it was sent, whether text or number.
QString idIn(const QJsonValue& value);
/// A time in ISO 8601, or in milliseconds since 1970, in UTC; else invalid.
QDateTime timeIn(const QJsonValue& value);

/// Why something failed, in the words of whoever answered: wherever in an object, an array or a
/// plain text web frameworks put it, as {"error":"…"}, {"error":{"message":"…"}},
/// {"errors":[{"detail":"…"}]}, {"message":"…"}, problem+json. Empty when nothing is said.
QString reasonIn(const net::HttpAnswer& answer);

} // namespace queuedeck::remote
