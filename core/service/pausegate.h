// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <mutex>

namespace queuedeck::service {

/// Lets somebody hold up a long change between two of its steps. From any thread.
class PauseGate
{
public:
    void pause();
    /// What waits goes on, on this thread.
    void resume();
    bool isPaused() const;
    /// Calls `go` at once, or when it is resumed.
    void pass(std::function<void()> go);

private:
    mutable std::mutex m_mutex;
    bool m_isPaused = false;
    std::function<void()> m_waiting;
};

} // namespace queuedeck::service
