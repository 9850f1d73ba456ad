// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/badkeys.h"

#include <algorithm>
#include <arpa/inet.h>

namespace queuedeck::endpoint {

namespace {
constexpr std::chrono::seconds kWindow{60};
constexpr qsizetype kMostAddresses = 1024;
constexpr size_t kNetworkBytes = 8; ///< of an IPv6 address

int secondsUntil(BadKeys::Time then, BadKeys::Time now)
{
    return std::max(1, int(std::chrono::ceil<std::chrono::seconds>(then - now).count()));
}
} // namespace

BadKeys::BadKeys(int allowedAMinute)
    : m_allowed(size_t(std::max(allowedAMinute, 1)))
{
}

QByteArray BadKeys::clientOf(const QByteArray& address)
{
    in6_addr network = {};
    if (::inet_pton(AF_INET6, address.constData(), &network) != 1 || IN6_IS_ADDR_V4MAPPED(&network))
        return address;
    return QByteArray(reinterpret_cast<const char*>(network.s6_addr), kNetworkBytes);
}

// Addresses that have shown the right key are remembered longer.
void BadKeys::forgetOld(Time now)
{
    m_known.removeIf(
        [now](const auto& known) { return now - known->seen >= kWindow && !known->hasShownRight; });
    if (m_known.size() < kMostAddresses)
        return;
    const auto oldest =
        std::min_element(m_known.begin(), m_known.end(), [](const auto& one, const auto& other) {
            return std::pair(one.hasShownRight, one.seen) <
                   std::pair(other.hasShownRight, other.seen);
        });
    m_known.erase(oldest);
}

BadKeys::Client& BadKeys::client(const QByteArray& address, Time now)
{
    const QByteArray name = clientOf(address);
    if (!m_known.contains(name) && m_known.size() >= kMostAddresses)
        forgetOld(now);
    Client& found = m_known[name];
    found.seen = now;
    while (!found.wrong.empty() && now - found.wrong.front() >= kWindow)
        found.wrong.pop_front();
    std::erase_if(found.guesses, [now](const Guess& guess) { return now - guess.at >= kWindow; });
    return found;
}

int BadKeys::tries(const QByteArray& address, const QByteArray& fingerprint, Time now)
{
    Client& from = client(address, now);
    const bool isKnown =
        std::any_of(from.guesses.begin(), from.guesses.end(),
                    [&](const Guess& guess) { return guess.fingerprint == fingerprint; });
    if (isKnown || (from.hasShownRight && from.guesses.size() >= m_allowed))
        return 0;
    if (from.guesses.size() >= m_allowed)
        return secondsUntil(from.guesses.front().at + kWindow, now);
    from.guesses.push_back({fingerprint, now});
    return 0;
}

void BadKeys::wasRight(const QByteArray& address, const QByteArray& fingerprint)
{
    const auto from = m_known.find(clientOf(address));
    if (from == m_known.end())
        return;
    from->hasShownRight = true;
    std::erase_if(from->guesses,
                  [&](const Guess& guess) { return guess.fingerprint == fingerprint; });
}

int BadKeys::note(const QByteArray& address, Time now)
{
    std::deque<Time>& times = client(address, now).wrong;
    if (times.size() < m_allowed) {
        times.push_back(now);
        return 0;
    }
    // Attempts meanwhile are not counted: a client that keeps trying would be locked out forever.
    return secondsUntil(times.front() + kWindow, now);
}

} // namespace queuedeck::endpoint
