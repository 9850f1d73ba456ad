// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/engine/enginereport.h"

#include <chrono>

namespace queuedeck::engine {

/// How an engine handles database errors: which ones it waits out, how long, and what it reports.
/// On the thread of the engine.
class Outage
{
public:
    /// A bounded run gives up after a while; an unbounded one only if nothing can help.
    explicit Outage(bool isBounded)
        : m_isBounded(isBounded)
    {
    }
    void setOnEvent(OnEvent onEvent) { m_onEvent = std::move(onEvent); }

    /// Whether to try again, after `wait()`. Reports the error the first time, and when it changes.
    bool mayPass(const base::Error& error);
    std::chrono::milliseconds wait() const;
    /// To be called when the database works.
    void over();
    /// Writes a line to the log and to OnEvent.
    void say(const QString& line) const;

private:
    const bool m_isBounded;
    OnEvent m_onEvent;
    bool m_hasWorked = false; ///< at least once, so the error was not there from the start
    std::chrono::milliseconds m_backOff{0};
    std::chrono::steady_clock::time_point m_since;
    QString m_told;
};

} // namespace queuedeck::engine
