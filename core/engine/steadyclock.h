// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <atomic>
#include <chrono>

namespace queuedeck::engine {

/// The clock that an engine's leases go by: the computer's, but when that is set it goes on as if
/// nothing had happened, until the leases have been renewed and it is told to follow. Thread-safe.
class SteadyClock final : public base::Clock
{
public:
    explicit SteadyClock(const base::Clock& wall = base::Clock::system())
        : m_wall(wall)
    {
        follow();
    }

    QDateTime now() const override;
    /// How far the computer's clock is ahead; below zero: behind.
    std::chrono::milliseconds ahead() const;
    /// Shows what the computer's clock shows from now on.
    void follow();

private:
    const base::Clock& m_wall;
    std::atomic<qint64> m_offset = 0; ///< ms from the steady clock to this one
};

} // namespace queuedeck::engine
