// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/async/taskthread.h"
#include "core/db/databaseurl.h"
#include "core/store/jobstore.h"

#include <atomic>

namespace queuedeck::service {

/// The threads of a session and the connection that each of them owns: one for reading what a
/// person waits for, one for figures of the whole table, one for writing, one for files and
/// pictures, one for diagnosis, one for grouping errors. Shared by the services of a session;
/// private to this room.
class SessionThreads
{
public:
    SessionThreads(db::DatabaseUrl url, db::OpenMode mode, store::TableShape shape);
    ~SessionThreads();

    const db::DatabaseUrl& url() const { return m_url; }
    /// What was found when the session was opened.
    const store::TableShape& shape() const { return m_shape; }
    bool isReadOnly() const { return m_mode == db::OpenMode::ReadOnly; }

    /// `job` is `Result<T>(store::JobStore&)`; it runs on the read or the write thread.
    template <class Job>
    auto read(Job job)
    {
        return run(m_read, std::move(job));
    }
    /// The same, where all rows may have to be counted: nobody waits behind it, so it may take a
    /// minute.
    template <class Job>
    auto readFigures(Job job)
    {
        return run(m_figures, std::move(job));
    }
    /// The same for diagnosis, and for what a change would be about, on a connection that the
    /// database keeps from changing anything.
    template <class Job>
    auto check(Job job)
    {
        return run(m_check, std::move(job));
    }
    /// The same for grouping the errors of all failed jobs, which may take long.
    template <class Job>
    auto group(Job job)
    {
        return run(m_groups, std::move(job));
    }
    template <class Job>
    auto write(Job job)
    {
        return run(m_write, std::move(job));
    }
    /// The same, on the thread for files and pictures.
    template <class Job>
    auto workWithStore(Job job)
    {
        return run(m_work, std::move(job));
    }

    /// The same without a database.
    template <class Job>
    auto work(Job job)
    {
        return m_work.thread->run(std::move(job));
    }

    /// A connection for the caller's own thread (an engine, a handler).
    base::Result<std::unique_ptr<store::JobStore>>
    openStore(const base::Clock& clock = base::Clock::system()) const;
    /// Waits for the change that is being written and drops those that have not started.
    void finishWriting() { m_write.thread->end(); }
    /// Once that has begun: a long change stops after its batch.
    bool isFinishing() const { return m_write.thread->isStopping(); }
    /// Cancels the query that the read thread is running.
    void stopReading();
    /// The same for the thread that groups errors.
    void stopGrouping();
    /// Of each statement of the read thread from now on; 10 s unless set.
    void setReadDeadline(std::chrono::milliseconds deadline) { m_read.deadline = deadline; }

private:
    struct Lane
    {
        db::OpenMode mode = db::OpenMode::ReadOnly;
        std::atomic<std::chrono::milliseconds> deadline{std::chrono::seconds(10)};
        std::mutex mutex; ///< guards `store` against interrupt() only
        std::unique_ptr<store::JobStore> store;
        std::unique_ptr<async::TaskThread> thread;
    };

    template <class Job>
    auto run(Lane& lane, Job job)
    {
        return lane.thread->run(
            [this, &lane, job = std::move(job)]() mutable { return withStore(lane, job); });
    }
    base::Status ensureOpen(Lane& lane);
    static void interrupt(Lane& lane);
    static void close(Lane& lane);

    template <class Job>
    auto withStore(Lane& lane, Job& job) -> decltype(job(*lane.store))
    {
        if (const base::Status open = ensureOpen(lane); !open)
            return open.error();
        lane.store->connection().setDeadline(lane.deadline);
        auto result = job(*lane.store);
        // A lost server connection is reopened by the next call.
        if (!result && result.error().kind == base::ErrorKind::Unreachable &&
            m_url.dialect == db::Dialect::Postgres)
            close(lane);
        return result;
    }

    const db::DatabaseUrl m_url;
    const db::OpenMode m_mode;
    const store::TableShape m_shape;
    Lane m_read;
    Lane m_figures;
    Lane m_write;
    Lane m_work;
    Lane m_check;
    Lane m_groups;
};

} // namespace queuedeck::service
