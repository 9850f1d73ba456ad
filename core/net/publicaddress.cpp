// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/publicaddress.h"

#include <QHostAddress>

#include <array>
#include <optional>
#include <vector>

using namespace Qt::StringLiterals;

namespace queuedeck::net {

using base::Sentence;

namespace {
/// A block of addresses outside the public internet: from IANA's special-purpose registries, or a
/// multicast or reserved range.
struct Block
{
    Block(const char* first, int count, Sentence name)
        : network(QLatin1String(first))
        , bits(count)
        , what(std::move(name))
    {
    }
    bool holds(const QHostAddress& address) const // false for the other family
    {
        return address.isInSubnet(network, bits);
    }

    QHostAddress network;
    int bits;
    Sentence what;
};

const std::vector<Block>& blocks()
{
    static const std::vector<Block> kBlocks{
        {"0.0.0.0", 8, Sentence::tr("this computer")},
        {"10.0.0.0", 8, Sentence::tr("a private network")},
        {"100.64.0.0", 10, Sentence::tr("a provider's inner network")},
        {"127.0.0.0", 8, Sentence::tr("this computer")},
        {"168.63.129.16", 32,
         Sentence::tr("a cloud's own service")}, // Azure's, the same on every machine
        {"169.254.0.0", 16, Sentence::tr("the local link, where clouds keep their metadata")},
        {"172.16.0.0", 12, Sentence::tr("a private network")},
        {"192.0.0.0", 24, Sentence::tr("a reserved address")},
        {"192.0.2.0", 24, Sentence::tr("an address for documentation")},
        {"192.31.196.0", 24, Sentence::tr("a reserved address")},
        {"192.52.193.0", 24, Sentence::tr("a reserved address")},
        {"192.88.99.0", 24, Sentence::tr("a relay")},
        {"192.168.0.0", 16, Sentence::tr("a private network")},
        {"192.175.48.0", 24, Sentence::tr("a reserved address")},
        {"198.18.0.0", 15, Sentence::tr("a network for tests")},
        {"198.51.100.0", 24, Sentence::tr("an address for documentation")},
        {"203.0.113.0", 24, Sentence::tr("an address for documentation")},
        {"224.0.0.0", 4, Sentence::tr("a multicast address")},
        {"240.0.0.0", 4, Sentence::tr("a reserved address")}, // and the broadcast address
        {"::", 128, Sentence::tr("this computer")},
        {"::1", 128, Sentence::tr("this computer")},
        {"64:ff9b:1::", 48, Sentence::tr("a private network")},
        {"100::", 64, Sentence::tr("a reserved address")},
        {"2001:2::", 48, Sentence::tr("a network for tests")},
        {"2001:10::", 28, Sentence::tr("a reserved address")},
        {"2001:20::", 28, Sentence::tr("a reserved address")},
        {"2001:db8::", 32, Sentence::tr("an address for documentation")},
        {"3fff::", 20, Sentence::tr("an address for documentation")},
        {"5f00::", 16, Sentence::tr("a reserved address")},
        {"fc00::", 7, Sentence::tr("a private network")},
        {"fe80::", 10, Sentence::tr("the local link")},
        {"fec0::", 10, Sentence::tr("a private network")},
        {"ff00::", 8, Sentence::tr("a multicast address")},
    };
    return kBlocks;
}

QHostAddress fromBytes(const quint8* bytes, quint8 mask = 0)
{
    quint32 address = 0;
    for (int i = 0; i < 4; ++i)
        address = address << 8 | quint8(bytes[i] ^ mask);
    return QHostAddress(address);
}

// The IPv4 address that packets to this one end up at: the kernel treats both as the same, or a
// translator or tunnel leads there.
std::optional<QHostAddress> carried(const QHostAddress& address)
{
    if (address.protocol() != QAbstractSocket::IPv6Protocol)
        return std::nullopt;
    static const std::array kAtTheEnd{
        Block("::ffff:0:0", 96, u"mapped"_s), Block("::", 96, u"compatible"_s),
        Block("::ffff:0:0:0", 96, u"translated"_s), Block("64:ff9b::", 96, u"NAT64"_s)};
    static const Block k6to4("2002::", 16, u"6to4"_s);
    static const Block kTeredo("2001::", 32, u"Teredo"_s);
    const Q_IPV6ADDR bytes = address.toIPv6Address();
    for (const Block& block : kAtTheEnd) {
        if (block.holds(address))
            return fromBytes(bytes.c + 12);
    }
    if (k6to4.holds(address))
        return fromBytes(bytes.c + 2);
    if (kTeredo.holds(address))
        return fromBytes(bytes.c + 12, 0xFF); // the client's, inverted
    return std::nullopt;
}
} // namespace

Sentence whyNotPublic(const QHostAddress& address)
{
    for (const Block& block : blocks()) {
        if (block.holds(address))
            return Sentence::tr("%1 is %2").arg(address.toString(), block.what);
    }
    if (const auto inner = carried(address)) {
        const Sentence why = whyNotPublic(*inner);
        return why.isEmpty() ? why : Sentence::tr("%1 leads to %2").arg(address.toString(), why);
    }
    // Of IPv6, IANA has allocated 2000::/3; the rest is not routed, or not yet.
    static const Block kGivenOut("2000::", 3, u"public"_s);
    const bool isIpv4 = address.protocol() == QAbstractSocket::IPv4Protocol;
    if (!isIpv4 && !kGivenOut.holds(address))
        return Sentence::tr("%1 is a reserved address").arg(address.toString());
    return {};
}

} // namespace queuedeck::net
