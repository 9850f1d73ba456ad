// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/job.h"
#include "core/domain/jobfilter.h"

#include <QMap>

#include <optional>

namespace queuedeck::domain {

/// Jobs of one type, by status.
struct TypeCounts
{
    qint64 pending = 0;
    qint64 processing = 0;
    qint64 completed = 0;
    qint64 failed = 0;
    qint64 other = 0; ///< unknown or NULL status

    qint64 total() const { return pending + processing + completed + failed + other; }
    qint64& of(JobStatus status);
    qint64 of(JobStatus status) const { return const_cast<TypeCounts*>(this)->of(status); }
    bool operator==(const TypeCounts&) const = default;
};

/// Jobs that can still run: pending with attempts left, whether or not this computer can run them.
struct WaitingJobs
{
    qint64 count = 0;    ///< all of them
    QVector<Job> oldest; ///< the first by createdAt, as many as requested
};

/// The state of the whole queue, read in one transaction, so that all figures agree.
struct QueueSnapshot
{
    QDateTime takenAt; ///< UTC, the database's clock
    TypeCounts counts; ///< the whole table
    QMap<QString, TypeCounts> byType;
    QDateTime oldestPending; ///< createdAt of the oldest that can still run; else invalid
    qint64 dead = 0;         ///< pending with all attempts used
    qint64 stuck = 0;        ///< processing without a live lease; see kOrphanGrace
    qint64 unwatched = 0;    ///< processing elsewhere and not yet watched: may be stuck
    /// If all processors are Queuedeck's: attempts, from the history. Else jobs in their present
    /// state, whichever processor ran them; a failed row does not record when, so this counts those
    /// created within the hour and those that failed here.
    qint64 completedLastHour = 0;
    qint64 failedLastHour = 0;
    QVector<Job> recentFailures; ///< newest first, at most 10
    QMap<QString, qint64> scansByStatus;
    QMap<QString, qint64> scansByType;

    /// How many jobs the filter matches, if the figures above answer that: for all jobs, or those
    /// of one status.
    std::optional<qint64> matches(const JobFilter& filter) const;
};

} // namespace queuedeck::domain
