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

/// All that supervisor and program need, made ready before the fork: between fork and exec of a
/// program with threads neither may allocate.
struct Launch
{
    int program;          ///< the file to execute
    const char* byPath;   ///< the same as a path, for a script; null: by the descriptor
    char* const* command; ///< ends with null
    char* const* environment;
    int workingFolder;
    int input;
    int nowhere;
    int error;
    int report;   ///< gets the errno of what could not be executed
    int lifeline; ///< the other end is Queuedeck's: commands come in, a ChildEnd goes out
};

/// What Queuedeck says over the lifeline; that it closes means Kill, for it does so when it dies.
enum class Order : std::uint8_t {
    Terminate = 1, ///< SIGTERM to the program, its group and what was left behind
    Kill = 2,      ///< SIGKILL to all, whatever they have become
};

/// To be called in a child just forked. Runs the program in a process group of its own, adopts
/// whatever it leaves behind (PR_SET_CHILD_SUBREAPER), and ends when none of it is left: after the
/// program by killing the rest, after an order to terminate when the rest has gone by itself or is
/// to be killed. Does not return.
[[noreturn]] void supervise(const Launch& launch);

} // namespace queuedeck::handlers
