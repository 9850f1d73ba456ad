// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/handlers/command/filedescriptor.h"
#include "core/handlers/command/supervisor.h"

#include <QByteArray>

#include <sys/types.h>
#include <vector>

namespace queuedeck::handlers {

/// What a program is started with; nothing else of Queuedeck's reaches it.
struct ChildPlan
{
    FileDescriptor program; ///< what is executed
    bool isScript = false;  ///< executed by the path command[0], which its interpreter has to open
    std::vector<QByteArray> command;
    std::vector<QByteArray> environment; ///< NAME=value
    FileDescriptor workingFolder;
};

/// A program with a pipe to its standard input, and pipes from its standard output and its standard
/// error. In between is a supervisor, a process of ours that adopts whatever the program leaves
/// behind, in whatever group or session: all of it is dead when the supervisor has ended, and the
/// supervisor ends when this object or Queuedeck does. No zombies remain. For use by one thread.
///
/// Not QProcess: it needs no event loop, but starts its child with vfork. What the child does
/// before exec happens in our memory while our thread is suspended, so the supervisor would have to
/// be a separate program. Nor do its waits end on a stop request, only with the child.
class ChildProcess
{
public:
    /// Errors: Unreachable if the computer has no processes, descriptors or memory left just now;
    /// Invalid if the program cannot be executed.
    static base::Result<ChildProcess> start(const ChildPlan& plan);

    ChildProcess(ChildProcess&& other) noexcept;
    ChildProcess& operator=(ChildProcess&&) = delete;
    ~ChildProcess();

    FileDescriptor input;  ///< write end, never blocks; close it when all is written
    FileDescriptor output; ///< read end, never blocks
    FileDescriptor error;  ///< likewise

    /// Becomes readable when all of them have ended; -1 if the system has no pidfd.
    int endDescriptor() const { return m_end.get(); }
    /// True once the program and all that it started have ended.
    bool hasEnded() const;
    /// Asks all of them to end, or kills them.
    void order(Order order);
    /// Kills what is left and waits for its end. To be called once.
    ChildEnd finish();

private:
    ChildProcess() = default;

    FileDescriptor m_lifeline;
    FileDescriptor m_end;
    pid_t m_pid = -1; ///< of the supervisor
};

} // namespace queuedeck::handlers
