// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/httptypes.h"

#include <optional>

namespace queuedeck::net {

/// The seconds of a Retry-After header, from 0 to a day, whether a number or a date in any HTTP
/// form; a date is relative to the response's own Date. Nothing if there is no readable one.
std::optional<std::chrono::seconds> retryAfter(const HttpAnswer& answer, const QDateTime& now);

} // namespace queuedeck::net
