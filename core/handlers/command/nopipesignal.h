// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <cerrno>
#include <signal.h>
#include <time.h>

namespace queuedeck::handlers {

/// Keeps a write to a pipe without a reader from killing this program: a child may close its
/// standard input at any time.
class NoPipeSignal
{
public:
    NoPipeSignal()
    {
        ::sigemptyset(&m_pipe);
        ::sigaddset(&m_pipe, SIGPIPE);
        ::pthread_sigmask(SIG_BLOCK, &m_pipe, &m_before);
    }
    ~NoPipeSignal()
    {
        const timespec now = {};
        if (!::sigismember(&m_before, SIGPIPE)) {
            while (::sigtimedwait(&m_pipe, nullptr, &now) == SIGPIPE || errno == EINTR) {
            }
        }
        ::pthread_sigmask(SIG_SETMASK, &m_before, nullptr);
    }
    Q_DISABLE_COPY_MOVE(NoPipeSignal)

private:
    sigset_t m_pipe;
    sigset_t m_before;
};

} // namespace queuedeck::handlers
