// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>

namespace queuedeck::service {

class SessionThreads;

/// Signals that the database may have changed, whatever program did it: a cheap query per interval,
/// and a poke after each change of our own. Paused means no SQL at all. Lives on the GUI thread.
class ChangeFeed : public QObject
{
    Q_OBJECT

public:
    explicit ChangeFeed(std::shared_ptr<SessionThreads> threads);
    ~ChangeFeed() override;

    void setInterval(std::chrono::milliseconds interval); ///< 1 s unless set
    std::chrono::milliseconds interval() const;
    void setPaused(bool paused);
    bool isPaused() const { return m_paused; }
    bool isLost() const { return m_lost; }
    /// UTC; the last answer before the database stopped answering, or the first failure.
    QDateTime lostSince() const { return m_answeredAt; }
    bool isAsking() const { return m_probing; }
    /// Time until the next automatic query; none while paused.
    std::optional<std::chrono::milliseconds> untilNextQuestion() const;

    /// Our own change: emits `changed` at once, even when paused.
    void poke();
    /// Probes now.
    void refresh();

Q_SIGNALS:
    /// Something changed, or may have: what is shown must be read again. Also every ten seconds
    /// without any write, since leases expire and ages grow with time alone.
    void changed();
    /// The probe was answered: what is shown is up to date.
    void confirmed();
    /// The database stopped answering / answers again.
    void lost(const queuedeck::base::Error& error);
    void restored();
    void pausedChanged(bool paused);

private:
    void probe();

    std::shared_ptr<SessionThreads> m_threads;
    QTimer m_timer{this};
    std::optional<qint64> m_mark;
    QElapsedTimer m_told;
    QDateTime m_answeredAt;
    bool m_paused = false;
    bool m_probing = false;
    bool m_lost = false;
};

} // namespace queuedeck::service
