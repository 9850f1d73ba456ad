// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/schedules.h"

#include "core/async/deliver.h"
#include "core/domain/ids.h"
#include "core/service/home.h"
#include "core/service/schedulestore.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace queuedeck::service {

using base::ErrorKind;
using base::fail;
using Kind = ScheduleOutcome::Kind;

namespace {
constexpr auto kLongestWait = 60s; // a computer sleeps and its clock is set, unseen by a timer
constexpr auto kOnTime = 90s;      // later than this a run was missed
constexpr auto kSetBack = 120s;    // less is a clock that is kept right
constexpr int kMostCounted = 1000;

QString clockText(const QDateTime& time)
{
    return time.toUTC().toString(u"yyyy-MM-dd HH:mm"_s) + u" UTC"_s;
}

QString runsText(int runs)
{
    return runs >= kMostCounted ? u"at least %L1 runs"_s.arg(runs) : u"%L1 runs"_s.arg(runs);
}

QString missedSentence(const QDateTime& first, int runs)
{
    if (runs == 1)
        return u"Missed the run of %1: Queuedeck was closed or the computer slept. One run now "
               "makes up for it."_s.arg(clockText(first));
    return u"Missed %1 since %2: Queuedeck was closed or the computer slept. One run now makes up "
           "for them."_s.arg(runsText(runs), clockText(first));
}

QString skippedSentence(const QDateTime& first, int runs)
{
    if (runs == 1)
        return u"Skipped the run of %1: the run before was still going."_s.arg(clockText(first));
    return u"Skipped %1 since %2: the run before was still going."_s.arg(runsText(runs),
                                                                         clockText(first));
}

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

QString Scheduler::fileFor(const QString& database)
{
    constexpr int kEnough = 16; // characters of the hash: no computer knows so many databases
    const QByteArray hash =
        QCryptographicHash::hash(database.toUtf8(), QCryptographicHash::Sha256).toHex();
    return u"%1/schedules/%2.json"_s.arg(homeFolder(), QString::fromLatin1(hash.left(kEnough)));
}

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

QString Scheduler::whyIdle() const
{
    return m_trouble;
}

// Takes the file for this Queuedeck, and reads it anew: another one may have changed it since.
bool Scheduler::hold()
{
    if (m_store->isTaken())
        return true;
    const base::Status taken = m_store->take();
    setTrouble(taken ? QString() : taken.error().detail);
    if (taken)
        load();
    return taken.has_value();
}

base::Status Scheduler::mayChange()
{
    if (!hold())
        return fail(ErrorKind::Conflict, m_trouble + u" Nothing was changed."_s);
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
            setTrouble(status ? QString() : status.error().detail);
    });
}

void Scheduler::flush()
{
    m_store->flush();
}

void Scheduler::setTrouble(const QString& sentence)
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
            return fail(ErrorKind::NotFound, u"There is no such schedule any more."_s);
        const Schedule& old = m_schedules[index];
        // A new time holds from now on, and what passed while it was off was not missed.
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
        return fail(ErrorKind::NotFound, u"There is no such schedule any more."_s);
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
        return fail(ErrorKind::NotFound, u"There is no such schedule any more."_s);
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
        return fail(ErrorKind::NotFound, u"There is no such schedule any more."_s);
    if (isRunning(id))
        return fail(ErrorKind::Conflict, u"This schedule is running already."_s);
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
        load(); // the other one may have changed it, or a person repaired it
    if (isHeld && m_isReadable) {
        const QDateTime now = m_clock.now();
        const QVector<Schedule> schedules = m_schedules; // a run that ends at once changes them
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
    QDateTime& until = state->record.handledUntil;
    const QTimeZone zone = schedule.timeZone();
    // A clock that was ahead and has been set back must not silence a schedule until then.
    if (!until.isValid() || until > now.addMSecs(std::chrono::milliseconds(kSetBack).count()))
        until = now;
    const QDateTime first = cron->next(until, zone);
    if (!first.isValid() || first > now)
        return;
    int runs = 0;
    for (QDateTime due = first; due <= now && runs < kMostCounted; due = cron->next(due, zone))
        ++runs;
    const QDateTime late = now.addMSecs(-std::chrono::milliseconds(kOnTime).count());
    const bool isOnTime = cron->next(std::max(until, late), zone) <= now;
    until = now;
    if (state->isRunning) {
        keep(*state, {Kind::Skipped, first, 0ms, skippedSentence(first, runs), {}, runs});
        write();
        Q_EMIT changed();
        return;
    }
    const int missed = isOnTime ? runs - 1 : runs;
    if (missed > 0)
        keep(*state, {Kind::Missed, first, 0ms, missedSentence(first, missed), {}, missed});
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
            outcome.kind = result ? Kind::Done : Kind::Failed;
            outcome.time = now;
            outcome.took = std::chrono::duration_cast<std::chrono::milliseconds>(
                std::chrono::steady_clock::now() - began);
            outcome.sentence = result ? *result : result.error().detail;
            if (!result)
                outcome.error = result.error().kind;
            state->isRunning = false;
            if (stateOf(id) != state)
                return; // removed meanwhile
            keep(*state, outcome);
            write();
            Q_EMIT runEnded(id, outcome);
            Q_EMIT changed();
        });
}

void Scheduler::keep(State& state, const ScheduleOutcome& outcome)
{
    QVector<ScheduleOutcome>& all = state.record.outcomes;
    // One long run must not push everything else out.
    if (outcome.kind == Kind::Skipped && !all.isEmpty() && all.first().kind == Kind::Skipped) {
        ScheduleOutcome& last = all.first();
        last.runs += outcome.runs;
        last.sentence = skippedSentence(last.time, last.runs);
        return;
    }
    all.prepend(outcome);
    if (all.size() > kOutcomesKept)
        all.resize(kOutcomesKept);
}

void Scheduler::arm()
{
    if (!m_isStarted)
        return;
    const QDateTime now = m_clock.now();
    qint64 wait = std::chrono::milliseconds(kLongestWait).count();
    for (const Schedule& schedule : m_schedules) {
        const QDateTime next = nextRun(schedule.id);
        if (next.isValid())
            wait = std::min(wait, now.msecsTo(next));
    }
    // A timer may fire a moment early by the clock of the day.
    m_timer.start(std::chrono::milliseconds(std::max<qint64>(wait, 0) + 5));
}

} // namespace queuedeck::service
