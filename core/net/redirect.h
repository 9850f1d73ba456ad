// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/httptypes.h"

namespace queuedeck::net {

/// The fault for a 3xx response, with its target: without the query, which may be a secret of the
/// server, and without the request's own secrets. Private to this room.
HttpError redirected(const HttpAnswer& answer, const HttpRequest& request);

} // namespace queuedeck::net
