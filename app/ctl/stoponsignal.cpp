// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/stoponsignal.h"

#include <cerrno>
#include <fcntl.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

namespace queuedeck::ctl {

namespace {
constexpr int kSignals[] = {SIGINT, SIGTERM, SIGHUP};

int s_pipe[2] = {-1, -1};
volatile sig_atomic_t s_asked = 0;
timespec s_first = {}; ///< when; written before s_asked

// timeout(1) sends TERM to the process and then to its group, a terminal that closes HUP twice,
// and a finger may slip: what follows within a second is the same wish.
constexpr long kSameWishMs = 1000;

long millisecondsSince(const timespec& then)
{
    timespec now = {};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return long(now.tv_sec - then.tv_sec) * 1000 + (now.tv_nsec - then.tv_nsec) / 1'000'000;
}

// Only calls that are allowed in a signal handler: clock_gettime, write and _exit.
extern "C" void onSignal(int)
{
    const int saved = errno;
    if (s_asked) {
        if (millisecondsSince(s_first) >= kSameWishMs)
            ::_exit(1);
        errno = saved;
        return;
    }
    ::clock_gettime(CLOCK_MONOTONIC, &s_first);
    s_asked = 1;
    const char byte = 1;
    [[maybe_unused]] const ssize_t written = ::write(s_pipe[1], &byte, 1);
    errno = saved;
}

void handleSignals(void (*handler)(int))
{
    struct sigaction action = {};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    for (const int signal : kSignals) // one after the other
        sigaddset(&action.sa_mask, signal);
    for (const int signal : kSignals) {
        struct sigaction before = {};
        ::sigaction(signal, nullptr, &before);
        if (before.sa_handler != SIG_IGN) // nohup and shells mean what they ignore
            ::sigaction(signal, &action, nullptr);
    }
}
} // namespace

StopOnSignal::StopOnSignal()
{
    if (::pipe2(s_pipe, O_CLOEXEC | O_NONBLOCK) != 0)
        return; // no descriptors left: the signals keep their usual effect
    m_notifier = std::make_unique<QSocketNotifier>(s_pipe[0], QSocketNotifier::Read);
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(), [this] {
        m_notifier->setEnabled(false);
        m_stop.request_stop();
    });
    handleSignals(onSignal);
}

StopOnSignal::~StopOnSignal()
{
    if (!m_notifier)
        return;
    handleSignals(SIG_DFL);
    m_notifier.reset();
    ::close(s_pipe[0]);
    ::close(s_pipe[1]);
    s_pipe[0] = s_pipe[1] = -1;
    s_asked = 0;
}

} // namespace queuedeck::ctl
