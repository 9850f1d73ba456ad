// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <stop_token>

class QSocketNotifier;

namespace queuedeck::app {

/// While it lives, the first SIGTERM, SIGINT or SIGHUP, with any further one within a second,
/// requests an orderly end; a later one ends the program at once with exit code 1, since its sender
/// will not wait any longer. The handler only writes to a pipe; the rest happens in the event loop
/// of the thread that created this. One at a time.
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
