// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>

#include <chrono>
#include <deque>

namespace queuedeck::endpoint {

/// Counts the wrong keys of each address during the last minute. Memory is bounded: with too many
/// addresses the one that was heard of longest ago is forgotten. For one thread.
class BadKeys
{
public:
    using Time = std::chrono::steady_clock::time_point;

    explicit BadKeys(int allowedAMinute);

    /// Notes a wrong key. 0, or after how many seconds the address is listened to again.
    int note(const QByteArray& address, Time now);
    qsizetype addresses() const { return m_known.size(); }

    /// An IPv6 client owns a whole /64 network and may use a new address for each try.
    static QByteArray clientOf(const QByteArray& address);

private:
    void forgetOld(Time now);

    const int m_allowed;
    QHash<QByteArray, std::deque<Time>> m_known;
};

} // namespace queuedeck::endpoint
