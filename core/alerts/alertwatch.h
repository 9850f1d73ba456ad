// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/alerts/alertfiles.h"
#include "core/base/clock.h"

#include <QFuture>
#include <QObject>
#include <QTimeZone>
#include <QTimer>

namespace queuedeck::async {
class TaskThread;
}

namespace queuedeck::alerts {

/// The alert rules of one database at work: takes samples, decides what begins, ends and is told,
/// and keeps the history. If another program of this user watches the same rules, it follows what
/// that one records instead, and takes over when it ends. Lives on the GUI thread; files are read
/// and written on a thread of its own.
class AlertWatch : public QObject
{
    Q_OBJECT

public:
    AlertWatch(const QString& rulesFile, const QString& stateFile,
               const base::Clock& clock = base::Clock::system(),
               const QTimeZone& zone = QTimeZone::systemTimeZone());
    ~AlertWatch() override; ///< writes what is not yet written

    /// Nothing is watched before the files were read once; readied() says when.
    bool isReady() const { return m_isReady; }
    /// Another program of this user watches the rules.
    bool isElsewhere() const { return m_isElsewhere; }
    const SavedRules& rules() const { return m_rules; }
    const AlertEntries& entries() const { return m_state.entries; }
    /// Those that are on and not snoozed, the newest first.
    AlertEntries shown() const;
    bool isQuiet() const;
    bool isSnoozed(const QString& ruleId) const;
    /// What is wrong with the files, if anything; empty if all is well.
    base::Sentence problem() const;

    /// How people can be told by this program; what it cannot do is not recorded as done.
    void setCanShow(bool desktop, bool tray);

    void take(const Sample& sample);
    /// Everything is written that is to be, and told that is due.
    bool isSettled() const { return m_writes == 0; }
    QFuture<base::Result<SavedRules>> save(const Rules& rules, const Channels& channels);
    /// Neither told nor shown for so long; 0: from now on again.
    void snooze(const QString& ruleId, std::chrono::seconds time);
    /// What became of a message to the webhook.
    void setDelivery(const QString& entryId, Telling::Kind kind, Delivery delivery);
    /// Reads the files again, as it does by itself every ten seconds.
    void refresh();

Q_SIGNALS:
    void readied();
    void rulesChanged();
    /// An entry has changed, or what is snoozed.
    void changed();
    void told(const queuedeck::alerts::Telling& telling);

private:
    struct Read;

    void read(const Read& read);
    void keepRules(const SavedRules& read);
    void follow(const AlertEntries& entries);
    void resume();
    void settle(bool isChanged);
    void write(const QVector<Telling>& due = {});

    const QString m_rulesFile;
    const std::shared_ptr<AlertFiles> m_files; ///< used on m_thread
    const base::Clock& m_clock;
    const QTimeZone m_zone;
    QTimer m_timer;
    SavedRules m_rules;
    AlertState m_state;
    AlertMachine m_machine;
    base::Sentence m_stateProblem; ///< of reading
    base::Sentence m_writeProblem;
    bool m_canDesktop = true;
    bool m_canTray = true;
    int m_writes = 0; ///< that are on their way
    bool m_isReady = false;
    bool m_isElsewhere = false;
    bool m_isWatching = false; ///< the machine has what was recorded
    const std::unique_ptr<async::TaskThread> m_thread;
};

} // namespace queuedeck::alerts
