// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/httptypes.h"

namespace queuedeck::net {

/// The proxy for a request, as a URL for libcurl; empty if there is none. It comes from the
/// environment (https_proxy, all_proxy, in lower or upper case; libcurl itself honours no_proxy),
/// else from the desktop. Never for this computer. May contain a password. Private to this room.
QByteArray proxyFor(const HttpRequest& request);

/// "host:port" of a proxy, for people.
QString placeOfProxy(const QByteArray& proxy);

} // namespace queuedeck::net
