// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/httptypes.h"

namespace queuedeck::net {

/// Whether a request may leave this computer at all: an http address without a password, TLS
/// unless it stays here, headers that cannot smuggle others. Pure; private to this room.
base::Status checkRequest(const HttpRequest& request);

} // namespace queuedeck::net
