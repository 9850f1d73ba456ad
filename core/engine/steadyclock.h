// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <atomic>
#include <chrono>
#include <mutex>

namespace queuedeck::engine {

/// The clock that an engine's leases go by: the computer's, but when that is set it goes on as if
/// nothing had happened, until the leases have been renewed and it is told to follow. Thread-safe.
class SteadyClock final : public base::Clock
{
public:
    explicit SteadyClock(const base::Clock& wall = base::Clock::system())
        : m_wall(wall)
    {
        follow(ahead());
    }

    QDateTime now() const override;
    /// How far the computer's clock is ahead; below zero: behind.
    std::chrono::milliseconds ahead() const;
    /// Goes on as the computer's clock does since it was so far ahead.
    void follow(std::chrono::milliseconds ahead);
    /// Whoever makes a lease holds the clock until it is among those that are renewed, and whoever
    /// renews them to follow a step holds it meanwhile: a lease in between would go by the clock of
    /// before and be over.
    [[nodiscard]] std::unique_lock<std::mutex> hold() { return std::unique_lock(m_mutex); }

private:
    const base::Clock& m_wall;
    std::mutex m_mutex;
    std::atomic<qint64> m_offset = 0; ///< ms from the steady clock to this one
};

} // namespace queuedeck::engine
