// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <array>
#include <optional>

struct sockaddr;

namespace queuedeck::net {

/// An address in network order; IPv4 as ::ffff:a.b.c.d, as which the kernel treats the two alike.
using IpAddress = std::array<quint8, 16>;

/// From its text, "192.0.2.1" or "2001:db8::1", without brackets; a zone ("%eth0") is left out.
/// None for anything else, such as a name or "127.1".
std::optional<IpAddress> ipAddress(const QString& text);
/// None for other families than IPv4 and IPv6.
std::optional<IpAddress> ipAddress(const sockaddr& address);
/// "192.0.2.1", "2001:db8::1".
QString addressText(const IpAddress& address);

/// Why nothing that a stranger asks for is fetched from there: "127.0.0.1 is this computer". Empty
/// for an address of the public internet. IPv6 addresses that carry an IPv4 address (mapped,
/// compatible, 6to4, Teredo, NAT64) are judged by that one too. Pure.
QString whyNotPublic(const IpAddress& address);

} // namespace queuedeck::net
