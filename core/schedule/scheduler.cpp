// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schedule/scheduler.h"

#include "core/async/deliver.h"
#include "core/domain/ids.h"
#include "core/schedule/dueruns.h"
#include "core/schedule/schedulerecord.h"
#include "core/schedule/schedulestore.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace queuedeck::schedule {

using base::ErrorKind;
using base::fail;
using base::Sentence;

namespace {
// Timers notice neither sleep nor clock changes.
constexpr std::chrono::milliseconds kLongestWait = 60s;
} // namespace

struct Scheduler::State
{
    ScheduleRecord record;
    bool isRunning = false;
};

Scheduler::Scheduler(const QString& file, Runner runner, const base::Clock& clock)
    : m_store(std::make_unique<ScheduleStore>(file))
    , m_runner(std::move(runner))
    , m_clock(clock)
    , m_timer(this)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &Scheduler::tick);
    load();
}

Scheduler::~Scheduler() = default;

void Scheduler::start()
{
    m_isStarted = true;
    tick();
}

void Scheduler::stop()
{
    m_isStarted = false;
    m_timer.stop();
    Q_EMIT changed();
}

bool Scheduler::isActive() const
{
    return m_isStarted && m_isReadable && m_store->isTaken();
}

Sentence Scheduler::whyIdle() const
{
    return m_trouble;
}

// Locks the file for this Queuedeck and rereads it: another one may have changed it since.
bool Scheduler::hold()
{
    if (m_store->isTaken())
        return true;
    const base::Status taken = m_store->take();
    setTrouble(taken ? Sentence() : taken.error().detail);
    if (taken)
        load();
    return taken.has_value();
}

base::Status Scheduler::mayChange()
{
    if (!hold())
        return fail(ErrorKind::Conflict, m_trouble + Sentence::tr(" Nothing was changed."));
    if (!m_isReadable)
        return fail(ErrorKind::Conflict, m_trouble);
    return {};
}

void Scheduler::load()
{
    const auto content = m_store->read();
    if (content && !m_isReadable)
        setTrouble({});
    m_isReadable = content.has_value();
    if (!content) {
        m_schedules.clear();
        m_states.clear();
        setTrouble(content.error().detail);
        return;
    }
    m_schedules = content->schedules;
    QHash<QString, std::shared_ptr<State>> states;
    for (const Schedule& schedule : m_schedules) {
        auto state = m_states.value(schedule.id);
        if (!state)
            state = std::make_shared<State>();
        state->record = content->records.value(schedule.id);
        states.insert(schedule.id, state);
    }
    m_states = states;
    Q_EMIT changed();
}

void Scheduler::write()
{
    ScheduleFileContent content{m_schedules, {}};
    for (auto it = m_states.cbegin(); it != m_states.cend(); ++it)
        content.records.insert(it.key(), it.value()->record);
    async::deliver(m_store->write(content), this, [this](const base::Status& status) {
        if (m_isReadable)
            setTrouble(status ? Sentence() : status.error().detail);
    });
}

void Scheduler::flush()
{
    m_store->flush();
}

void Scheduler::setTrouble(const Sentence& sentence)
{
    if (m_trouble == sentence)
        return;
    m_trouble = sentence;
    Q_EMIT changed();
}

std::shared_ptr<Scheduler::State> Scheduler::stateOf(const QString& id) const
{
    return m_states.value(id);
}

qsizetype Scheduler::indexOf(const QString& id) const
{
    for (qsizetype i = 0; i < m_schedules.size(); ++i) {
        if (m_schedules[i].id == id)
            return i;
    }
    return -1;
}

std::optional<Schedule> Scheduler::find(const QString& id) const
{
    const qsizetype index = indexOf(id);
    return index < 0 ? std::nullopt : std::optional(m_schedules[index]);
}

base::Result<QString> Scheduler::save(Schedule schedule)
{
    const base::Status good = schedule.check();
    if (!good)
        return good.error();
    const base::Status may = mayChange();
    if (!may)
        return may.error();
    const QDateTime now = m_clock.now();
    if (schedule.id.isEmpty()) {
        schedule.id = domain::newUuid(now.toMSecsSinceEpoch());
        auto state = std::make_shared<State>();
        state->record.handledUntil = now;
        m_states.insert(schedule.id, state);
        m_schedules += schedule;
    } else {
        const qsizetype index = indexOf(schedule.id);
        if (index < 0)
            return fail(ErrorKind::NotFound, Sentence::tr("There is no such schedule any more."));
        const Schedule& old = m_schedules[index];
        // A new time applies from now on, and runs that passed while it was off were not missed.
        if (old.cron != schedule.cron || old.zone != schedule.zone || !old.enabled)
            stateOf(schedule.id)->record.handledUntil = now;
        m_schedules[index] = schedule;
    }
    write();
    arm();
    Q_EMIT changed();
    return schedule.id;
}

