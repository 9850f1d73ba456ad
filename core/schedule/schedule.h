// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/cron.h"
#include "core/domain/jobstatus.h"

#include <QDateTime>
#include <QStringList>
#include <QVector>

#include <chrono>
#include <variant>

namespace queuedeck::schedule {

/// A round of the engine of this computer.
struct LocalRound
{
    int maxJobs = 10;
    QStringList types = {}; ///< empty: every type with a handler here

    bool operator==(const LocalRound&) const = default;
};

/// A call of an endpoint, whose key is in the keychain and never in here.
struct RemoteRound
{
    QString url;
    int maxJobs = 10;   ///< a call
    bool drain = false; ///< call again as long as pending falls

    bool operator==(const RemoteRound&) const = default;
};

/// Deletes old finished jobs, with a journal entry.
struct CleanUpRound
{
    int olderThanDays = 30;
    QVector<domain::JobStatus> statuses{domain::JobStatus::Completed, domain::JobStatus::Failed};

    bool operator==(const CleanUpRound&) const = default;
};

using ScheduledWork = std::variant<LocalRound, RemoteRound, CleanUpRound>;

/// What is to be done when, as long as Queuedeck is open.
struct Schedule
{
    QString id; ///< made by the scheduler
    QString name;
    QString cron;    ///< see domain::Cron
    QByteArray zone; ///< "Europe/Berlin"; empty: the zone of this computer
    ScheduledWork work;
    bool enabled = true;

    bool operator==(const Schedule&) const = default;

    QTimeZone timeZone() const;
    /// Invalid with a sentence when something in it cannot be: cron, zone, address, numbers.
    base::Status check() const;
};

/// How a run ended, or why there was none.
struct ScheduleOutcome
{
    enum class Kind {
        Done,
        Failed,  ///< see `error`
        Missed,  ///< its time passed while Queuedeck was closed or the computer slept
        Skipped, ///< the run before was still going
    };

    Kind kind = Kind::Done;
    QDateTime time; ///< UTC: when it began, or was to begin
    std::chrono::milliseconds took{0};
    QString sentence;                                  ///< for people: "Processed 3 jobs, 0 failed"
    base::ErrorKind error = base::ErrorKind::Internal; ///< of Failed
    int runs = 1; ///< Missed, Skipped: so many runs of the schedule, the first at `time`

    bool operator==(const ScheduleOutcome&) const = default;
};

} // namespace queuedeck::schedule
