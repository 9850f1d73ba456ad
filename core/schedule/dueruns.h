// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/cron.h"

#include <QDateTime>

namespace queuedeck::schedule {

/// The due runs of a schedule. Private to this room.
struct DueRuns
{
    static constexpr int kMostCounted = 1000;

    QDateTime first;       ///< invalid: none is due
    int count = 0;         ///< at most kMostCounted
    bool hasMore = false;  ///< more than kMostCounted
    bool isOnTime = false; ///< the latest has only just come due: it is run, not missed

    bool isEmpty() const { return count == 0; }
    int missed() const { return isOnTime && !hasMore ? count - 1 : count; }
};

/// The runs due after `handledUntil` and up to `now`.
DueRuns dueRuns(const domain::Cron& cron, const QTimeZone& zone, const QDateTime& handledUntil,
                const QDateTime& now);

/// `handledUntil`, or `now` if it was never set or is in the future: a clock that was ahead and has
/// been set back must not silence a schedule until then.
QDateTime handledBefore(const QDateTime& handledUntil, const QDateTime& now);

} // namespace queuedeck::schedule
