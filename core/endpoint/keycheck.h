// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace queuedeck::endpoint {

/// Compares keys with ours in a time that reveals neither where they differ nor how long ours is:
/// both are hashed under a random key of this process, and the hashes are compared without an early
/// exit. The key itself is not kept. From any thread.
class KeyCheck
{
public:
    explicit KeyCheck(const QByteArray& key);
    ~KeyCheck();
    KeyCheck(const KeyCheck&) = delete;
    KeyCheck& operator=(const KeyCheck&) = delete;

    bool matches(QByteArrayView presented) const;
    /// Distinguishes presented keys and means nothing outside this process.
    QByteArray fingerprint(QByteArrayView presented) const;

private:
    static constexpr size_t kHashSize = 32;

    struct Hash
    {
        unsigned char bytes[kHashSize] = {};
    };
    Hash hashOf(QByteArrayView text) const;

    Hash m_secret; ///< this process's random hash key
    Hash m_expected;
    bool m_isReady = false; ///< false: no random numbers, so nothing matches
};

} // namespace queuedeck::endpoint
