// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/sessionthreads.h"

namespace queuedeck::service {

SessionThreads::SessionThreads(db::DatabaseUrl url, db::OpenMode mode, store::TableShape shape)
    : m_url(std::move(url))
    , m_mode(mode)
    , m_shape(std::move(shape))
{
    for (Lane* lane : {&m_read, &m_figures, &m_write, &m_work})
        lane->mode = mode; // the others only read
    m_figures.deadline = std::chrono::minutes(1);
    m_check.deadline = std::chrono::minutes(1);
    m_groups.deadline = std::chrono::minutes(1);
    // A connection is closed by the thread that opened it.
    m_read.thread = std::make_unique<async::TaskThread>("qd-read", [this] { close(m_read); });
    m_figures.thread =
        std::make_unique<async::TaskThread>("qd-figures", [this] { close(m_figures); });
    m_write.thread = std::make_unique<async::TaskThread>("qd-write", [this] { close(m_write); });
    m_work.thread = std::make_unique<async::TaskThread>("qd-work", [this] { close(m_work); });
    m_check.thread = std::make_unique<async::TaskThread>("qd-check", [this] { close(m_check); });
    m_groups.thread = std::make_unique<async::TaskThread>("qd-groups", [this] { close(m_groups); });
}

SessionThreads::~SessionThreads()
{
    stopReading();
    interrupt(m_figures);
    interrupt(m_check);
    interrupt(m_groups);
    m_read.thread.reset();
    m_figures.thread.reset();
    m_write.thread.reset();
    m_work.thread.reset();
    m_check.thread.reset();
    m_groups.thread.reset();
}

base::Result<std::unique_ptr<store::JobStore>>
SessionThreads::openStore(const base::Clock& clock) const
{
    return store::JobStore::open(m_url, m_mode, clock);
}

base::Status SessionThreads::ensureOpen(Lane& lane)
{
    if (lane.store)
        return {};
    auto opened = store::JobStore::open(m_url, lane.mode);
    if (!opened)
        return opened.error();
    const std::lock_guard lock(lane.mutex);
    lane.store = std::move(*opened);
    return {};
}

void SessionThreads::close(Lane& lane)
{
    const std::lock_guard lock(lane.mutex);
    lane.store.reset();
}

void SessionThreads::interrupt(Lane& lane)
{
    const std::lock_guard lock(lane.mutex);
    if (lane.store)
        lane.store->connection().interrupt();
}

void SessionThreads::stopReading()
{
    interrupt(m_read);
}

void SessionThreads::stopGrouping()
{
    interrupt(m_groups);
}

} // namespace queuedeck::service
