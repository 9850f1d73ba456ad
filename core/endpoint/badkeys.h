// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>

#include <chrono>
#include <deque>

namespace queuedeck::endpoint {

/// Limits how many keys can be tried. Counts each address's wrong keys of the last minute, to
/// answer 429 if there are too many, and the distinct ones among them: only these are guesses, and
/// after too many no further key is compared. So a stale client that sends the same old key forever
/// locks nobody out, and addresses that have shown the right key are never locked out. Memory is
/// bounded: with too many addresses, the least recently seen one is forgotten. For one thread.
class BadKeys
{
public:
    using Time = std::chrono::steady_clock::time_point;

    explicit BadKeys(int allowedAMinute);

    /// Call before comparing a key; counts it as wrong. Returns 0, or, if it must not be compared,
    /// in how many seconds the next one may be. `fingerprint` distinguishes keys.
    int tries(const QByteArray& address, const QByteArray& fingerprint, Time now);
    /// The key was right after all; from now on, keys from this address are always compared.
    void wasRight(const QByteArray& address, const QByteArray& fingerprint);
    /// It was wrong, or not compared. Returns 0, or in how many seconds the address may try again.
    int note(const QByteArray& address, Time now);
    qsizetype addresses() const { return m_known.size(); }

    /// The /64 network of an IPv6 address, since a client may use a new address for each try.
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
