// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/snapshotfeed.h"

#include "core/async/deliver.h"
#include "core/service/changefeed.h"
#include "core/service/jobservice.h"

namespace queuedeck::service {

namespace {
constexpr std::chrono::milliseconds kAging(5000);
}

SnapshotFeed::SnapshotFeed(JobService& jobs, ChangeFeed& changes)
    : m_jobs(jobs)
{
    m_next.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, &SnapshotFeed::ask);
    connect(&changes, &ChangeFeed::changed, this, &SnapshotFeed::refresh);
    m_aging.setInterval(kAging);
    connect(&m_aging, &QTimer::timeout, this, [this] {
        if (behindSince().isValid())
            Q_EMIT aged();
    });
    m_aging.start();
}

QDateTime SnapshotFeed::behindSince() const
{
    const QDateTime at = m_current.takenAt;
    const bool isBehind = !isCurrent() && at.isValid() &&
                          at.msecsTo(QDateTime::currentDateTimeUtc()) >= kAging.count();
    return isBehind ? at : QDateTime();
}

void SnapshotFeed::refresh()
{
    if (m_isAsking)
        m_askAgain = true;
    else if (!m_next.isActive())
        m_next.start(m_asked.isValid() && m_took * 4 > std::chrono::milliseconds(m_asked.elapsed())
                         ? m_took * 4
                         : std::chrono::milliseconds(0));
}

void SnapshotFeed::ask()
{
    m_isAsking = true;
    m_askAgain = false;
    m_asked.start();
    async::deliver(m_jobs.snapshot(), this, [this](const base::Result<domain::QueueSnapshot>& got) {
        m_isAsking = false;
        m_took = std::chrono::milliseconds(m_asked.elapsed());
        if (got) {
            m_current = *got;
            Q_EMIT read();
        } else if (got.error().kind != base::ErrorKind::Cancelled) {
            Q_EMIT failed(got.error());
        }
        if (m_askAgain)
            refresh();
    });
}

} // namespace queuedeck::service
