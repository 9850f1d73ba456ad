// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/handlers/command/childprocess.h"

#include <chrono>
#include <stop_token>

namespace queuedeck::handlers {

/// The outcome of running a program.
struct CommandOutcome
{
    enum class Why {
        Ended,    ///< by itself
        TimedOut, ///< it exceeded its time
        Stopped,  ///< on request
    };

    Why why = Why::Ended;
    ChildEnd end;
    QString said; ///< the last 8 KB of its standard error
};

/// How long a program may run, and how long it may take to end once asked to.
struct CommandLimits
{
    std::chrono::milliseconds timeout;
    std::chrono::milliseconds patience;
};

/// Feeds `input` to `child` and reads its errors until it has ended or is ended. Processes that it
/// leaves behind delay nothing: they are killed with their group. Blocks.
CommandOutcome runToEnd(ChildProcess& child, const QByteArray& input, const CommandLimits& limits,
                        const std::stop_token& stop);

} // namespace queuedeck::handlers
