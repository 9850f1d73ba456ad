// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/cron.h"

#include <QStringList>

namespace queuedeck::schedule {

/// A cron expression in the words of systemd.
struct OnCalendar
{
    QStringList lines; ///< values of OnCalendar=, any of which begins a run
    QStringList notes; ///< where systemd differs, a sentence each; mostly none
};

/// Translates exactly: what a list of lines cannot say is refused as Unsupported, and where systemd
/// treats a change of the clock otherwise, a note says so. `zone` empty: the zone of the computer
/// the timer runs on, taken to be this one. `now` is where looking for such changes begins.
base::Result<OnCalendar> onCalendar(const domain::Cron& cron, const QByteArray& zone,
                                    const QDateTime& now);

} // namespace queuedeck::schedule
