// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/endsignals.h"

#include <QSocketNotifier>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <ctime>
#include <fcntl.h>
#include <unistd.h>

namespace queuedeck::app {

namespace {
constexpr int kSignals[] = {SIGTERM, SIGINT, SIGHUP};
// timeout(1) sends TERM to the process and then to its group, a closing terminal sends HUP twice,
// and a finger may slip: what follows within a second is the same request. Nanoseconds.
constexpr long long kSameWish = 1'000'000'000;

int s_pipe[2] = {-1, -1};
std::atomic<long long> s_askedAt = 0;
static_assert(std::atomic<long long>::is_always_lock_free); // else a handler may not touch it

// Only async-signal-safe calls.
extern "C" void onEndSignal(int)
{
    const int saved = errno;
    timespec now = {};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    const long long at = now.tv_sec * 1'000'000'000LL + now.tv_nsec;
    long long first = 0;
    if (!s_askedAt.compare_exchange_strong(first, at)) {
        if (at - first > kSameWish)
            ::_exit(1);
    } else {
        const char byte = 1;
        [[maybe_unused]] const ssize_t written = ::write(s_pipe[1], &byte, 1);
    }
    errno = saved;
}

void handleSignals(void (*handler)(int))
{
    struct sigaction action = {};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    for (const int signal : kSignals) {
        struct sigaction before = {};
        ::sigaction(signal, nullptr, &before);
        if (before.sa_handler != SIG_IGN) // nohup and shells ignore signals on purpose
            ::sigaction(signal, &action, nullptr);
    }
}
} // namespace

EndSignals::EndSignals()
{
    if (::pipe2(s_pipe, O_CLOEXEC | O_NONBLOCK) != 0)
        return; // no descriptors left: the signals keep their usual effect
    m_notifier = new QSocketNotifier(s_pipe[0], QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, [this] {
        m_notifier->setEnabled(false);
        m_stop.request_stop();
        Q_EMIT endAsked();
    });
    handleSignals(onEndSignal);
}

EndSignals::~EndSignals()
{
    if (!m_notifier)
        return;
    handleSignals(SIG_DFL);
    delete m_notifier;
    ::close(s_pipe[0]);
    ::close(s_pipe[1]);
    s_askedAt = 0;
}

} // namespace queuedeck::app
