// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/alerts/alertwatch.h"

#include "core/async/deliver.h"
#include "core/async/taskthread.h"

#include <algorithm>

namespace queuedeck::alerts {

using base::Sentence;

namespace {
constexpr std::chrono::seconds kReadAgain{10};

// By the id: the newest of those that are in both, as they were.
const AlertEntry* findIn(const AlertEntries& entries, const QString& id)
{
    const auto found = std::find_if(entries.begin(), entries.end(),
                                    [&id](const AlertEntry& entry) { return entry.id == id; });
    return found == entries.end() ? nullptr : &*found;
}
} // namespace

struct AlertWatch::Read
{
    SavedRules rules;
    bool isTaken = false;
    bool isElsewhere = false;
    base::Result<AlertState> state;
};

AlertWatch::AlertWatch(const QString& rulesFile, const QString& stateFile, const base::Clock& clock,
                       const QTimeZone& zone)
    : m_rulesFile(rulesFile)
    , m_files(std::make_shared<AlertFiles>(rulesFile, stateFile))
    , m_clock(clock)
    , m_zone(zone)
    , m_timer(this)
    , m_thread(std::make_unique<async::TaskThread>("qd-alerts"))
{
    connect(&m_timer, &QTimer::timeout, this, &AlertWatch::refresh);
    m_timer.start(kReadAgain);
    refresh();
}

AlertWatch::~AlertWatch()
{
    // What was asked to be written is written: a thread that ends drops what has not begun.
    m_thread->run([]() -> base::Status { return {}; }).waitForFinished();
}

void AlertWatch::refresh()
{
    const auto reading = m_thread->run([files = m_files]() -> base::Result<Read> {
        const bool isTaken = files->take();
        return Read{files->readRules(), isTaken, !isTaken && files->isElsewhere(),
                    files->readState()};
    });
    async::deliver(reading, this, [this](const base::Result<Read>& found) {
        if (found)
            read(*found);
    });
}

void AlertWatch::read(const Read& read)
{
    const bool isFirst = !m_isReady;
    const SavedRules before = m_rules;
    keepRules(read.rules);
    m_isElsewhere = read.isElsewhere;
    const bool hasNewRules = isFirst || before.file.rules != m_rules.file.rules ||
                             before.file.channels != m_rules.file.channels ||
                             before.problem != m_rules.problem;
    // What this program holds is newer here than in the file.
    if (!m_isWatching) {
        m_stateProblem = read.state ? Sentence() : read.state.error().detail;
        const AlertEntries entries = read.state ? read.state->entries : AlertEntries();
        if (read.state)
            m_state.snoozes = read.state->snoozes;
        m_isReady = true;
        if (isFirst)
            m_state.entries = entries;
        else
            follow(entries);
        if (!m_isElsewhere)
            resume();
    }
    if (isFirst)
        Q_EMIT readied();
    if (hasNewRules)
        Q_EMIT rulesChanged();
    if (isFirst || hasNewRules)
        Q_EMIT changed();
}

// A file that is damaged while it is watched changes nothing but what is said about it.
void AlertWatch::keepRules(const SavedRules& read)
{
    if (read.unreadable.isEmpty() || !m_isReady || m_rules.isPreset) {
        m_rules = read;
        return;
    }
    m_rules.problem = Sentence::tr("The alert rules in %1 cannot be read any more: %2. Until that "
                                   "is mended, the rules read before are watched.")
                          .arg(m_rulesFile, read.unreadable);
}

// Says what the program that watches has said since.
void AlertWatch::follow(const AlertEntries& entries)
{
    const AlertEntries before = std::exchange(m_state.entries, entries);
    if (before == entries)
        return;
    for (qsizetype i = entries.size() - 1; i >= 0; --i) {
        const AlertEntry& entry = entries[i];
        const AlertEntry* old = findIn(before, entry.id);
        if (entry.toldBegin == Told::Yes && (!old || old->toldBegin != Told::Yes) && entry.isOn())
            Q_EMIT told({Telling::Kind::Began, entry});
        if (entry.toldEnd == Told::Yes && old && old->toldEnd != Told::Yes &&
            old->toldBegin == Told::Yes)
            Q_EMIT told({Telling::Kind::Ended, entry});
    }
    Q_EMIT changed();
}

void AlertWatch::resume()
{
    m_isWatching = true;
    for (const AlertEntry& entry : m_state.entries) {
        for (const Rule& rule : m_rules.file.rules) {
            if (entry.isOn() && rule.id == entry.ruleId && rule.isOn)
                m_machine.resume(rule, entry.peak);
        }
    }
}

void AlertWatch::setCanShow(bool desktop, bool tray)
{
    m_canDesktop = desktop;
    m_canTray = tray;
}

AlertEntries AlertWatch::shown() const
{
    AlertEntries shown;
    for (const AlertEntry& entry : m_state.entries) {
        if (entry.isOn() && !isSnoozed(entry.ruleId))
            shown += entry;
    }
    return shown;
}

bool AlertWatch::isQuiet() const
{
    return m_rules.file.channels.quiet.isQuiet(m_clock.now(), m_zone);
}

bool AlertWatch::isSnoozed(const QString& ruleId) const
{
    return alerts::isSnoozed(m_state.snoozes, ruleId, m_clock.now());
}

Sentence AlertWatch::problem() const
{
    for (const Sentence& problem : {m_rules.problem, m_stateProblem, m_writeProblem}) {
        if (!problem.isEmpty())
            return problem;
    }
    return {};
}

void AlertWatch::take(const Sample& sample)
{
    if (!m_isWatching)
        return;
    bool isChanged = apply(m_state.entries, m_machine.take(m_rules.file.rules, sample));
    for (AlertEntry& entry : m_state.entries) {
        if (!entry.isOn())
            continue;
        if (m_machine.isOn(entry.ruleId)) {
            entry.peak = m_machine.peak(entry.ruleId);
        } else { // its rule was removed or turned off while no program ran
            entry.ended = std::max(sample.at, entry.began);
            entry.isDropped = true;
            isChanged = true;
        }
    }
    settle(isChanged);
}

// Tells what is due, and writes what has changed before it is told: after a crash, people are
// rather told once than twice; what goes to the webhook is recorded until it has arrived.
void AlertWatch::settle(bool isChanged)
{
    const QDateTime now = m_clock.now();
    isChanged = trim(m_state.entries, now) || isChanged;
    Channels channels = m_rules.file.channels;
    channels.desktop = channels.desktop && m_canDesktop;
    channels.tray = channels.tray && m_canTray;
    const QVector<Telling> due =
        tellings(m_state.entries, channels, isQuiet(), m_state.snoozes, now);
    for (auto it = m_state.snoozes.begin(); it != m_state.snoozes.end();) {
        if (now < *it) {
            ++it;
            continue;
        }
        it = m_state.snoozes.erase(it);
        isChanged = true; // it is shown again
    }
    if (isChanged || !due.isEmpty()) {
        write(due);
        Q_EMIT changed();
    }
}

void AlertWatch::write(const QVector<Telling>& due)
{
    if (!m_isWatching)
        return;
    ++m_writes;
    const auto writing =
        m_thread->run([files = m_files, state = m_state] { return files->writeState(state); });
    async::deliver(writing, this, [this, due](const base::Status& status) {
        --m_writes;
        const Sentence problem = status ? Sentence() : status.error().detail;
        if (std::exchange(m_writeProblem, problem) != problem)
            Q_EMIT changed();
        for (const Telling& telling : due)
            Q_EMIT told(telling);
    });
}

QFuture<base::Result<SavedRules>> AlertWatch::save(const Rules& rules, const Channels& channels)
{
    const auto saving = m_thread->run(
        [files = m_files, rules, channels] { return files->saveRules(rules, channels); });
    async::deliver(saving, this, [this](const base::Result<SavedRules>& saved) {
        if (!saved)
            return;
        m_rules = *saved;
        Q_EMIT rulesChanged();
        Q_EMIT changed();
    });
    return saving;
}

void AlertWatch::snooze(const QString& ruleId, std::chrono::seconds time)
{
    if (time.count() > 0)
        m_state.snoozes[ruleId] = m_clock.now().addSecs(time.count());
    else
        m_state.snoozes.remove(ruleId);
    if (m_isWatching)
        settle(true);
    else
        Q_EMIT changed();
}

void AlertWatch::setDelivery(const QString& entryId, Telling::Kind kind, Delivery delivery)
{
    for (AlertEntry& entry : m_state.entries) {
        if (entry.id != entryId)
            continue;
        (kind == Telling::Kind::Began ? entry.webhookBegin : entry.webhookEnd) = delivery;
        const QString word = QStringLiteral("webhook");
        if (delivery == Delivery::Done && !entry.by.contains(word))
            entry.by += word;
        write();
        Q_EMIT changed();
    }
}

} // namespace queuedeck::alerts
