// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"

class QHostAddress;

namespace queuedeck::net {

/// Why untrusted requests may not fetch from this address: "127.0.0.1 is this computer". Empty for
/// an address of the public internet. IPv6 addresses that embed an IPv4 address (mapped,
/// compatible, translated, 6to4, Teredo, NAT64) are judged by that one too. Pure.
base::Sentence whyNotPublic(const QHostAddress& address);

} // namespace queuedeck::net
