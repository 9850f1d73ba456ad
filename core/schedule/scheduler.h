// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/sentence.h"
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

/// The schedules of one database and their outcomes. Once started it runs them, checks the clock at
/// least once a minute, because computers sleep and clocks are set, and never starts a run of a
/// schedule while the previous one is still going. Runs that came due meanwhile are made up for by
/// at most one run, and recorded as missed.
///
/// The schedules are in a file in the home folder, for this computer and this database. Of several
/// Queuedeck instances on one computer, only the one that holds the file runs and may change them.
/// Lives on the GUI thread; the file is written on its own thread and contains no secret.
class Scheduler : public QObject
{
    Q_OBJECT

public:
    /// Does the work; the sentence says how it went. Called on the scheduler's thread.
    using Runner = std::function<QFuture<base::Result<QString>>(const Schedule&)>;

    /// `file` need not exist yet. It is read here.
    Scheduler(const QString& file, Runner runner, const base::Clock& clock = base::Clock::system());
    ~Scheduler() override;

    /// From now on, runs what is due. For the window only: a command must not run schedules.
    void start();
    void stop();
    /// Whether it runs schedules; also false while another Queuedeck does, see whyIdle().
    bool isActive() const;
    /// Why nothing runs, or why the file could not be read or written; empty if all is well.
    base::Sentence whyIdle() const;

    const QVector<Schedule>& all() const { return m_schedules; } ///< in order of creation
    std::optional<Schedule> find(const QString& id) const;

    /// Adds one without an id or replaces the one with that id, and returns the id. Invalid: see
    /// Schedule::check; Conflict: another Queuedeck holds the file; NotFound: no such id.
    base::Result<QString> save(Schedule schedule);
    base::Status remove(const QString& id);
    base::Status setEnabled(const QString& id, bool enabled);
    /// Runs it now, whatever its time. Conflict: it is running, or another Queuedeck has the file.
    base::Status runNow(const QString& id);

    bool isRunning(const QString& id) const;
    /// UTC; invalid if it is disabled or unknown.
    QDateTime nextRun(const QString& id) const;
    /// Newest first, at most 50.
    QVector<ScheduleOutcome> outcomes(const QString& id) const;

    /// Checks the clock and starts what is due; called by the timer.
    void tick();
    /// Returns once everything is on disk.
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
    void setTrouble(const base::Sentence& sentence);
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
    base::Sentence m_trouble;
    bool m_isReadable = true; ///< the file was understood, so it may be replaced
    bool m_isStarted = false;
};

} // namespace queuedeck::schedule

Q_DECLARE_METATYPE(queuedeck::schedule::ScheduleOutcome)
