// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/queryvocabulary.h"

#include <QElapsedTimer>
#include <QObject>

namespace queuedeck::service {

class JobService;
class SnapshotFeed;

/// What is known of the queue for completing filters: statuses and types from the last snapshot,
/// payload paths from a sample that is read when somebody wants it and kept for some minutes. Lives
/// on the GUI thread; never waits.
class VocabularyFeed : public QObject
{
    Q_OBJECT

public:
    VocabularyFeed(JobService& jobs, const SnapshotFeed& snapshots, QObject* parent = nullptr);

    /// What is known now; `recent` is empty.
    domain::QueryVocabulary current() const;
    /// Has the sample read if there is none or it is old; see changed().
    void want();

Q_SIGNALS:
    void changed();

private:
    JobService& m_jobs;
    const SnapshotFeed& m_snapshots;
    domain::PayloadSample m_sample;
    QElapsedTimer m_sampled; ///< since it was asked for
    bool m_isAsking = false;
};

} // namespace queuedeck::service
