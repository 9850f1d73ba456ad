// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/alerts/statefile.h"

#include "core/base/versionedlist.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace queuedeck::alerts {

namespace {
constexpr qsizetype kMostRead = 100'000; // far above what is kept: they are cut later

constexpr std::array kTold{std::pair{Told::NotYet, "not-yet"}, std::pair{Told::Yes, "yes"},
                           std::pair{Told::Never, "never"}};
constexpr std::array kDeliveries{
    std::pair{Delivery::None, "none"}, std::pair{Delivery::Waiting, "waiting"},
    std::pair{Delivery::Done, "done"}, std::pair{Delivery::GivenUp, "given-up"}};

template <class Words, class Value>
QString wordOf(const Words& words, Value value)
{
    for (const auto& [known, word] : words) {
        if (known == value)
            return QLatin1String(word);
    }
    return {};
}

template <class Words>
auto valueOf(const Words& words, const QString& text)
{
    for (const auto& [value, word] : words) {
        if (text == QLatin1String(word))
            return value;
    }
    return words.front().first;
}

QString timeText(const QDateTime& time)
{
    return time.isValid() ? time.toUTC().toString(Qt::ISODateWithMs) : QString();
}

QDateTime timeOf(const QJsonValue& value)
{
    return QDateTime::fromString(value.toString(), Qt::ISODateWithMs).toUTC();
}

std::optional<AlertEntry> entryFrom(const QJsonObject& object)
{
    AlertEntry entry;
    entry.id = object[u"id"_s].toString();
    entry.ruleId = object[u"rule"_s].toString();
    entry.ruleName = object[u"name"_s].toString();
    entry.began = timeOf(object[u"began"_s]);
    const auto series = seriesFromWord(object[u"series"_s].toString());
    const auto test = testFromWord(object[u"test"_s].toString());
    if (entry.id.isEmpty() || entry.ruleId.isEmpty() || !entry.began.isValid() || !series || !test)
        return {};
    entry.series = *series;
    entry.test = *test;
    entry.limit = object[u"limit"_s].toString();
    entry.peak = object[u"peak"_s].toDouble();
    entry.ended = timeOf(object[u"ended"_s]);
    entry.isDropped = object[u"dropped"_s].toBool();
    entry.wasQuiet = object[u"quiet"_s].toBool();
    entry.wasSnoozed = object[u"snoozed"_s].toBool();
    entry.toldBegin = valueOf(kTold, object[u"toldBegin"_s].toString());
    entry.toldEnd = valueOf(kTold, object[u"toldEnd"_s].toString());
    for (const QJsonValue& by : object[u"by"_s].toArray())
        entry.by += by.toString();
    entry.webhookBegin = valueOf(kDeliveries, object[u"webhookBegin"_s].toString());
    entry.webhookEnd = valueOf(kDeliveries, object[u"webhookEnd"_s].toString());
    return entry;
}
} // namespace

QJsonObject entryJson(const AlertEntry& entry)
{
    return {{u"id"_s, entry.id},
            {u"rule"_s, entry.ruleId},
            {u"name"_s, entry.ruleName},
            {u"series"_s, infoOf(entry.series).word},
            {u"test"_s, testWord(entry.test)},
            {u"limit"_s, entry.limit},
            {u"peak"_s, entry.peak},
            {u"began"_s, timeText(entry.began)},
            {u"ended"_s, entry.isOn() ? QJsonValue() : QJsonValue(timeText(entry.ended))},
            {u"dropped"_s, entry.isDropped},
            {u"quiet"_s, entry.wasQuiet},
            {u"snoozed"_s, entry.wasSnoozed},
            {u"toldBegin"_s, wordOf(kTold, entry.toldBegin)},
            {u"toldEnd"_s, wordOf(kTold, entry.toldEnd)},
            {u"by"_s, QJsonArray::fromStringList(entry.by)},
            {u"webhookBegin"_s, wordOf(kDeliveries, entry.webhookBegin)},
            {u"webhookEnd"_s, wordOf(kDeliveries, entry.webhookEnd)}};
}

base::Result<AlertState> stateFromJson(const QByteArray& bytes)
{
    const auto list = base::versionedListFrom(bytes, u"entries"_s, kMostRead);
    if (!list)
        return list.error();
    AlertState state;
    state.version = list->version;
    for (const QJsonValue& value : list->entries) {
        if (const auto entry = entryFrom(value.toObject()))
            state.entries += *entry;
    }
    const QJsonObject snoozes = list->more[u"snoozed"_s].toObject();
    for (auto it = snoozes.begin(); it != snoozes.end(); ++it) {
        if (const QDateTime until = timeOf(it.value()); until.isValid())
            state.snoozes[it.key()] = until;
    }
    return state;
}

QByteArray stateToJson(const AlertState& state)
{
    base::VersionedList list{AlertState::kVersion, {}, {}};
    for (const AlertEntry& entry : state.entries)
        list.entries += entryJson(entry);
    QJsonObject snoozes;
    for (auto it = state.snoozes.begin(); it != state.snoozes.end(); ++it)
        snoozes[it.key()] = timeText(it.value());
    list.more[u"snoozed"_s] = snoozes;
    return base::versionedListJson(list, u"entries"_s);
}

} // namespace queuedeck::alerts
