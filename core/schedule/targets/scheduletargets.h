// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schedule/targets/schedulefiles.h"

namespace queuedeck::schedule {

// The targets of scheduleTexts(). They take a request that was checked, whose URL is whole.
base::Result<ScheduleTexts> systemdTexts(const ScheduleRequest& request, const QDateTime& now);
base::Result<ScheduleTexts> crontabTexts(const ScheduleRequest& request);
base::Result<ScheduleTexts> githubTexts(const ScheduleRequest& request, const QDateTime& now);
base::Result<ScheduleTexts> vercelTexts(const ScheduleRequest& request, const QDateTime& now);

/// "have app.example run up to 10 jobs"
QString taskText(const ScheduleRequest& request);
/// One word for a shell, whatever is in it.
QString shellQuoted(const QString& text);

} // namespace queuedeck::schedule
