// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/cleanup.h"

namespace queuedeck::domain {

CleanUp CleanUp::olderThan(int days, const QDateTime& now)
{
    CleanUp request;
    request.before = now.addDays(-days);
    return request;
}

qint64 CleanUpPreview::jobs() const
{
    qint64 sum = 0;
    for (const CleanUpLine& line : lines)
        sum += line.jobs;
    return sum;
}

qint64 CleanUpPreview::bytes() const
{
    qint64 sum = 0;
    for (const CleanUpLine& line : lines)
        sum += line.bytes;
    return sum;
}

} // namespace queuedeck::domain
