// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>

#include <chrono>
#include <deque>

namespace queuedeck::endpoint {

/// Bounds how many keys can be tried. Counts for each address during the last minute the wrong
/// keys, to answer 429 to whoever sends too many, and the different ones among them: only these are
/// guesses, and after too many no key is looked at any more. A forgotten client that sends the same
/// old key for ever guesses nothing and locks nobody out, and neither does anybody where the right
/// key was shown before. Memory is bounded: with too many addresses the one that was heard of
/// longest ago is forgotten. For one thread.
class BadKeys
{
public:
    using Time = std::chrono::steady_clock::time_point;

    explicit BadKeys(int allowedAMinute);

    /// Asked before a key is compared, and counts it as wrong. 0, or it must not be compared, and
    /// after how many seconds another one is. `fingerprint` tells keys apart.
    int tries(const QByteArray& address, const QByteArray& fingerprint, Time now);
    /// The key was right after all; from this address keys are compared from now on.
    void wasRight(const QByteArray& address, const QByteArray& fingerprint);
    /// It was wrong, or not compared: 0, or after how many seconds the address is heard again.
    int note(const QByteArray& address, Time now);
    qsizetype addresses() const { return m_known.size(); }

    /// An IPv6 client owns a whole /64 network and may use a new address for each try.
    static QByteArray clientOf(const QByteArray& address);

private:
    struct Guess
    {
        QByteArray fingerprint;
        Time at; ///< first, within the minute
    };
    struct Client
    {
        std::deque<Time> wrong;
        std::deque<Guess> guesses;
        Time seen;
        bool hasShownRight = false;
    };

    Client& client(const QByteArray& address, Time now);
    void forgetOld(Time now);

    const size_t m_allowed;
    QHash<QByteArray, Client> m_known;
};

} // namespace queuedeck::endpoint
