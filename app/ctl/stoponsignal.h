// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSocketNotifier>

#include <memory>
#include <stop_token>

namespace queuedeck::ctl {

/// While it lives, the first SIGINT, SIGTERM or SIGHUP asks the work to stop in good order, and one
/// that comes a second or more later ends the program at once with exit code 1. The handler only
/// writes to a pipe; the rest happens in the event loop of the thread that made this. One at a time.
class StopOnSignal
{
public:
    StopOnSignal();
    ~StopOnSignal();
    StopOnSignal(const StopOnSignal&) = delete;
    StopOnSignal& operator=(const StopOnSignal&) = delete;

    std::stop_token token() const { return m_stop.get_token(); }
    bool isAsked() const { return m_stop.stop_requested(); }

private:
    std::stop_source m_stop;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace queuedeck::ctl
