// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/async/taskthread.h"
#include "core/db/databaseurl.h"
#include "core/store/jobstore.h"

namespace queuedeck::service {

/// The threads of a session and the connection that each of them owns: one for reading, one for
/// writing, one for files and pictures (which has none). Shared by the services of a session;
/// private to this room.
class SessionThreads
{
public:
    SessionThreads(db::DatabaseUrl url, db::OpenMode mode);
    ~SessionThreads();

    const db::DatabaseUrl& url() const { return m_url; }
    bool isReadOnly() const { return m_mode == db::OpenMode::ReadOnly; }

    /// `job` is `Result<T>(store::JobStore&)`; it runs on the read or the write thread.
    template <class Job>
    auto read(Job job)
    {
        return m_read.thread->run([this, job = std::move(job)]() mutable {
            return withStore(m_read, job);
        });
    }
    template <class Job>
    auto write(Job job)
    {
        return m_write.thread->run([this, job = std::move(job)]() mutable {
            return withStore(m_write, job);
        });
    }
    /// `job` is `Result<T>()`; for work on files and pictures.
    template <class Job>
    auto work(Job job)
    {
        return m_work.run(std::move(job));
    }

    /// A connection for a thread of the caller's own (an engine, a handler).
    base::Result<std::unique_ptr<store::JobStore>> openStore() const;
    /// Ends what the read thread asks the database now.
    void stopReading();

private:
    struct Lane
    {
        std::mutex mutex; ///< guards `store` against stopReading only
        std::unique_ptr<store::JobStore> store;
        std::unique_ptr<async::TaskThread> thread;
    };

    base::Status ensureOpen(Lane& lane);
    static void close(Lane& lane);

    template <class Job>
    auto withStore(Lane& lane, Job job) -> decltype(job(*lane.store))
    {
        if (const base::Status open = ensureOpen(lane); !open)
            return open.error();
        auto result = job(*lane.store);
        // A lost server connection is opened anew by the next question.
        if (!result && result.error().kind == base::ErrorKind::Unreachable
            && m_url.dialect == db::Dialect::Postgres)
            close(lane);
        return result;
    }

    const db::DatabaseUrl m_url;
    const db::OpenMode m_mode;
    Lane m_read;
    Lane m_write;
    async::TaskThread m_work;
};

} // namespace queuedeck::service
