// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/ids.h"
#include "core/domain/jobstatus.h"
#include "core/domain/progress.h"

#include <QByteArray>
#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QString>
#include <QVector>

#include <optional>

namespace queuedeck::domain {

/// A row of Job as lists show it: everything but the payload, at most 2,000 characters of error.
struct Job
{
    JobId id;
    QString type;
    JobStatus status = JobStatus::Unknown;
    QString rawStatus;           ///< the column as stored; null when it is NULL
    std::optional<int> attempts; ///< none when the column is NULL
    QString error;               ///< null when the column is NULL
    QDateTime createdAt;         ///< UTC, ms; invalid when NULL or out of range
    QDateTime completedAt;       ///< UTC, ms; invalid when NULL
    bool isStuck = false;        ///< see kOrphanGrace; not set in snapshots
    /// While it is processing, as its handler said last; not set in snapshots.
    Progress progress = {};

    bool operator==(const Job&) const = default;
};

/// One attempt at a job, as recorded in Queuedeck's own history.
struct Attempt
{
    int number = 0;
    QString engine;
    QDateTime startedAt; ///< UTC; if running or lost, when its engine claimed the job;
                         ///< invalid if the job was handed back before it began
    QDateTime endedAt;   ///< UTC; invalid while running
    QString outcome; ///< running, completed, failed, retried, released, lost, cancelled, overtaken
    QString error;
    QByteArray result = {}; ///< the JSON object that its handler returned, as text; mostly empty

    bool operator==(const Attempt&) const = default;
};

/// Everything known about one job.
struct JobDetail
{
    Job job;                    ///< with the whole error
    QByteArray payload;         ///< JSON text as stored: order and numbers unchanged
    QVector<Attempt> history;   ///< newest first
    std::optional<ScanId> scan; ///< the ImageScan named by its payload, if any
    QDateTime notBefore;        ///< UTC; when its back-off ends, else invalid
    bool expedited = false;     ///< a user asked to run it next
    QDateTime aloneSince; ///< UTC; processing without a lease and unchanged since, else invalid

    /// What the handler returned when the job was completed; empty if nothing.
    QByteArray result() const
    {
        return job.status == JobStatus::Completed && !history.isEmpty() ? history.first().result
                                                                        : QByteArray();
    }
};

/// A job to be added. Its payload has passed the type's schema.
struct NewJob
{
    QString type;
    QByteArray payload = "{}"; ///< JSON text as given: order and numbers unchanged

    NewJob() = default;
    NewJob(QString jobType, const QJsonObject& object)
        : NewJob(withText(std::move(jobType), QJsonDocument(object).toJson(QJsonDocument::Compact)))
    {
    }
    static NewJob withText(QString type, QByteArray payload)
    {
        NewJob job;
        job.type = std::move(type);
        job.payload = std::move(payload);
        return job;
    }
};

} // namespace queuedeck::domain
