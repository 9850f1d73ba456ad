// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/cron.h"

#include <QDateTime>

namespace queuedeck::schedule {

/// The runs of a schedule whose time has come. Private to this room.
struct DueRuns
{
    static constexpr int kMostCounted = 1000;

    QDateTime first;       ///< invalid: none is due
    int count = 0;         ///< at most kMostCounted
    bool hasMore = false;  ///< than that
    bool isOnTime = false; ///< the latest has only just come: it is run, and was not missed

    bool isEmpty() const { return count == 0; }
    int missed() const { return isOnTime && !hasMore ? count - 1 : count; }
};

/// What came due after `handledUntil` and up to `now`.
DueRuns dueRuns(const domain::Cron& cron, const QTimeZone& zone, const QDateTime& handledUntil,
                const QDateTime& now);

/// `handledUntil`, or `now` where it was never set or lies ahead: a clock that was ahead and has
/// been set back must not silence a schedule until then.
QDateTime handledBefore(const QDateTime& handledUntil, const QDateTime& now);

} // namespace queuedeck::schedule
