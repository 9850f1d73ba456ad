// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>

#include <memory>

namespace queuedeck::service {

class ChangeFeed;
class SessionThreads;

/// Beside another processor: records the running jobs that no lease covers, as often as an engine
/// does, so that jobs it left behind are known after a while, even if no engine runs here. A
/// command that ends sooner writes nothing. Writes only to a table of ours, and frees nothing. Idle
/// while the feed is paused. On the thread of the session.
class OrphanWatch : public QObject
{
    Q_OBJECT

public:
    /// `isOn`: another processor works here, and this session may write.
    OrphanWatch(std::shared_ptr<SessionThreads> threads, const ChangeFeed& changes, bool isOn);

    /// Does so now, if on and not paused.
    void look();

private:
    std::shared_ptr<SessionThreads> m_threads;
    const ChangeFeed& m_changes;
    const bool m_isOn;
    QTimer m_timer{this};
};

} // namespace queuedeck::service
