// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/httptypes.h"

namespace queuedeck::net {

/// The fault of an answer with 3xx, with where it points to: without what follows a question mark,
/// which may be a secret of the server's, and without the request's own. Private to this room.
HttpError redirected(const HttpAnswer& answer, const HttpRequest& request);

} // namespace queuedeck::net
