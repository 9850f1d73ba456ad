// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/alerts/alertentry.h"

#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::alerts {

namespace {
AlertEntry entryOf(const AlertEvent& event)
{
    AlertEntry entry;
    entry.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    entry.ruleId = event.rule.id;
    entry.ruleName = event.rule.name;
    entry.series = event.rule.when.first().series;
    entry.test = event.rule.when.first().test;
    entry.limit = limitText(event.rule);
    entry.peak = event.peak;
    entry.began = event.at;
    return entry;
}

void addOnce(QStringList& list, const QString& word)
{
    if (!list.contains(word))
        list += word;
}
} // namespace

QString peakText(const AlertEntry& entry)
{
    if (entry.test == Test::Missing)
        return {};
    const QString value = valueText(entry.series, entry.peak);
    return entry.limit.isEmpty() ? value : u"%1, limit %2"_s.arg(value, entry.limit);
}

bool apply(AlertEntries& entries, const QVector<AlertEvent>& events)
{
    bool isChanged = false;
    for (const AlertEvent& event : events) {
        AlertEntry* on = findOn(entries, event.rule.id);
        if (event.kind == AlertEvent::Kind::Began) {
            if (!on)
                entries.prepend(entryOf(event));
            isChanged = isChanged || !on;
            continue;
        }
        if (!on)
            continue;
        // The clock may have been set back meanwhile.
        on->ended = std::max(event.at, on->began);
        on->peak = event.peak;
        on->isDropped = event.kind == AlertEvent::Kind::Dropped;
        isChanged = true;
    }
    return isChanged;
}

AlertEntry* findOn(AlertEntries& entries, const QString& ruleId)
{
    const auto found =
        std::find_if(entries.begin(), entries.end(), [&ruleId](const AlertEntry& entry) {
            return entry.ruleId == ruleId && entry.isOn();
        });
    return found == entries.end() ? nullptr : &*found;
}

bool trim(AlertEntries& entries, const QDateTime& now)
{
    const QDateTime oldest = now.addDays(-kHistoryDays);
    const qsizetype before = entries.size();
    entries.removeIf(
        [&oldest](const AlertEntry& entry) { return !entry.isOn() && entry.ended < oldest; });
    for (qsizetype i = entries.size() - 1; i >= 0 && entries.size() > kMostEntries; --i) {
        if (!entries[i].isOn())
            entries.removeAt(i);
    }
    return entries.size() != before;
}

bool isSnoozed(const Snoozes& snoozes, const QString& ruleId, const QDateTime& now)
{
    const auto until = snoozes.find(ruleId);
    return until != snoozes.end() && now < *until;
}

QVector<Telling> tellings(AlertEntries& entries, const Channels& channels, bool isQuiet,
                          const Snoozes& snoozes, const QDateTime& now)
{
    QVector<Telling> due;
    // The oldest first, as they happened.
    for (qsizetype i = entries.size() - 1; i >= 0; --i) {
        AlertEntry& entry = entries[i];
        if (channels.tray && entry.isOn())
            addOnce(entry.by, u"tray"_s);
        const bool isHeld = isQuiet || isSnoozed(snoozes, entry.ruleId, now);
        if (entry.toldBegin == Told::NotYet && entry.isOn() && isHeld) {
            entry.wasQuiet = entry.wasQuiet || isQuiet;
            entry.wasSnoozed = entry.wasSnoozed || !isQuiet;
        } else if (entry.toldBegin == Told::NotYet && entry.isOn()) {
            entry.toldBegin = Told::Yes;
            if (channels.desktop)
                addOnce(entry.by, u"desktop"_s);
            if (channels.webhook)
                entry.webhookBegin = Delivery::Waiting;
            due += Telling{Telling::Kind::Began, entry};
        }
        if (entry.isOn())
            continue;
        if (entry.toldBegin == Told::NotYet)
            entry.toldBegin = Told::Never;
        if (entry.toldEnd != Told::NotYet)
            continue;
        if (entry.toldBegin == Told::Never || entry.isDropped) {
            entry.toldEnd = Told::Never;
        } else if (!isQuiet) {
            entry.toldEnd = Told::Yes;
            if (channels.webhook && entry.webhookBegin != Delivery::None)
                entry.webhookEnd = Delivery::Waiting;
            due += Telling{Telling::Kind::Ended, entry};
        }
    }
    return due;
}

} // namespace queuedeck::alerts
