// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/cron.h"
#include "core/domain/jobstatus.h"
#include "core/domain/report.h"

#include <QDateTime>
#include <QStringList>
#include <QVector>

#include <chrono>
#include <variant>

namespace queuedeck::schedule {

/// A run of this computer's engine.
struct LocalRound
{
    int maxJobs = 10;
    QStringList types = {}; ///< empty: every type with a handler here

    bool operator==(const LocalRound&) const = default;
};

/// A call of an endpoint, whose key is in the keychain and never here.
struct RemoteRound
{
    QString url;
    int maxJobs = 10;   ///< per call
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

/// Makes the report of the week before, here and at once.
struct ReportRound
{
    domain::ReportKind report = domain::ReportKind::QueueHealth;
    domain::ReportFormat format = domain::ReportFormat::Pdf;

    bool operator==(const ReportRound&) const = default;
};

using ScheduledWork = std::variant<LocalRound, RemoteRound, CleanUpRound, ReportRound>;

/// What to do when, while Queuedeck is open.
struct Schedule
{
    QString id; ///< made by the scheduler
    QString name;
    QString cron;    ///< see domain::Cron
    QByteArray zone; ///< "Europe/Berlin"; empty: this computer's zone
    ScheduledWork work;
    bool enabled = true;

    bool operator==(const Schedule&) const = default;

    QTimeZone timeZone() const;
    /// Invalid, with a sentence, if something in it is impossible: cron, zone, URL, numbers.
    base::Status check() const;
};

/// A report of the week before, every Monday morning.
Schedule weeklyReport(const ReportRound& round);

/// How a run ended, or why there was none.
struct ScheduleOutcome
{
    enum class Kind {
        Done,
        Failed,  ///< see `error`
        Missed,  ///< its time passed while Queuedeck was closed or the computer slept
        Skipped, ///< the previous run was still going
    };

    Kind kind = Kind::Done;
    QDateTime time; ///< UTC: when it began, or should have begun
    std::chrono::milliseconds took{0};
    QString sentence;                                  ///< for people: "Processed 3 jobs, 0 failed"
    base::ErrorKind error = base::ErrorKind::Internal; ///< for Failed
    int runs = 1; ///< Missed, Skipped: the number of runs, the first at `time`

    bool operator==(const ScheduleOutcome&) const = default;
};

} // namespace queuedeck::schedule
