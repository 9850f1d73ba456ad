// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/cron.h"

#include <QStringList>
#include <QVector>

namespace queuedeck::schedule {

enum class ScheduleTarget { Systemd, Crontab, GitHub, Vercel };

/// What to do when, by something other than Queuedeck's window.
struct ScheduleRequest
{
    ScheduleTarget target;
    domain::Cron cron;
    QByteArray zone = {}; ///< empty: the clock of the target, which is UTC for GitHub and Vercel
    QString url = {};     ///< an endpoint; empty: jobs run where the schedule runs
    int maxJobs = 10;
    QString program = {}; ///< absolute path of queuedeckctl, for systemd and crontab
};

struct ScheduleText
{
    QString name; ///< of the file, perhaps with folders
    QString text;
    bool isPrivate = false; ///< readable by its owner only: a key goes in there
};

/// The files of a schedule, with what the user has to know and do.
struct ScheduleTexts
{
    QVector<ScheduleText> files;
    base::Sentences steps;    ///< what to do with them, in order
    base::Sentences warnings; ///< what will differ from what one may expect
};

/// Generates a schedule for a target. The texts contain no key: it is read where the schedule runs,
/// and never appears in a program's arguments. The search for clock changes begins at `now`.
/// Invalid: no such endpoint or number; Unsupported: the target cannot do this, and why.
base::Result<ScheduleTexts> scheduleTexts(const ScheduleRequest& request, const QDateTime& now);

} // namespace queuedeck::schedule
