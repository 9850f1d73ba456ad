// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"
#include "core/domain/frozenjobs.h"
#include "core/domain/job.h"
#include "core/domain/jobfilter.h"

#include <QDateTime>
#include <QVector>

namespace queuedeck::domain {

/// Which finished jobs may be deleted: those with these statuses created before `before`.
/// Pending, processing and unknown jobs are never offered.
struct CleanUp
{
    QDateTime before;                                                     ///< UTC
    QVector<JobStatus> statuses{JobStatus::Completed, JobStatus::Failed}; ///< only these two
    QString type;                                                         ///< empty = all types
    bool keepReports = false; ///< else the reports on this computer go with their jobs

    static CleanUp olderThan(int days, const QDateTime& now);
    /// The same as a filter.
    JobFilter filter() const;
};

/// A line of the preview: how many jobs of a status and type would be deleted.
struct CleanUpLine
{
    JobStatus status = JobStatus::Unknown;
    QString type;
    qint64 jobs = 0;
    qint64 bytes = 0; ///< size of their payloads and errors

    bool operator==(const CleanUpLine&) const = default;
};

/// What a clean-up would do, frozen at `countedAt`: exactly these jobs, whatever changes meanwhile.
struct CleanUpPreview
{
    FrozenJobs frozen;
    QDateTime countedAt;
    QVector<CleanUpLine> lines;
    QVector<Job> samples;   ///< the oldest, one from in between, the newest
    qint64 unknownKept = 0; ///< rows of unknown status in the same range, which are kept
    base::Sentences lost;   ///< what Undo cannot restore, one clause each

    qint64 jobs() const;
    qint64 bytes() const;
};

} // namespace queuedeck::domain
