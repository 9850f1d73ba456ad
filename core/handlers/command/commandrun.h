// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/handlers/command/childprocess.h"

#include <chrono>
#include <stop_token>

namespace queuedeck::handlers {

/// What came of a run of a program.
struct CommandOutcome
{
    enum class Why {
        Ended,    ///< by itself
        TimedOut, ///< its time was over
        Stopped,  ///< somebody asked for it
    };

    Why why = Why::Ended;
    ChildEnd end;
    QString said; ///< the last 8 KB of its standard error
};

/// How long a program may run, and how long it may take to end once it was asked to.
struct CommandLimits
{
    std::chrono::milliseconds timeout;
    std::chrono::milliseconds patience;
};

/// Feeds `input` to `child` and listens to it until it has ended or is ended. Programs that it left
/// behind hold nothing up: they are killed with their group. Blocks.
CommandOutcome runToEnd(ChildProcess& child, const QByteArray& input, const CommandLimits& limits,
                        const std::stop_token& stop);

} // namespace queuedeck::handlers
