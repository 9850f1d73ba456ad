// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/httptypes.h"

namespace queuedeck::net {

/// Whether a request may be sent at all: an http URL without a password, TLS unless it stays on
/// this computer, headers that cannot smuggle others. Pure; private to this room.
base::Status checkRequest(const HttpRequest& request);

} // namespace queuedeck::net
