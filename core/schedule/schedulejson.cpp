// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schedule/schedulejson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

#include <array>

using namespace Qt::StringLiterals;

namespace queuedeck::schedule {

using base::ErrorKind;
using base::fail;
using base::Sentence;
using Kind = ScheduleOutcome::Kind;

namespace {
constexpr int kVersion = 1;
constexpr std::array kKinds{std::pair{Kind::Done, "done"}, std::pair{Kind::Failed, "failed"},
                            std::pair{Kind::Missed, "missed"}, std::pair{Kind::Skipped, "skipped"}};

QString timeText(const QDateTime& time)
{
    return time.isValid() ? time.toUTC().toString(Qt::ISODateWithMs) : QString();
}

QDateTime timeOf(const QJsonValue& value)
{
    return QDateTime::fromString(value.toString(), Qt::ISODateWithMs).toUTC();
}

QString textOf(Kind kind)
{
    for (const auto& [known, text] : kKinds) {
        if (known == kind)
            return QLatin1String(text);
    }
    return {};
}

std::optional<Kind> kindOf(const QString& text)
{
    for (const auto& [kind, known] : kKinds) {
        if (text == QLatin1String(known))
            return kind;
    }
    return std::nullopt;
}

ErrorKind errorOf(const QString& text)
{
    for (int kind = 0; kind <= int(ErrorKind::Internal); ++kind) {
        if (base::kindName(ErrorKind(kind)) == text)
            return ErrorKind(kind);
    }
    return ErrorKind::Internal;
}

QJsonObject workJson(const LocalRound& round)
{
    return {{u"kind"_s, u"local"_s},
            {u"maxJobs"_s, round.maxJobs},
            {u"types"_s, QJsonArray::fromStringList(round.types)}};
}

QJsonObject workJson(const RemoteRound& round)
{
    return {{u"kind"_s, u"remote"_s},
            {u"url"_s, round.url},
            {u"maxJobs"_s, round.maxJobs},
            {u"drain"_s, round.drain}};
}

QJsonObject workJson(const CleanUpRound& round)
{
    QJsonArray statuses;
    for (const domain::JobStatus status : round.statuses)
        statuses += domain::statusText(status);
    return {{u"kind"_s, u"cleanup"_s},
            {u"olderThanDays"_s, round.olderThanDays},
            {u"statuses"_s, statuses}};
}

QJsonObject workJson(const ReportRound& round)
{
    return {{u"kind"_s, u"report"_s},
            {u"report"_s, domain::reportKindText(round.report)},
            {u"format"_s, domain::reportFormatText(round.format)}};
}

std::optional<ScheduledWork> workOf(const QJsonObject& object)
{
    const QString kind = object[u"kind"_s].toString();
    if (kind == "local"_L1) {
        LocalRound round{object[u"maxJobs"_s].toInt()};
        for (const QJsonValue& type : object[u"types"_s].toArray())
            round.types += type.toString();
        return round;
    }
    if (kind == "remote"_L1)
        return RemoteRound{object[u"url"_s].toString(), object[u"maxJobs"_s].toInt(),
                           object[u"drain"_s].toBool()};
    if (kind == "cleanup"_L1) {
        CleanUpRound round{object[u"olderThanDays"_s].toInt(), {}};
        for (const QJsonValue& status : object[u"statuses"_s].toArray())
            round.statuses += domain::statusFromText(status.toString());
        return round;
    }
    const auto report = domain::reportKindFromText(object[u"report"_s].toString());
    const auto format = domain::reportFormatFromText(object[u"format"_s].toString());
    if (kind == "report"_L1 && report && format)
        return ReportRound{*report, *format};
    return std::nullopt;
}

QJsonObject outcomeJson(const ScheduleOutcome& outcome)
{
    QJsonObject object{{u"kind"_s, textOf(outcome.kind)},
                       {u"time"_s, timeText(outcome.time)},
                       {u"tookMs"_s, qint64(outcome.took.count())},
                       {u"sentence"_s, outcome.sentence}};
    if (outcome.kind == Kind::Failed)
        object[u"error"_s] = base::kindName(outcome.error);
    if (outcome.runs != 1)
        object[u"runs"_s] = outcome.runs;
    return object;
}

// An unreadable outcome is dropped; the others are kept.
QVector<ScheduleOutcome> outcomesOf(const QJsonArray& array)
{
    QVector<ScheduleOutcome> outcomes;
    for (const QJsonValue& value : array) {
        const QJsonObject object = value.toObject();
        const auto kind = kindOf(object[u"kind"_s].toString());
        if (!kind)
            continue;
        outcomes += ScheduleOutcome{*kind,
                                    timeOf(object[u"time"_s]),
                                    std::chrono::milliseconds(object[u"tookMs"_s].toInteger()),
                                    object[u"sentence"_s].toString(),
                                    errorOf(object[u"error"_s].toString()),
                                    std::max(1, object[u"runs"_s].toInt(1))};
    }
    return outcomes;
}
} // namespace

QByteArray schedulesToJson(const ScheduleFileContent& content)
{
    QJsonArray schedules;
    for (const Schedule& schedule : content.schedules) {
        const ScheduleRecord record = content.records.value(schedule.id);
        QJsonArray outcomes;
        for (const ScheduleOutcome& outcome : record.outcomes)
            outcomes += outcomeJson(outcome);
        schedules += QJsonObject{
            {u"id"_s, schedule.id},
            {u"name"_s, schedule.name},
            {u"cron"_s, schedule.cron},
            {u"zone"_s, QString::fromLatin1(schedule.zone)},
            {u"enabled"_s, schedule.enabled},
            {u"work"_s,
             std::visit([](const auto& round) { return workJson(round); }, schedule.work)},
            {u"handledUntil"_s, timeText(record.handledUntil)},
            {u"outcomes"_s, outcomes},
        };
    }
    return QJsonDocument(QJsonObject{{u"version"_s, kVersion}, {u"schedules"_s, schedules}})
        .toJson();
}

base::Result<ScheduleFileContent> schedulesFromJson(const QByteArray& json)
{
    QJsonParseError parsing;
    const QJsonDocument document = QJsonDocument::fromJson(json, &parsing);
    if (!document.isObject())
        return fail(ErrorKind::Invalid, Sentence::tr("it is not JSON: %1 at character %2")
                                            .arg(parsing.errorString())
                                            .arg(parsing.offset));
    if (document[u"version"_s].toInt() != kVersion || !document[u"schedules"_s].isArray())
        return fail(ErrorKind::Invalid,
                    Sentence::tr("it was written by another version of Queuedeck"));
    ScheduleFileContent content;
    QSet<QString> ids;
    for (const QJsonValue& value : document[u"schedules"_s].toArray()) {
        const QJsonObject object = value.toObject();
        const auto work = workOf(object[u"work"_s].toObject());
        Schedule schedule{object[u"id"_s].toString(),   object[u"name"_s].toString(),
                          object[u"cron"_s].toString(), object[u"zone"_s].toString().toLatin1(),
                          work.value_or(LocalRound{}),  object[u"enabled"_s].toBool()};
        const base::Status good = schedule.check();
        if (schedule.id.isEmpty() || ids.contains(schedule.id) || !work || !good)
            return fail(
                ErrorKind::Invalid,
                Sentence::tr("the schedule \"%1\" is not understood%2")
                    .arg(schedule.name, good ? QString() : u" ("_s + good.error().detail + u')'));
        ids += schedule.id;
        content.records[schedule.id] = {timeOf(object[u"handledUntil"_s]),
                                        outcomesOf(object[u"outcomes"_s].toArray())};
        content.schedules += schedule;
    }
    return content;
}

} // namespace queuedeck::schedule
