// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/vision/circuitbreaker.h"

#include <algorithm>

namespace queuedeck::vision {

using std::chrono::milliseconds;

milliseconds CircuitBreaker::left(Clock::time_point now) const
{
    const auto until = std::max(m_closedUntil, m_pausedUntil);
    return std::chrono::ceil<milliseconds>(std::max(until - now, Clock::duration(0)));
}

milliseconds CircuitBreaker::mustWait(Clock::time_point now) const
{
    const std::lock_guard lock(m_mutex);
    return left(now);
}

milliseconds CircuitBreaker::begin(Clock::time_point now)
{
    const std::lock_guard lock(m_mutex);
    const milliseconds time = left(now);
    // This one tries it; the others wait until it is known how that went.
    if (time.count() == 0 && m_failures >= m_limits.failures)
        m_closedUntil = now + m_pause;
    return time;
}

QString CircuitBreaker::reason(Clock::time_point now) const
{
    const std::lock_guard lock(m_mutex);
    return now < m_pausedUntil ? m_pauseReason : m_failure;
}

void CircuitBreaker::succeeded()
{
    const std::lock_guard lock(m_mutex);
    m_failures = 0;
    m_pause = m_limits.pause;
    m_closedUntil = {};
    m_failure.clear();
}

void CircuitBreaker::failed(const QString& why, Clock::time_point now)
{
    const std::lock_guard lock(m_mutex);
    m_failure = why;
    if (++m_failures < m_limits.failures)
        return;
    m_closedUntil = std::max(m_closedUntil, now + m_pause);
    m_pause = std::min(2 * m_pause, m_limits.longestPause);
}

void CircuitBreaker::pauseFor(milliseconds time, const QString& why, Clock::time_point now)
{
    const std::lock_guard lock(m_mutex);
    if (now + time <= m_pausedUntil)
        return;
    m_pausedUntil = now + time;
    m_pauseReason = why;
}

} // namespace queuedeck::vision
