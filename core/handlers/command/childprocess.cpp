// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/command/childprocess.h"

#include <QtGlobal>

#include <cerrno>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

using base::ErrorKind;
using base::fail;

namespace {
// The child moves the descriptors it needs to numbers below this, which must be free.
constexpr int kLowest = 10;

struct Pipe
{
    FileDescriptor read;
    FileDescriptor write;
};

FileDescriptor raised(int descriptor)
{
    FileDescriptor low(descriptor);
    return FileDescriptor(::fcntl(low.get(), F_DUPFD_CLOEXEC, kLowest));
}

base::Status take(Pipe& pipe, int made, const int (&ends)[2])
{
    if (made != 0)
        return fail(ErrorKind::Unreachable, qt_error_string(errno));
    pipe.read = raised(ends[0]);
    pipe.write = raised(ends[1]);
    if (!pipe.read.isOpen() || !pipe.write.isOpen())
        return fail(ErrorKind::Unreachable, qt_error_string(EMFILE));
    return {};
}

base::Status makePipe(Pipe& pipe)
{
    int ends[2] = {-1, -1};
    const int made = ::pipe2(ends, O_CLOEXEC);
    return take(pipe, made, ends);
}

base::Status makeLifeline(Pipe& pipe)
{
    int ends[2] = {-1, -1};
    const int made = ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends);
    return take(pipe, made, ends);
}

std::vector<char*> pointersTo(const std::vector<QByteArray>& words)
{
    std::vector<char*> pointers;
    for (const QByteArray& word : words)
        pointers.push_back(const_cast<char*>(word.constData()));
    pointers.push_back(nullptr);
    return pointers;
}

// Waits until the program has been executed (0) or could not be (its errno).
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
    Pipe input, output, error, report, lifeline;
    for (Pipe* pipe : {&input, &output, &error, &report}) {
        if (const base::Status made = makePipe(*pipe); !made)
            return made.error();
    }
    if (const base::Status made = makeLifeline(lifeline); !made)
        return made.error();
    const FileDescriptor nowhere = raised(::open("/dev/null", O_RDWR | O_CLOEXEC));
    const FileDescriptor program(::fcntl(plan.program.get(), F_DUPFD_CLOEXEC, kLowest));
    const FileDescriptor folder(::fcntl(plan.workingFolder.get(), F_DUPFD_CLOEXEC, kLowest));
    if (!nowhere.isOpen() || !program.isOpen() || !folder.isOpen())
        return fail(ErrorKind::Unreachable, qt_error_string(EMFILE));
    const std::vector<char*> command = pointersTo(plan.command);
    const std::vector<char*> environment = pointersTo(plan.environment);
    const Launch launch{program.get(),       plan.isScript ? command.front() : nullptr,
                        command.data(),      environment.data(),
                        folder.get(),        input.read.get(),
                        nowhere.get(),       output.write.get(),
                        error.write.get(),   report.write.get(),
                        lifeline.write.get()};

    // A signal that reaches the child before exec must not run our handlers.
    sigset_t all, before;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before);
    const pid_t pid = ::_Fork();
    if (pid == 0)
        supervise(launch);
    const int forkCode = errno;
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    if (pid < 0)
        return fail(ErrorKind::Unreachable, qt_error_string(forkCode));

    ChildProcess child;
    child.m_pid = pid;
    child.m_lifeline = std::move(lifeline.read);
    report.write.close();
    lifeline.write.close();
    if (const int code = awaitExecution(report.read); code != 0)
        return fail(mayPass(code) ? ErrorKind::Unreachable : ErrorKind::Invalid,
                    qt_error_string(code));
    child.m_end = FileDescriptor(int(::syscall(SYS_pidfd_open, pid, 0)));
    child.input = std::move(input.write);
    child.output = std::move(output.read);
    child.error = std::move(error.read);
    for (const FileDescriptor* end : {&child.input, &child.output, &child.error})
        ::fcntl(end->get(), F_SETFL, ::fcntl(end->get(), F_GETFL) | O_NONBLOCK);
    return child;
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : input(std::move(other.input))
    , output(std::move(other.output))
    , error(std::move(other.error))
    , m_lifeline(std::move(other.m_lifeline))
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

void ChildProcess::order(Order order)
{
    ::send(m_lifeline.get(), &order, sizeof order, MSG_NOSIGNAL);
}

ChildEnd ChildProcess::finish()
{
    order(Order::Kill);
    siginfo_t info = {};
    int done = 0;
    do {
        done = ::waitid(P_PID, id_t(m_pid), &info, WEXITED);
    } while (done != 0 && errno == EINTR);
    m_pid = -1;
    ChildEnd end{true, SIGKILL}; // all that is known of a program whose supervisor was killed
    ::recv(m_lifeline.get(), &end, sizeof end, MSG_DONTWAIT);
    return end;
}

} // namespace queuedeck::handlers
