// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/handlers/command/filedescriptor.h"

#include <QByteArray>
#include <QString>

#include <sys/types.h>
#include <vector>

namespace queuedeck::handlers {

/// What a program is started with; nothing else of Queuedeck's reaches it.
struct ChildPlan
{
    std::vector<QByteArray> command;
    std::vector<QByteArray> environment; ///< NAME=value
    QByteArray workingFolder;
};

/// How a program ended.
struct ChildEnd
{
    bool wasSignalled = false;
    int code = 0; ///< the exit code, or the signal
};

/// A program in a process group of its own, with a pipe to its standard input and one from its
/// standard error; standard output goes nowhere. It dies with Queuedeck. Whatever is left of its
/// group when this object goes is killed, and no zombie stays.
///
/// QProcess would need an event loop, and the workers of the engine have none. Lives on one thread,
/// which must outlive it: the kernel ends the program when the thread that started it ends.
class ChildProcess
{
public:
    /// Errors: Unreachable when the computer has no more processes, descriptors or memory just
    /// now; Invalid when the program cannot be executed.
    static base::Result<ChildProcess> start(const ChildPlan& plan);

    ChildProcess(ChildProcess&& other) noexcept;
    ChildProcess& operator=(ChildProcess&&) = delete;
    ~ChildProcess();

    FileDescriptor input; ///< write end, never blocks; close it when all is written
    FileDescriptor error; ///< read end, never blocks

    /// Becomes readable when the program ends; -1 when the system has no such thing.
    int endDescriptor() const { return m_end.get(); }
    /// True once the program itself has ended; others of its group may go on. It stays a zombie, so
    /// that the number of the group cannot be given to somebody else.
    bool hasEnded() const;
    void signalGroup(int signal);
    /// Kills what is left of the group and waits for the program. To be called once.
    ChildEnd finish();

private:
    ChildProcess() = default;

    FileDescriptor m_end;
    pid_t m_pid = -1;
};

} // namespace queuedeck::handlers
