// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/publicaddress.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cstring>
#include <netinet/in.h>
#include <span>

using namespace Qt::StringLiterals;

namespace queuedeck::net {

namespace {
/// A block of addresses that is not the public internet: IANA's special-purpose registries, and the
/// multicast and reserved ranges.
struct Block
{
    const char* network;
    int bits; ///< of the text's own family
    const char16_t* what;
};

constexpr Block kBlocks[] = {
    {"0.0.0.0", 8, u"this computer"},
    {"10.0.0.0", 8, u"a private network"},
    {"100.64.0.0", 10, u"a provider's inner network"},
    {"127.0.0.0", 8, u"this computer"},
    {"168.63.129.16", 32, u"a cloud's own service"}, // Azure's, the same on every machine
    {"169.254.0.0", 16, u"the local link, where clouds keep their metadata"},
    {"172.16.0.0", 12, u"a private network"},
    {"192.0.0.0", 24, u"a reserved address"},
    {"192.0.2.0", 24, u"an address for documentation"},
    {"192.31.196.0", 24, u"a reserved address"},
    {"192.52.193.0", 24, u"a reserved address"},
    {"192.88.99.0", 24, u"a relay"},
    {"192.168.0.0", 16, u"a private network"},
    {"192.175.48.0", 24, u"a reserved address"},
    {"198.18.0.0", 15, u"a network for tests"},
    {"198.51.100.0", 24, u"an address for documentation"},
    {"203.0.113.0", 24, u"an address for documentation"},
    {"224.0.0.0", 4, u"a multicast address"},
    {"240.0.0.0", 4, u"a reserved address"}, // and the broadcast address
    {"::", 128, u"this computer"},
    {"::1", 128, u"this computer"},
    {"64:ff9b:1::", 48, u"a private network"},
    {"100::", 64, u"a reserved address"},
    {"2001:2::", 48, u"a network for tests"},
    {"2001:10::", 28, u"a reserved address"},
    {"2001:20::", 28, u"a reserved address"},
    {"2001:db8::", 32, u"an address for documentation"},
    {"3fff::", 20, u"an address for documentation"},
    {"5f00::", 16, u"a reserved address"},
    {"fc00::", 7, u"a private network"},
    {"fe80::", 10, u"the local link"},
    {"fec0::", 10, u"a private network"},
    {"ff00::", 8, u"a multicast address"},
};

constexpr int kMappedBits = 96; ///< before the IPv4 address in ::ffff:a.b.c.d

bool isMapped(const IpAddress& address)
{
    static constexpr std::array<quint8, 12> kPrefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
    return std::equal(kPrefix.begin(), kPrefix.end(), address.begin());
}

IpAddress mapped(std::span<const quint8, 4> address)
{
    IpAddress whole{};
    whole[10] = whole[11] = 0xFF;
    std::copy(address.begin(), address.end(), whole.begin() + 12);
    return whole;
}

bool isIn(const IpAddress& address, const IpAddress& network, int bits)
{
    const int whole = bits / 8;
    if (!std::equal(network.begin(), network.begin() + whole, address.begin()))
        return false;
    const int rest = bits % 8;
    const auto mask = quint8(0xFF << (8 - rest));
    return rest == 0 || ((address[size_t(whole)] ^ network[size_t(whole)]) & mask) == 0;
}

bool isIn(const IpAddress& address, const char* network, int bits)
{
    const auto parsed = ipAddress(QString::fromLatin1(network));
    return parsed && isIn(address, *parsed, isMapped(*parsed) ? bits + kMappedBits : bits);
}

// The IPv4 address that packets to this one end up at, by a translator or a tunnel.
std::optional<IpAddress> carried(const IpAddress& address)
{
    const std::span<const quint8, 16> bytes(address);
    if (isIn(address, "64:ff9b::", 96) || isIn(address, "::", 96)) // NAT64, compatible
        return mapped(bytes.subspan<12, 4>());
    if (isIn(address, "::ffff:0:0:0", 96)) // translated (SIIT)
        return mapped(bytes.subspan<12, 4>());
    if (isIn(address, "2002::", 16)) // 6to4
        return mapped(bytes.subspan<2, 4>());
    if (isIn(address, "2001::", 32)) { // Teredo: the client's, inverted
        std::array<quint8, 4> client{};
        std::transform(bytes.begin() + 12, bytes.end(), client.begin(),
                       [](quint8 byte) { return quint8(~byte); });
        return mapped(client);
    }
    return std::nullopt;
}
} // namespace

std::optional<IpAddress> ipAddress(const QString& text)
{
    const QByteArray bare = text.section(u'%', 0, 0).toLatin1();
    std::array<quint8, 4> four{};
    IpAddress six{};
    if (::inet_pton(AF_INET, bare.constData(), four.data()) == 1)
        return mapped(four);
    if (::inet_pton(AF_INET6, bare.constData(), six.data()) == 1)
        return six;
    return std::nullopt;
}

std::optional<IpAddress> ipAddress(const sockaddr& address)
{
    if (address.sa_family == AF_INET) {
        sockaddr_in in{};
        std::memcpy(&in, &address, sizeof in);
        std::array<quint8, 4> four{};
        std::memcpy(four.data(), &in.sin_addr, four.size());
        return mapped(four);
    }
    if (address.sa_family == AF_INET6) {
        sockaddr_in6 in{};
        std::memcpy(&in, &address, sizeof in);
        IpAddress six{};
        std::memcpy(six.data(), &in.sin6_addr, six.size());
        return six;
    }
    return std::nullopt;
}

QString addressText(const IpAddress& address)
{
    char text[INET6_ADDRSTRLEN] = {};
    if (isMapped(address))
        ::inet_ntop(AF_INET, address.data() + 12, text, sizeof text);
    else
        ::inet_ntop(AF_INET6, address.data(), text, sizeof text);
    return QString::fromLatin1(text);
}

QString whyNotPublic(const IpAddress& address)
{
    for (const Block& block : kBlocks) {
        if (isIn(address, block.network, block.bits))
            return u"%1 is %2"_s.arg(addressText(address), QStringView(block.what));
    }
    if (const auto inner = carried(address)) {
        const QString why = whyNotPublic(*inner);
        if (!why.isEmpty())
            return u"%1 leads to %2"_s.arg(addressText(address), why);
        return {};
    }
    // What IANA has given out is 2000::/3; the rest is not routed, or not yet.
    if (!isMapped(address) && !isIn(address, "2000::", 3))
        return u"%1 is a reserved address"_s.arg(addressText(address));
    return {};
}

} // namespace queuedeck::net
