// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/command/childprocess.h"

#include <QtGlobal>

#include <cerrno>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

using base::ErrorKind;
using base::fail;

namespace {
// Where the child keeps the pipe that tells why it could not be executed.
constexpr int kReport = 3;

struct Pipe
{
    FileDescriptor read;
    FileDescriptor write;
};

// Above the standard ones and kReport, so that moving one into place never covers another.
FileDescriptor raised(int descriptor)
{
    FileDescriptor low(descriptor);
    return FileDescriptor(::fcntl(low.get(), F_DUPFD_CLOEXEC, kReport + 1));
}

base::Status makePipe(Pipe& pipe)
{
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        return fail(ErrorKind::Unreachable, qt_error_string(errno));
    pipe.read = raised(ends[0]);
    pipe.write = raised(ends[1]);
    if (!pipe.read.isOpen() || !pipe.write.isOpen())
        return fail(ErrorKind::Unreachable, qt_error_string(EMFILE));
    return {};
}

std::vector<char*> pointersTo(const std::vector<QByteArray>& words)
{
    std::vector<char*> pointers;
    for (const QByteArray& word : words)
        pointers.push_back(const_cast<char*>(word.constData()));
    pointers.push_back(nullptr);
    return pointers;
}

// All that the child needs, made ready before the fork.
struct Launch
{
    std::vector<char*> command;
    std::vector<char*> environment;
    const char* workingFolder;
    int input;
    int nowhere;
    int error;
    int report;
    pid_t parent;
};

// Between fork and exec in a program with threads only async-signal-safe calls are allowed:
// no allocation, no Qt.
[[noreturn]] void becomeProgram(const Launch& launch)
{
    const auto giveUp = [](int descriptor) {
        const int code = errno;
        [[maybe_unused]] const ssize_t written = ::write(descriptor, &code, sizeof code);
        ::_exit(127);
    };
    ::setpgid(0, 0);
    // The parent may have died before this took effect.
    if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || ::getppid() != launch.parent)
        ::_exit(127);
    if (::dup2(launch.input, STDIN_FILENO) < 0 || ::dup2(launch.nowhere, STDOUT_FILENO) < 0 ||
        ::dup2(launch.error, STDERR_FILENO) < 0 || ::dup3(launch.report, kReport, O_CLOEXEC) < 0)
        giveUp(launch.report);
    // By number of the call: glibc 2.34 is the first to have a function for it.
    if (::syscall(SYS_close_range, unsigned(kReport + 1), ~0U, 0U) != 0) {
        for (int descriptor = kReport + 1; descriptor < 65'536; ++descriptor)
            ::close(descriptor);
    }
    // What Queuedeck ignores or handles is no business of the program's.
    for (int signal = 1; signal < NSIG; ++signal)
        ::signal(signal, SIG_DFL);
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    if (::chdir(launch.workingFolder) != 0)
        giveUp(kReport);
    ::execve(launch.command[0], launch.command.data(), launch.environment.data());
    giveUp(kReport);
    ::_exit(127);
}

// Waits until the program is executed (0) or could not be (its errno).
int awaitExecution(const FileDescriptor& report)
{
    int code = 0;
    for (;;) {
        const ssize_t got = ::read(report.get(), &code, sizeof code);
        if (got >= 0 || errno != EINTR)
            return got == ssize_t(sizeof code) ? code : 0;
    }
}

bool mayPass(int code)
{
    return code == EAGAIN || code == ENOMEM || code == EMFILE || code == ENFILE || code == ETXTBSY;
}
} // namespace

base::Result<ChildProcess> ChildProcess::start(const ChildPlan& plan)
{
    Pipe input, error, report;
    for (Pipe* pipe : {&input, &error, &report}) {
        if (const base::Status made = makePipe(*pipe); !made)
            return made.error();
    }
    const FileDescriptor nowhere = raised(::open("/dev/null", O_WRONLY | O_CLOEXEC));
    if (!nowhere.isOpen())
        return fail(ErrorKind::Unreachable, u"/dev/null cannot be opened."_s);
    const Launch launch{pointersTo(plan.command),
                        pointersTo(plan.environment),
                        plan.workingFolder.constData(),
                        input.read.get(),
                        nowhere.get(),
                        error.write.get(),
                        report.write.get(),
                        ::getpid()};

    // A signal that comes to the child before it is another program must not run our handlers.
    sigset_t all, before;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before);
    const pid_t pid = ::fork();
    if (pid == 0)
        becomeProgram(launch);
    const int forkCode = errno;
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    if (pid < 0)
        return fail(ErrorKind::Unreachable, qt_error_string(forkCode));

    ChildProcess child;
    child.m_pid = pid;
    ::setpgid(pid, pid); // by both, as either may come first; it fails harmlessly after exec
    report.write.close();
    if (const int code = awaitExecution(report.read); code != 0)
        return fail(mayPass(code) ? ErrorKind::Unreachable : ErrorKind::Invalid,
                    qt_error_string(code));
    child.m_end = FileDescriptor(int(::syscall(SYS_pidfd_open, pid, 0)));
    child.input = std::move(input.write);
    child.error = std::move(error.read);
    for (const FileDescriptor* end : {&child.input, &child.error})
        ::fcntl(end->get(), F_SETFL, ::fcntl(end->get(), F_GETFL) | O_NONBLOCK);
    return child;
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : input(std::move(other.input))
    , error(std::move(other.error))
    , m_end(std::move(other.m_end))
    , m_pid(std::exchange(other.m_pid, -1))
{
}

ChildProcess::~ChildProcess()
{
    if (m_pid > 0)
        finish();
}

bool ChildProcess::hasEnded() const
{
    siginfo_t info = {};
    if (::waitid(P_PID, id_t(m_pid), &info, WEXITED | WNOHANG | WNOWAIT) != 0)
        return errno != EINTR;
    return info.si_pid == m_pid;
}

void ChildProcess::signalGroup(int signal)
{
    ::kill(-m_pid, signal);
}

ChildEnd ChildProcess::finish()
{
    signalGroup(SIGKILL);
    siginfo_t info = {};
    int done = 0;
    do {
        done = ::waitid(P_PID, id_t(m_pid), &info, WEXITED);
    } while (done != 0 && errno == EINTR);
    m_pid = -1;
    if (done != 0) // somebody else took it; how it ended cannot be known
        return {true, SIGKILL};
    return {info.si_code != CLD_EXITED, info.si_status};
}

} // namespace queuedeck::handlers