base::Status Scheduler::remove(const QString& id)
{
    const base::Status may = mayChange();
    if (!may)
        return may.error();
    const qsizetype index = indexOf(id);
    if (index < 0)
        return fail(ErrorKind::NotFound, Sentence::tr("There is no such schedule any more."));
    m_schedules.removeAt(index);
    m_states.remove(id);
    write();
    arm();
    Q_EMIT changed();
    return {};
}

base::Status Scheduler::setEnabled(const QString& id, bool enabled)
{
    auto schedule = find(id);
    if (!schedule)
        return fail(ErrorKind::NotFound, Sentence::tr("There is no such schedule any more."));
    schedule->enabled = enabled;
    const auto saved = save(*schedule);
    return saved ? base::Status() : base::Status(saved.error());
}

base::Status Scheduler::runNow(const QString& id)
{
    const base::Status may = mayChange();
    if (!may)
        return may.error();
    const auto schedule = find(id);
    if (!schedule)
        return fail(ErrorKind::NotFound, Sentence::tr("There is no such schedule any more."));
    if (isRunning(id))
        return fail(ErrorKind::Conflict, Sentence::tr("This schedule is running already."));
    begin(*schedule, m_clock.now());
    return {};
}

bool Scheduler::isRunning(const QString& id) const
{
    const auto state = stateOf(id);
    return state && state->isRunning;
}

QDateTime Scheduler::nextRun(const QString& id) const
{
    const auto schedule = find(id);
    if (!schedule || !schedule->enabled)
        return {};
    const auto cron = domain::Cron::parse(schedule->cron);
    return cron ? cron->next(m_clock.now(), schedule->timeZone()) : QDateTime();
}

QVector<ScheduleOutcome> Scheduler::outcomes(const QString& id) const
{
    const auto state = stateOf(id);
    return state ? state->record.outcomes : QVector<ScheduleOutcome>();
}

void Scheduler::tick()
{
    if (!m_isStarted)
        return;
    const bool isHeld = hold();
    if (!isHeld || !m_isReadable)
        load(); // the other Queuedeck may have changed it, or a person repaired it
    if (isHeld && m_isReadable) {
        const QDateTime now = m_clock.now();
        const QVector<Schedule> schedules =
            m_schedules; // a run that ends at once changes the original
        for (const Schedule& schedule : schedules)
            look(schedule, now);
    }
    arm();
}

void Scheduler::look(const Schedule& schedule, const QDateTime& now)
{
    const auto state = stateOf(schedule.id);
    const auto cron = domain::Cron::parse(schedule.cron);
    if (!state || !cron || !schedule.enabled)
        return;
    ScheduleRecord& record = state->record;
    record.handledUntil = handledBefore(record.handledUntil, now);
    const DueRuns due = dueRuns(*cron, schedule.timeZone(), record.handledUntil, now);
    if (due.isEmpty())
        return;
    record.handledUntil = now;
    if (state->isRunning) {
        record.addSkipped(due);
        write();
        Q_EMIT changed();
        return;
    }
    record.addMissed(due);
    begin(schedule, now);
}

void Scheduler::begin(const Schedule& schedule, const QDateTime& now)
{
    const auto state = stateOf(schedule.id);
    state->isRunning = true;
    write(); // so that a crash during the run does not repeat it
    Q_EMIT runStarted(schedule.id);
    Q_EMIT changed();
    const auto began = std::chrono::steady_clock::now();
    async::deliver(
        m_runner(schedule), this,
        [this, id = schedule.id, state, now, began](const base::Result<QString>& result) {
            ScheduleOutcome outcome;
            outcome.kind = result ? ScheduleOutcome::Kind::Done : ScheduleOutcome::Kind::Failed;
            outcome.time = now;
            outcome.took = std::chrono::duration_cast<std::chrono::milliseconds>(
                std::chrono::steady_clock::now() - began);
            outcome.sentence = result ? *result : result.error().detail;
            if (!result)
                outcome.error = result.error().kind;
            state->isRunning = false;
            if (stateOf(id) != state)
                return; // removed meanwhile
            state->record.add(outcome);
            write();
            Q_EMIT runEnded(id, outcome);
            Q_EMIT changed();
        });
}

void Scheduler::arm()
{
    if (!m_isStarted)
        return;
    const QDateTime now = m_clock.now();
    qint64 wait = kLongestWait.count();
    for (const Schedule& schedule : m_schedules) {
        const QDateTime next = nextRun(schedule.id);
        if (next.isValid())
            wait = std::min(wait, now.msecsTo(next));
    }
    // By the wall clock, a timer may fire slightly early.
    m_timer.start(std::chrono::milliseconds(std::max<qint64>(wait, 0) + 5));
}

} // namespace queuedeck::schedule
