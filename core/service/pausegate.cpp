// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/pausegate.h"

#include <utility>

namespace queuedeck::service {

void PauseGate::pause()
{
    const std::lock_guard lock(m_mutex);
    m_isPaused = true;
}

void PauseGate::resume()
{
    std::function<void()> go;
    {
        const std::lock_guard lock(m_mutex);
        m_isPaused = false;
        go = std::exchange(m_waiting, nullptr);
    }
    if (go)
        go();
}

bool PauseGate::isPaused() const
{
    const std::lock_guard lock(m_mutex);
    return m_isPaused;
}

void PauseGate::pass(std::function<void()> go)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_isPaused) {
            m_waiting = std::move(go);
            return;
        }
    }
    go();
}

} // namespace queuedeck::service
