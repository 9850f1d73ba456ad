// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QFuture>
#include <QPromise>

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace queuedeck::async {

/// Lets a long job on a TaskThread report how far it is and check whether it should stop.
class Progress
{
public:
    virtual ~Progress() = default;
    virtual void report(int done, int total) = 0;
    virtual bool isCanceled() const = 0;
};

/// One OS thread that runs jobs first in, first out. A job is plain blocking code; the caller gets
/// a QFuture of its Result and never waits.
///
/// A job whose future is cancelled before it begins is not run. Destruction drops the jobs that
/// have not begun (their futures finish cancelled) and waits for the running one. `run` may be
/// called from any thread; jobs run on this thread only, as does `atExit` (for closing a connection
/// on the thread that opened it).
class TaskThread
{
public:
    explicit TaskThread(const char* name, std::function<void()> atExit = {});
    ~TaskThread();
    TaskThread(const TaskThread&) = delete;
    TaskThread& operator=(const TaskThread&) = delete;

    /// What destruction does; jobs that are given to it afterwards are dropped, too.
    void end();

    /// `job` is `Result<T>()` or `Result<T>(Progress&)`.
    template <class Job>
    auto run(Job job)
    {
        if constexpr (std::is_invocable_v<Job, Progress&>) {
            using R = std::invoke_result_t<Job, Progress&>;
            return start<R>(std::move(job));
        } else {
            using R = std::invoke_result_t<Job>;
            return start<R>([job = std::move(job)](Progress&) mutable { return job(); });
        }
    }

    /// True once it has begun to end; a long job checks this between its steps.
    bool isStopping() const;

private:
    template <class R>
    class PromiseProgress final : public Progress
    {
    public:
        PromiseProgress(QPromise<R>& promise, const TaskThread& thread)
            : m_promise(promise)
            , m_thread(thread)
        {
        }
        void report(int done, int total) override
        {
            m_promise.setProgressRange(0, total);
            m_promise.setProgressValue(done);
        }
        bool isCanceled() const override { return m_promise.isCanceled() || m_thread.isStopping(); }

    private:
        QPromise<R>& m_promise;
        const TaskThread& m_thread;
    };

    template <class R, class Job>
    QFuture<R> start(Job job)
    {
        auto promise = std::make_shared<QPromise<R>>();
        QFuture<R> future = promise->future();
        promise->start();
        enqueue([this, promise, job = std::move(job)]() mutable {
            if (!promise->isCanceled()) {
                PromiseProgress<R> progress(*promise, *this);
                promise->addResult(job(static_cast<Progress&>(progress)));
            }
            promise->finish();
        });
        return future;
    }

    void enqueue(std::function<void()> job);
    void loop();

    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<std::function<void()>> m_jobs;
    bool m_stopping = false;
    std::function<void()> m_atExit;
    std::thread m_thread; // last: it uses all of the above
};

} // namespace queuedeck::async
