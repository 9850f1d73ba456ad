// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/net/httptypes.h"

namespace queuedeck::net {

/// The proxy for a request as an address that libcurl understands; empty when there is none. It is
/// that of the environment (https_proxy, all_proxy, in small or capital letters; libcurl itself
/// obeys no_proxy), else that of the desktop. Never for this computer. May hold a password. Private
/// to this room.
QByteArray proxyFor(const HttpRequest& request);

/// "host:port" of a proxy, for people.
QString placeOfProxy(const QByteArray& proxy);

} // namespace queuedeck::net
