// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <atomic>
#include <chrono>
#include <mutex>

namespace queuedeck::engine {

/// The clock used for an engine's leases: the computer's, but when that is set, this one runs on as
/// if nothing had happened, until the leases have been renewed and `follow` is called. Thread-safe.
class SteadyClock final : public base::Clock
{
public:
    explicit SteadyClock(const base::Clock& wall = base::Clock::system())
        : m_wall(wall)
    {
        follow(ahead());
    }

    QDateTime now() const override;
    /// How far the computer's clock is ahead of this one; negative: behind.
    std::chrono::milliseconds ahead() const;
    /// Advances by `ahead`, which was measured before.
    void follow(std::chrono::milliseconds ahead);
    /// A thread that takes a lease holds the clock until the lease is among those to be renewed,
    /// and the thread that renews them to follow a step holds it meanwhile: a lease taken in
    /// between would use the time from before the step and be expired.
    [[nodiscard]] std::unique_lock<std::mutex> hold() { return std::unique_lock(m_mutex); }

private:
    const base::Clock& m_wall;
    std::mutex m_mutex;
    std::atomic<qint64> m_offset = 0; ///< ms from the steady clock to this one
};

} // namespace queuedeck::engine
