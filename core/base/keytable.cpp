// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/keytable.h"

#include <QHashFunctions>
#include <QRandomGenerator>

namespace queuedeck::base {

namespace {
constexpr quint32 kEmpty = std::numeric_limits<quint32>::max();
constexpr quint32 kRemoved = kEmpty - 1;
constexpr size_t kFirst = 64;
// It grows by little, so that it never takes much more than it needs.
constexpr double kGrowth = 1.3;
constexpr double kFullest = 0.85;
} // namespace

KeyTable::KeyTable()
    : m_slots(kFirst, Slot{0, 0, kEmpty})
    , m_seeds{size_t(QRandomGenerator::system()->generate64()),
              size_t(QRandomGenerator::system()->generate64())}
{
}

KeyTable::Slot KeyTable::digest(QStringView key) const
{
    return {quint64(qHash(key, m_seeds[0])), quint32(quint64(qHash(key, m_seeds[1])) >> 16), 0};
}

KeyTable::Slot& KeyTable::slotOf(const Slot& digest)
{
    Slot* removed = nullptr;
    for (size_t at = digest.high % m_slots.size();; at = at + 1 == m_slots.size() ? 0 : at + 1) {
        Slot& slot = m_slots[at];
        if (slot.number == kEmpty)
            return removed ? *removed : slot;
        if (slot.number == kRemoved)
            removed = removed ? removed : &slot;
        else if (slot.high == digest.high && slot.low == digest.low)
            return slot;
    }
}

quint32* KeyTable::find(QStringView key)
{
    Slot& slot = slotOf(digest(key));
    return slot.number >= kRemoved ? nullptr : &slot.number;
}

bool KeyTable::insert(QStringView key, quint32& number)
{
    if (double(m_used + 1) > double(m_slots.size()) * kFullest)
        grow();
    Slot wanted = digest(key);
    Slot& slot = slotOf(wanted);
    if (slot.number < kRemoved) {
        number = slot.number;
        return false;
    }
    m_used += slot.number == kEmpty;
    ++m_size;
    wanted.number = number;
    slot = wanted;
    return true;
}

void KeyTable::remove(QStringView key)
{
    Slot& slot = slotOf(digest(key));
    if (slot.number >= kRemoved)
        return;
    slot.number = kRemoved;
    --m_size;
}

void KeyTable::grow()
{
    const std::vector<Slot> before = std::move(m_slots);
    const auto needed = size_t(double(m_size + 1) / kFullest * kGrowth);
    m_slots.assign(std::max(needed, kFirst), Slot{0, 0, kEmpty});
    m_used = m_size;
    for (const Slot& slot : before) {
        if (slot.number < kRemoved)
            slotOf(slot) = slot;
    }
}

} // namespace queuedeck::base
