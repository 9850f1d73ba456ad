// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/alerts/rulesfile.h"

#include "core/base/versionedlist.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::alerts {

namespace {
std::chrono::seconds secondsOf(const QJsonValue& value)
{
    constexpr double kMost = 1e9; // later checks say what is too long
    return std::chrono::seconds(qint64(std::clamp(value.toDouble(), -1.0, kMost)));
}

// What is known is taken out, so that what is left is what is not known here.
std::optional<Condition> conditionFrom(const QJsonValue& value)
{
    QJsonObject object = value.toObject();
    const auto series = seriesFromWord(object.take(u"series"_s).toString());
    const auto test = testFromWord(object.take(u"test"_s).toString());
    if (!series || !test)
        return {};
    Condition condition{*series, *test};
    condition.limit = object.take(u"limit"_s).toDouble();
    condition.lasting = secondsOf(object.take(u"lastingSeconds"_s));
    condition.window = secondsOf(object.take(u"windowSeconds"_s));
    condition.atLeast = object.take(u"atLeast"_s).toInt();
    condition.more = object;
    return condition;
}

std::optional<Rule> ruleFrom(const QJsonValue& value)
{
    QJsonObject object = value.toObject();
    Rule rule;
    rule.id = object.take(u"id"_s).toString();
    rule.name = object.take(u"name"_s).toString();
    rule.isOn = object.take(u"on"_s).toBool(true);
    rule.type = object.take(u"type"_s).toString();
    for (const QJsonValue& one : object.take(u"when"_s).toArray()) {
        const auto condition = conditionFrom(one);
        if (!condition)
            return {};
        rule.when += *condition;
    }
    rule.more = object;
    if (rule.id.isEmpty() || !ruleProblem(rule).isEmpty())
        return {};
    return rule;
}

QJsonObject conditionJson(const Condition& condition)
{
    QJsonObject object = condition.more;
    object[u"series"_s] = infoOf(condition.series).word;
    object[u"test"_s] = testWord(condition.test);
    if (condition.test == Test::Above || condition.test == Test::Below)
        object[u"limit"_s] = condition.limit;
    if (condition.lasting.count() > 0)
        object[u"lastingSeconds"_s] = qint64(condition.lasting.count());
    if (condition.window.count() > 0)
        object[u"windowSeconds"_s] = qint64(condition.window.count());
    if (condition.atLeast > 0)
        object[u"atLeast"_s] = condition.atLeast;
    return object;
}

QJsonObject ruleJson(const Rule& rule)
{
    QJsonArray when;
    for (const Condition& condition : rule.when)
        when += conditionJson(condition);
    QJsonObject object = rule.more;
    object[u"id"_s] = rule.id;
    object[u"name"_s] = rule.name;
    object[u"on"_s] = rule.isOn;
    object[u"type"_s] = rule.type;
    object[u"when"_s] = when;
    return object;
}

QTime timeOf(const QJsonValue& value, const QTime& otherwise)
{
    const QTime time = QTime::fromString(value.toString(), u"HH:mm"_s);
    return time.isValid() ? time : otherwise;
}

void readChannels(RulesFile& file, QJsonObject object)
{
    Channels& channels = file.channels;
    channels.desktop = object.take(u"desktop"_s).toBool(channels.desktop);
    channels.tray = object.take(u"tray"_s).toBool(channels.tray);
    channels.webhook = object.take(u"webhook"_s).toBool(channels.webhook);
    const QJsonObject quiet = object.take(u"quiet"_s).toObject();
    channels.quiet.isOn = quiet[u"on"_s].toBool();
    channels.quiet.from = timeOf(quiet[u"from"_s], channels.quiet.from);
    channels.quiet.to = timeOf(quiet[u"to"_s], channels.quiet.to);
    channels.quiet.days =
        daysFromWord(quiet[u"days"_s].toString()).value_or(QuietHours::Days::Every);
    file.moreChannels = object;
}

QJsonObject channelsJson(const RulesFile& file)
{
    const Channels& channels = file.channels;
    QJsonObject object = file.moreChannels;
    object[u"desktop"_s] = channels.desktop;
    object[u"tray"_s] = channels.tray;
    object[u"webhook"_s] = channels.webhook;
    object[u"quiet"_s] = QJsonObject{{u"on"_s, channels.quiet.isOn},
                                     {u"from"_s, channels.quiet.from.toString(u"HH:mm"_s)},
                                     {u"to"_s, channels.quiet.to.toString(u"HH:mm"_s)},
                                     {u"days"_s, daysWord(channels.quiet.days)}};
    return object;
}
} // namespace

base::Result<RulesFile> rulesFromJson(const QByteArray& bytes)
{
    const auto list = base::versionedListFrom(bytes, u"rules"_s, kMostRules);
    if (!list)
        return list.error();
    RulesFile file;
    file.version = list->version;
    file.more = list->more;
    QSet<QString> ids;
    for (const QJsonValue& value : list->entries) {
        const auto rule = ruleFrom(value);
        if (rule && !ids.contains(rule->id)) {
            ids += rule->id;
            file.rules += *rule;
        } else {
            file.unreadable += value;
        }
    }
    readChannels(file, file.more.take(u"channels"_s).toObject());
    return file;
}

QByteArray rulesToJson(const RulesFile& file)
{
    base::VersionedList list{std::max(file.version, RulesFile::kVersion), {}, file.more};
    for (const Rule& rule : file.rules)
        list.entries += ruleJson(rule);
    for (const QJsonValue& value : file.unreadable)
        list.entries += value;
    list.more[u"channels"_s] = channelsJson(file);
    return base::versionedListJson(list, u"rules"_s);
}

} // namespace queuedeck::alerts
