// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/engine/enginereport.h"

#include <chrono>

namespace queuedeck::engine {

/// How an engine gets over errors of its database: which it waits for, how long, and what it says
/// of them. On the thread of the engine.
class Outage
{
public:
    /// A bounded run gives up after a while; another one only where nothing can help.
    explicit Outage(bool isBounded)
        : m_isBounded(isBounded)
    {
    }
    void setOnEvent(OnEvent onEvent) { m_onEvent = std::move(onEvent); }

    /// Whether to try again, after `wait()`. Says so the first time, and when the reason changes.
    bool mayPass(const base::Error& error);
    std::chrono::milliseconds wait() const;
    /// The database has done what was asked.
    void over();
    /// A line for the log and whoever listens.
    void say(const QString& line) const;

private:
    const bool m_isBounded;
    OnEvent m_onEvent;
    bool m_hasWorked = false; ///< once, so that what fails now did not always fail
    std::chrono::milliseconds m_backOff{0};
    std::chrono::steady_clock::time_point m_since;
    QString m_told;
};

} // namespace queuedeck::engine
