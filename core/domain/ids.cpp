// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/ids.h"

#include <QRandomGenerator>
#include <QUuid>

#include <atomic>

namespace queuedeck::domain {

namespace {
// Time and a 12-bit counter in one word (RFC 9562, section 6.2, method 1): strictly increasing; a
// burst of more than 4096 ids in one millisecond borrows from the next one.
quint64 nextTick(quint64 msecs)
{
    static std::atomic<quint64> last{0};
    quint64 previous = last.load(std::memory_order_relaxed);
    quint64 next;
    do {
        next = std::max(msecs << 12, previous + 1);
    } while (!last.compare_exchange_weak(previous, next, std::memory_order_relaxed));
    return next;
}
} // namespace

QString newUuid(qint64 msecsSinceEpoch)
{
    const quint64 tick = nextTick(quint64(msecsSinceEpoch));
    const quint64 msecs = tick >> 12;
    const quint64 high = (msecs << 16) | 0x7000U | (tick & 0x0FFFU);
    const quint64 random = QRandomGenerator::system()->generate64();
    const quint64 low = (random & 0x3FFFFFFFFFFFFFFFULL) | 0x8000000000000000ULL;
    const QUuid uuid(uint(high >> 32), ushort(high >> 16), ushort(high), uchar(low >> 56),
                     uchar(low >> 48), uchar(low >> 40), uchar(low >> 32), uchar(low >> 24),
                     uchar(low >> 16), uchar(low >> 8), uchar(low));
    return uuid.toString(QUuid::WithoutBraces);
}

QDateTime timeOfUuid(const QString& uuid)
{
    const QUuid read = QUuid::fromString(uuid);
    if (read.data3 >> 12 != 7)
        return {};
    return QDateTime::fromMSecsSinceEpoch(qint64(read.data1) << 16 | read.data2, Qt::UTC);
}

} // namespace queuedeck::domain
