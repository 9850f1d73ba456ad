// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>
#include <mutex>

namespace queuedeck::vision {

/// Leaves a service alone that keeps failing: after some failures in a row nothing is sent for a
/// while, then a single request tries whether it is back, and the time doubles if it is not. A
/// service may also ask for a pause itself, which lasts even if another request succeeds meanwhile.
/// From any thread.
class CircuitBreaker
{
public:
    using Clock = std::chrono::steady_clock;

    struct Limits
    {
        int failures = 5; ///< in a row
        std::chrono::milliseconds pause = std::chrono::seconds(30);
        std::chrono::milliseconds longestPause = std::chrono::minutes(10);
    };

    explicit CircuitBreaker(Limits limits)
        : m_limits(limits)
        , m_pause(limits.pause)
    {
    }

    /// How long nothing may be sent; 0: now.
    std::chrono::milliseconds mustWait(Clock::time_point now = Clock::now()) const;
    /// The same for a caller that sends at once if it is 0, and then reports how it went. After a
    /// pause there is only one such caller.
    std::chrono::milliseconds begin(Clock::time_point now = Clock::now());
    /// Why it must wait: what the pause is for, else the last failure; empty while all is well.
    QString reason(Clock::time_point now = Clock::now()) const;

    void succeeded();
    void failed(const QString& why, Clock::time_point now = Clock::now());
    /// Nothing is to be sent for that long, whoever asked for it.
    void pauseFor(std::chrono::milliseconds time, const QString& why,
                  Clock::time_point now = Clock::now());

private:
    std::chrono::milliseconds left(Clock::time_point now) const;

    const Limits m_limits;
    mutable std::mutex m_mutex; ///< guards the members below
    int m_failures = 0;
    std::chrono::milliseconds m_pause; ///< the next one
    Clock::time_point m_closedUntil{}; ///< because of failures
    Clock::time_point m_pausedUntil{}; ///< because somebody asked
    QString m_failure;
    QString m_pauseReason;
};

} // namespace queuedeck::vision
