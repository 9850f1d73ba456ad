// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/badkeys.h"

#include <algorithm>
#include <arpa/inet.h>

namespace queuedeck::endpoint {

namespace {
constexpr std::chrono::seconds kWindow{60};
constexpr qsizetype kMostAddresses = 1024;
constexpr size_t kNetworkBytes = 8; ///< of an IPv6 address
} // namespace

BadKeys::BadKeys(int allowedAMinute)
    : m_allowed(std::max(allowedAMinute, 1))
{
}

QByteArray BadKeys::clientOf(const QByteArray& address)
{
    in6_addr network = {};
    if (::inet_pton(AF_INET6, address.constData(), &network) != 1 || IN6_IS_ADDR_V4MAPPED(&network))
        return address;
    return QByteArray(reinterpret_cast<const char*>(network.s6_addr), kNetworkBytes);
}

void BadKeys::forgetOld(Time now)
{
    m_known.removeIf([now](const auto& known) { return now - known->back() >= kWindow; });
    if (m_known.size() < kMostAddresses)
        return;
    const auto oldest =
        std::min_element(m_known.begin(), m_known.end(), [](const auto& one, const auto& other) {
            return one.back() < other.back();
        });
    m_known.erase(oldest);
}

int BadKeys::note(const QByteArray& address, Time now)
{
    const QByteArray client = clientOf(address);
    if (!m_known.contains(client) && m_known.size() >= kMostAddresses)
        forgetOld(now);
    std::deque<Time>& times = m_known[client];
    while (!times.empty() && now - times.front() >= kWindow)
        times.pop_front();
    if (int(times.size()) < m_allowed) {
        times.push_back(now);
        return 0;
    }
    // What comes meanwhile is not counted: else who keeps trying would be locked out for ever.
    const auto left = std::chrono::ceil<std::chrono::seconds>(times.front() + kWindow - now);
    return std::max(1, int(left.count()));
}

} // namespace queuedeck::endpoint
