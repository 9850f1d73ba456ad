// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

#include <limits>
#include <vector>

namespace queuedeck::base {

/// Numbers by text, in 16 bytes for each whatever the length of the text: for the keys of millions
/// of lines. It keeps 96 bits of a hash and not the text; among a million keys, two share one with
/// a probability of 1 to 10^17. Seeded at random, so that nobody can make keys collide.
class KeyTable
{
public:
    static constexpr quint32 kLargest = std::numeric_limits<quint32>::max() - 2;

    KeyTable();

    /// Where the number of a key is; null if there is none. Valid until the next insertion.
    quint32* find(QStringView key);
    const quint32* find(QStringView key) const { return const_cast<KeyTable*>(this)->find(key); }
    /// Adds a key that is not there yet; `number` is at most kLargest. False: it was there, with
    /// the number that `number` is set to.
    bool insert(QStringView key, quint32& number);
    void remove(QStringView key);
    qsizetype size() const { return m_size; }

private:
    struct Slot
    {
        quint64 high = 0;
        quint32 low = 0;
        quint32 number = 0;
    };

    Slot digest(QStringView key) const;
    /// The slot that holds the key, or the one it would be put into.
    Slot& slotOf(const Slot& digest);
    void grow();

    std::vector<Slot> m_slots;
    qsizetype m_size = 0;
    qsizetype m_used = 0; ///< with removed ones
    size_t m_seeds[2];
};

} // namespace queuedeck::base
