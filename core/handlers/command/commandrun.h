// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/progress.h"
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
    QString said;      ///< the last 8 KB of its standard error, without its reports of progress
    QByteArray output; ///< the beginning of its standard output, one byte more than may be kept
};

/// How long a program may run, and how long it may take to end once asked to.
struct CommandLimits
{
    std::chrono::milliseconds timeout;
    std::chrono::milliseconds patience;
};

/// Feeds `input` to `child` and reads what it writes until it has ended or is ended. Processes that
/// it leaves behind delay nothing: they are killed with their group. How far it says it is goes to
/// `progress`, which may be null. Blocks.
CommandOutcome runToEnd(ChildProcess& child, const QByteArray& input, const CommandLimits& limits,
                        const std::stop_token& stop, domain::ProgressSink* progress = nullptr);

} // namespace queuedeck::handlers
