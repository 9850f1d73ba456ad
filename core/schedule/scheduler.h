// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/schedule/schedule.h"

#include <QFuture>
#include <QHash>
#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

namespace queuedeck::schedule {

class ScheduleStore;

/// The schedules of one database and what came of them. It runs them while it is started, looks at
/// the clock at least once a minute, because computers sleep and clocks are set, and never starts a
/// run of a schedule beside one that is still going. Runs whose time passed meanwhile are made up
/// for by one run at most, and said to have been missed.
///
/// The schedules live in a file of the home folder, for this computer and this database. Of several
/// Queuedecks on one computer only the one that holds the file runs them and may change them.
/// Lives on the GUI thread; the file is written on a thread of its own. No secret is in it.
class Scheduler : public QObject
{
    Q_OBJECT

public:
    /// Does the work; the sentence says what came of it. Called on the thread of the scheduler.
    using Runner = std::function<QFuture<base::Result<QString>>(const Schedule&)>;

    /// `file` need not be there yet. It is read here.
    Scheduler(const QString& file, Runner runner, const base::Clock& clock = base::Clock::system());
    ~Scheduler() override;

    /// From now on runs what is due. For the window only: a command must not run schedules.
    void start();
    void stop();
    /// It runs schedules; false also while another Queuedeck does, see whyIdle().
    bool isActive() const;
    /// Why nothing runs, or why the file could not be read or written; empty if all is well.
    QString whyIdle() const;

    const QVector<Schedule>& all() const { return m_schedules; } ///< in the order they were made
    std::optional<Schedule> find(const QString& id) const;

    /// Adds one without an id or replaces the one with that id, and gives the id. Invalid: see
    /// Schedule::check; Conflict: another Queuedeck holds the file; NotFound: no such id.
    base::Result<QString> save(Schedule schedule);
    base::Status remove(const QString& id);
    base::Status setEnabled(const QString& id, bool enabled);
    /// Runs it now, whatever its time. Conflict: it is running, or another Queuedeck has it.
    base::Status runNow(const QString& id);

    bool isRunning(const QString& id) const;
    /// UTC; invalid when it is switched off or not known.
    QDateTime nextRun(const QString& id) const;
    /// The newest first, at most 50.
    QVector<ScheduleOutcome> outcomes(const QString& id) const;

    /// Looks at the clock and begins what is due; the timer does this.
    void tick();
    /// Returns once everything is on the disk.
    void flush();

Q_SIGNALS:
    /// A schedule, its next run or an outcome has changed.
    void changed();
    void runStarted(const QString& id);
    void runEnded(const QString& id, const queuedeck::schedule::ScheduleOutcome& outcome);

private:
    struct State;

    bool hold();
    base::Status mayChange();
    void load();
    void write();
    void setTrouble(const QString& sentence);
    std::shared_ptr<State> stateOf(const QString& id) const;
    qsizetype indexOf(const QString& id) const;
    void look(const Schedule& schedule, const QDateTime& now);
    void begin(const Schedule& schedule, const QDateTime& now);
    void arm();

    const std::unique_ptr<ScheduleStore> m_store;
    const Runner m_runner;
    const base::Clock& m_clock;
    QVector<Schedule> m_schedules;
    QHash<QString, std::shared_ptr<State>> m_states;
    QTimer m_timer;
    QString m_trouble;
    bool m_isReadable = true; ///< what is in the file was understood, so it may be replaced
    bool m_isStarted = false;
};

} // namespace queuedeck::schedule

Q_DECLARE_METATYPE(queuedeck::schedule::ScheduleOutcome)
