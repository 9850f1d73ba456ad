// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <stop_token>

class QSocketNotifier;

namespace queuedeck::app {

/// While it lives, the first SIGTERM, SIGINT or SIGHUP, and its like within a second, asks to end
/// in good order; one that comes later ends the program at once with exit code 1, for whoever sends
/// it waits no more. The handler itself only writes to a pipe; the rest happens in the event loop
/// of the thread that made this. One at a time.
class EndSignals : public QObject
{
    Q_OBJECT

public:
    EndSignals();
    ~EndSignals() override;

    std::stop_token token() const { return m_stop.get_token(); }
    bool isAsked() const { return m_stop.stop_requested(); }

Q_SIGNALS:
    void endAsked();

private:
    std::stop_source m_stop;
    QSocketNotifier* m_notifier = nullptr;
};

} // namespace queuedeck::app
