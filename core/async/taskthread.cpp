// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/async/taskthread.h"

#include <pthread.h>

namespace queuedeck::async {

TaskThread::TaskThread(const char* name, std::function<void()> atExit)
    : m_atExit(std::move(atExit))
    , m_thread([this, name] {
#ifdef __linux__
        pthread_setname_np(pthread_self(), name);
#else
        Q_UNUSED(name)
#endif
        loop();
    })
{
}

TaskThread::~TaskThread()
{
    end();
}

void TaskThread::end()
{
    if (!m_thread.joinable())
        return;
    std::deque<std::function<void()>> dropped;
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        dropped.swap(m_jobs);
    }
    m_wake.notify_all();
    m_thread.join();
    // The promises of the dropped jobs die here: their futures finish cancelled.
}

bool TaskThread::isStopping() const
{
    const std::lock_guard lock(m_mutex);
    return m_stopping;
}

void TaskThread::enqueue(std::function<void()> job)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_stopping)
            return;
        m_jobs.push_back(std::move(job));
    }
    m_wake.notify_one();
}

void TaskThread::loop()
{
    std::unique_lock lock(m_mutex);
    while (true) {
        m_wake.wait(lock, [this] { return m_stopping || !m_jobs.empty(); });
        if (m_stopping)
            break;
        {
            const std::function<void()> job = std::move(m_jobs.front());
            m_jobs.pop_front();
            lock.unlock();
            job();
        } // the job's captures die here, on this thread and without the lock
        lock.lock();
    }
    lock.unlock();
    if (m_atExit)
        m_atExit();
}

} // namespace queuedeck::async
