// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/domain/snapshot.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <chrono>

namespace queuedeck::service {

class ChangeFeed;
class JobService;

/// The newest snapshot of the queue for everything that shows figures, so that cards, facets and
/// counts agree. Reads after each change, one query at a time; slow queries take at most a quarter
/// of the time. Lives on the GUI thread.
class SnapshotFeed : public QObject
{
    Q_OBJECT

public:
    SnapshotFeed(JobService& jobs, ChangeFeed& changes);

    /// takenAt is invalid before the first one.
    const domain::QueueSnapshot& current() const { return m_current; }
    /// No newer one is being read or about to be.
    bool isCurrent() const
    {
        return m_current.takenAt.isValid() && !m_isAsking && !m_next.isActive();
    }
    std::chrono::milliseconds took() const { return m_took; }
    /// When the figures were true, if the database has changed since and they are not read yet, as
    /// a large table takes its time; else invalid.
    QDateTime behindSince() const;
    void refresh();

Q_SIGNALS:
    void read();
    /// behindSince() has become valid, or its age has grown by seconds.
    void aged();
    void failed(const queuedeck::base::Error& error);

private:
    void ask();

    JobService& m_jobs;
    domain::QueueSnapshot m_current;
    std::chrono::milliseconds m_took{0};
    QTimer m_next{this};
    QTimer m_aging{this};
    QElapsedTimer m_asked;
    bool m_isAsking = false;
    bool m_askAgain = false;
};

} // namespace queuedeck::service
