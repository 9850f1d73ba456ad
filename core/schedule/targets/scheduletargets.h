// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schedule/targets/schedulefiles.h"

namespace queuedeck::schedule {

// The targets of scheduleTexts(). They expect a checked request with a complete URL.
base::Result<ScheduleTexts> systemdTexts(const ScheduleRequest& request, const QDateTime& now);
base::Result<ScheduleTexts> crontabTexts(const ScheduleRequest& request);
base::Result<ScheduleTexts> githubTexts(const ScheduleRequest& request, const QDateTime& now);
base::Result<ScheduleTexts> vercelTexts(const ScheduleRequest& request, const QDateTime& now);

/// "have app.example run up to 10 jobs"
QString taskText(const ScheduleRequest& request);
/// Quotes any text as one shell word.
QString shellQuoted(const QString& text);

} // namespace queuedeck::schedule
