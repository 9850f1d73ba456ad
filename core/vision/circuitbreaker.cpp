// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/vision/circuitbreaker.h"

#include <algorithm>

namespace queuedeck::vision {

using std::chrono::milliseconds;

milliseconds CircuitBreaker::mustWait(Clock::time_point now) const
{
    const std::lock_guard lock(m_mutex);
    return std::chrono::ceil<milliseconds>(std::max(m_closedUntil - now, Clock::duration(0)));
}

milliseconds CircuitBreaker::begin(Clock::time_point now)
{
    const std::lock_guard lock(m_mutex);
    if (now < m_closedUntil)
        return std::chrono::ceil<milliseconds>(m_closedUntil - now);
    // This one tries it; the others wait until it is known how that went.
    if (m_failures >= m_limits.failures)
        m_closedUntil = now + m_pause;
    return milliseconds(0);
}

QString CircuitBreaker::reason() const
{
    const std::lock_guard lock(m_mutex);
    return m_reason;
}

void CircuitBreaker::succeeded()
{
    const std::lock_guard lock(m_mutex);
    m_failures = 0;
    m_pause = m_limits.pause;
    m_closedUntil = {};
    m_reason.clear();
}

void CircuitBreaker::failed(const QString& why, Clock::time_point now)
{
    const std::lock_guard lock(m_mutex);
    m_reason = why;
    if (++m_failures < m_limits.failures)
        return;
    m_closedUntil = std::max(m_closedUntil, now + m_pause);
    m_pause = std::min(2 * m_pause, m_limits.longestPause);
}

void CircuitBreaker::pauseFor(milliseconds time, const QString& why, Clock::time_point now)
{
    const std::lock_guard lock(m_mutex);
    m_reason = why;
    m_closedUntil = std::max(m_closedUntil, now + time);
}

} // namespace queuedeck::vision
