// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/cron.h"

#include <QStringList>
#include <QVector>

namespace queuedeck::schedule {

enum class ScheduleTarget { Systemd, Crontab, GitHub, Vercel };

/// What is to be done when, by something else than Queuedeck's own window.
struct ScheduleRequest
{
    ScheduleTarget target;
    domain::Cron cron;
    QByteArray zone = {}; ///< empty: the clock of the target, which is UTC for GitHub and Vercel
    QString url = {};     ///< of an endpoint; empty: jobs are run where the schedule runs
    int maxJobs = 10;
    QString program = {}; ///< absolute path of queuedeckctl, for systemd and crontab
};

struct ScheduleText
{
    QString name; ///< the file's, perhaps below folders
    QString text;
    bool isPrivate = false; ///< to be read by its owner only: a key goes in there
};

/// The files of a schedule, with what a person has to know and do.
struct ScheduleTexts
{
    QVector<ScheduleText> files;
    QStringList steps;    ///< what to do with them, in order
    QStringList warnings; ///< what will be otherwise than one may think
};

/// Writes a schedule down for a target. The texts hold no key: it is read where the schedule runs,
/// and never stands among the arguments of a program. `now` is where looking for special moments
/// begins. Invalid: no such endpoint or number; Unsupported: the target cannot do this, and why.
base::Result<ScheduleTexts> scheduleTexts(const ScheduleRequest& request, const QDateTime& now);

} // namespace queuedeck::schedule
