// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <sys/types.h>

namespace queuedeck::handlers {

/// How a program ended.
struct ChildEnd
{
    bool wasSignalled = false;
    int code = 0; ///< the exit code, or the signal
};

/// All that supervisor and program need, prepared before the fork: between fork and exec in a
/// process with threads, neither may allocate.
struct Launch
{
    int program;          ///< the file to execute
    const char* byPath;   ///< its path, for a script; null: use the descriptor
    char* const* command; ///< ends with null
    char* const* environment;
    int workingFolder;
    int input;
    int nowhere;
    int output;
    int error;
    int report;   ///< gets the errno if exec fails
    int lifeline; ///< the other end is Queuedeck's: orders come in, a ChildEnd goes out
};

/// What Queuedeck sends over the lifeline; its closing means Kill, since it closes if Queuedeck
/// dies.
enum class Order : std::uint8_t {
    Terminate = 1, ///< SIGTERM to the program, its group and what was left behind
    Kill = 2,      ///< SIGKILL to all of them, in whatever group or session
};

/// To be called in a freshly forked child. Runs the program in its own process group, adopts
/// whatever it leaves behind (PR_SET_CHILD_SUBREAPER), and ends when none of it is left: after the
/// program has ended it kills the rest; after an order to terminate it waits until the rest has
/// ended by itself or is to be killed. Does not return.
[[noreturn]] void supervise(const Launch& launch);

} // namespace queuedeck::handlers
