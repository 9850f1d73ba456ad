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

/// What can still be run: pending with attempts left, whether this computer can run it or not.
struct WaitingJobs
{
    qint64 count = 0;    ///< all of them
    QVector<Job> oldest; ///< the first by createdAt, as many as were asked for
};

/// The state of the whole queue, read in one transaction, so that all its figures agree.
struct QueueSnapshot
{
    QDateTime takenAt; ///< UTC, the database's clock
    TypeCounts counts; ///< the whole table
    QMap<QString, TypeCounts> byType;
    QDateTime oldestPending; ///< createdAt of the oldest that can still run; else invalid
    qint64 dead = 0;         ///< pending with all attempts spent
    qint64 stuck = 0;        ///< processing without a live lease; see kOrphanGrace
    qint64 unwatched = 0;    ///< processing by somebody else, and not yet watched: may be
                             ///< stuck
    /// Where all processors are Queuedeck's: attempts, by the history. Else jobs as they stand now,
    /// whoever ran them; a failed row does not tell when, so those created in the hour are counted,
    /// and those that failed here.
    qint64 completedLastHour = 0;
    qint64 failedLastHour = 0;
    QVector<Job> recentFailures; ///< newest first, at most 10
    QMap<QString, qint64> scansByStatus;
    QMap<QString, qint64> scansByType;

    /// How many jobs the filter matches, where the figures above answer that: all jobs, or those
    /// of one status.
    std::optional<qint64> matches(const JobFilter& filter) const;
};

} // namespace queuedeck::domain
