// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>

namespace queuedeck::service {

/// What a person decides about a long change while it goes on; it looks between two of its steps.
/// From any thread.
class ChangeControl
{
public:
    void setPaused(bool isPaused) { m_isPaused = isPaused; }
    bool isPaused() const { return m_isPaused; }
    /// A planned change begins now.
    void startNow() { m_startsNow = true; }
    bool startsNow() const { return m_startsNow; }
    /// The rest is changed, whatever became of the first jobs.
    void goOn() { m_goesOn = true; }
    bool goesOn() const { return m_goesOn; }

private:
    std::atomic<bool> m_isPaused = false;
    std::atomic<bool> m_startsNow = false;
    std::atomic<bool> m_goesOn = false;
};

} // namespace queuedeck::service
