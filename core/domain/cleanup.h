// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"
#include "core/domain/job.h"

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

/// What a clean-up would do, frozen at `countedAt`: exactly `ids`, whatever changes meanwhile.
struct CleanUpPreview
{
    JobIds ids;
    QDateTime countedAt;
    QVector<CleanUpLine> lines;
    QVector<Job> samples;   ///< oldest, middle, newest
    qint64 unknownKept = 0; ///< rows of unknown status in the same range, which are kept
    base::Sentences lost;   ///< what Undo cannot restore, one clause each

    qint64 jobs() const;
    qint64 bytes() const;
};

} // namespace queuedeck::domain
