// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/cron.h"

#include <QStringList>

namespace queuedeck::schedule {

/// A cron expression in systemd's syntax.
struct OnCalendar
{
    QStringList lines;     ///< values of OnCalendar=, each of which triggers a run
    base::Sentences notes; ///< where systemd differs, one sentence each; usually none
};

/// Translates exactly: Unsupported if no list of lines can express it, and a note if systemd treats
/// a clock change differently. `zone` empty: the zone of the computer the timer runs on, assumed to
/// be this one. The search for clock changes begins at `now`.
base::Result<OnCalendar> onCalendar(const domain::Cron& cron, const QByteArray& zone,
                                    const QDateTime& now);

} // namespace queuedeck::schedule
