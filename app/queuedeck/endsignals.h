// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QSocketNotifier;

namespace queuedeck::app {

/// SIGTERM, SIGINT and SIGHUP as a signal of Qt: the first one, and its like within a second, asks
/// to end; one that comes later ends the program at once with exit code 1, for whoever sends it
/// waits no more. The handler itself only writes to a pipe. One at a time; GUI thread.
class EndSignals : public QObject
{
    Q_OBJECT

public:
    EndSignals();
    ~EndSignals() override;

Q_SIGNALS:
    void endAsked();

private:
    QSocketNotifier* m_notifier = nullptr;
};

} // namespace queuedeck::app
