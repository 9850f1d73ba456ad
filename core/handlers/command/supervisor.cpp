// SPDX-License-Identifier: GPL-3.0-or-later
// Only async-signal-safe calls: no allocation, no Qt, no stdio.
#include "core/handlers/command/supervisor.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace queuedeck::handlers {

namespace {
// The program's descriptors of the pipe that reports a failed exec, and of the file itself.
constexpr int kReport = 3;
constexpr int kProgram = 4;

void closeFrom(int first)
{
    // By system call number: glibc 2.34 is the first to have a function for it.
    if (::syscall(SYS_close_range, unsigned(first), ~0U, 0U) == 0)
        return;
    for (int descriptor = first; descriptor < 65'536; ++descriptor)
        ::close(descriptor);
}

// The program does not inherit which signals Queuedeck ignores or handles.
void resetSignals()
{
    for (int signal = 1; signal < NSIG; ++signal)
        ::signal(signal, SIG_DFL);
}

[[noreturn]] void giveUp(int report)
{
    const int code = errno;
    [[maybe_unused]] const ssize_t written = ::write(report, &code, sizeof code);
    ::_exit(127);
}

[[noreturn]] void becomeProgram(const Launch& launch, pid_t supervisor)
{
    ::setpgid(0, 0);
    // The supervisor may have died before this took effect.
    if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || ::getppid() != supervisor)
        ::_exit(127);
    if (::fchdir(launch.workingFolder) != 0)
        giveUp(launch.report);
    if (::dup2(launch.input, STDIN_FILENO) < 0 || ::dup2(launch.output, STDOUT_FILENO) < 0 ||
        ::dup2(launch.error, STDERR_FILENO) < 0 || ::dup3(launch.report, kReport, O_CLOEXEC) < 0)
        giveUp(launch.report);
    if (::dup3(launch.program, kProgram, O_CLOEXEC) < 0)
        giveUp(kReport);
    closeFrom(kProgram + 1);
    resetSignals();
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    // Files that the program creates are writable by others only if it says so.
    ::umask(::umask(077) | 022);
    if (launch.byPath)
        ::execve(launch.byPath, launch.command, launch.environment);
    else
        ::syscall(SYS_execveat, kProgram, "", launch.command, launch.environment, AT_EMPTY_PATH);
    giveUp(kReport);
}

class Supervisor
{
public:
    Supervisor(int lifeline, int endings, pid_t program)
        : m_lifeline(lifeline)
        , m_endings(endings)
        , m_program(program)
    {
    }

    void run()
    {
        while (fetchEnded()) {
            // Repeatedly: the children of a killed process become ours when it ends.
            if (m_mustKill || (m_hasEnded && !m_wasAsked))
                signalAll(SIGKILL);
            wait();
        }
        ::send(m_lifeline, &m_end, sizeof m_end, MSG_NOSIGNAL);
    }

private:
    // False when no child is left.
    bool fetchEnded()
    {
        for (;;) {
            siginfo_t info = {};
            if (::waitid(P_ALL, 0, &info, WEXITED | WNOHANG) != 0) {
                if (errno != EINTR)
                    return false;
            } else if (info.si_pid == 0) {
                return true;
            } else if (info.si_pid == m_program) {
                m_hasEnded = true;
                m_end = {info.si_code != CLD_EXITED, info.si_status};
            }
        }
    }

    // Signals the group, while the program's pid cannot have been reused, and our children: the
    // program and what it left behind.
    void signalAll(int signal)
    {
        if (!m_hasEnded)
            ::kill(-m_program, signal);
        const int list = ::open("/proc/thread-self/children", O_RDONLY | O_CLOEXEC);
        pid_t child = 0;
        char text[4096];
        for (ssize_t got = 0; list >= 0 && (got = ::read(list, text, sizeof text)) > 0;) {
            for (ssize_t i = 0; i < got; ++i) {
                if (text[i] >= '0' && text[i] <= '9') {
                    child = child * 10 + (text[i] - '0');
                } else if (child > 0) {
                    ::kill(child, signal);
                    child = 0;
                }
            }
        }
        if (list >= 0)
            ::close(list);
        else if (m_hasEnded) // without /proc, what is left cannot be found
            ::_exit(0);
    }

    void wait()
    {
        pollfd watched[] = {{m_endings, POLLIN, 0}, {m_mustKill ? -1 : m_lifeline, POLLIN, 0}};
        const bool isKilling = m_mustKill || (m_hasEnded && !m_wasAsked);
        ::poll(watched, 2, isKilling ? 20 : -1);
        signalfd_siginfo info[8];
        while (::read(m_endings, info, sizeof info) > 0) {
        }
        if (watched[1].revents != 0)
            obey();
    }

    void obey()
    {
        Order order = Order::Kill;
        const ssize_t got = ::recv(m_lifeline, &order, sizeof order, MSG_DONTWAIT);
        if (got < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (got == ssize_t(sizeof order) && order == Order::Terminate) {
            m_wasAsked = true;
            signalAll(SIGTERM);
        } else {
            m_mustKill = true;
        }
    }

    const int m_lifeline;
    const int m_endings; ///< a signalfd for SIGCHLD
    const pid_t m_program;
    bool m_hasEnded = false; ///< the program itself
    bool m_wasAsked = false;
    bool m_mustKill = false;
    ChildEnd m_end{true, SIGKILL};
};
} // namespace

void supervise(const Launch& launch)
{
    ::setpgid(0, 0); // the terminal's signals to Queuedeck's group are for Queuedeck to handle
    ::prctl(PR_SET_NAME, "queuedeck-child");
    sigset_t all;
    ::sigfillset(&all);
    ::sigprocmask(SIG_SETMASK, &all, nullptr);
    resetSignals();
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
    const pid_t self = ::getpid();
    const pid_t program = ::_Fork(); // without the handlers of fork(), which may take locks
    if (program == 0)
        becomeProgram(launch, self);
    if (program < 0)
        giveUp(launch.report);
    // Only its own descriptors stay open: no pipe of another run, no terminal.
    const int lifeline = ::dup2(launch.lifeline, kReport);
    for (const int standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        ::dup2(launch.nowhere, standard);
    closeFrom(kReport + 1);
    sigset_t child;
    ::sigemptyset(&child);
    ::sigaddset(&child, SIGCHLD);
    const int endings = ::signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
    Supervisor(lifeline, endings, program).run();
    ::_exit(0);
}

} // namespace queuedeck::handlers
