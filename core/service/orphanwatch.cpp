// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/orphanwatch.h"

#include "core/engine/leasekeeper.h"
#include "core/service/changefeed.h"
#include "core/service/sessionthreads.h"

namespace queuedeck::service {

OrphanWatch::OrphanWatch(std::shared_ptr<SessionThreads> threads, const ChangeFeed& changes,
                         bool isOn)
    : m_threads(std::move(threads))
    , m_changes(changes)
    , m_isOn(isOn)
{
    m_timer.setInterval(engine::LeaseTimes().watch);
    connect(&m_timer, &QTimer::timeout, this, &OrphanWatch::look);
    if (m_isOn)
        m_timer.start();
}

void OrphanWatch::look()
{
    if (!m_isOn || m_changes.isPaused())
        return;
    // The feed reports a database that does not answer.
    (void)m_threads->write([](store::JobStore& store) -> base::Result<bool> {
        const base::Status seen = store.leases.watch();
        return seen ? base::Result<bool>(true) : base::Result<bool>(seen.error());
    });
}

} // namespace queuedeck::service
