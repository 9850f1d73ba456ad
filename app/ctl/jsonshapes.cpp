// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/jsonshapes.h"

#include "core/domain/safejson.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace queuedeck::ctl {

namespace {
QJsonValue textOrNull(const QString& text)
{
    return text.isNull() ? QJsonValue(QJsonValue::Null) : QJsonValue(text);
}

QByteArray asStored(const QByteArray& json)
{
    if (json.isNull())
        return "null";
    if (domain::isOneJsonValue(json))
        return json.trimmed();
    const QByteArray list =
        QJsonDocument(QJsonArray{QString::fromUtf8(json)}).toJson(QJsonDocument::Compact);
    return list.mid(1, list.size() - 2); // without the array's brackets
}
} // namespace

QJsonValue timeJson(const QDateTime& time)
{
    return time.isValid() ? QJsonValue(time.toUTC().toString(Qt::ISODateWithMs))
                          : QJsonValue(QJsonValue::Null);
}

QJsonObject progressJson(const domain::Progress& progress)
{
    return {{u"fraction"_s, progress.fraction ? QJsonValue(*progress.fraction) : QJsonValue()},
            {u"text"_s, progress.text}};
}

QJsonObject jobJson(const domain::Job& job)
{
    QJsonObject json{{u"id"_s, job.id.value},
                     {u"type"_s, job.type},
                     {u"status"_s, textOrNull(job.rawStatus)},
                     {u"attempts"_s, job.attempts ? QJsonValue(*job.attempts) : QJsonValue()},
                     {u"error"_s, textOrNull(job.error)},
                     {u"createdAt"_s, timeJson(job.createdAt)},
                     {u"completedAt"_s, timeJson(job.completedAt)}};
    if (!job.progress.isEmpty())
        json[u"progress"_s] = progressJson(job.progress);
    return json;
}

QJsonObject countsJson(const domain::TypeCounts& counts)
{
    return {{u"pending"_s, counts.pending},
            {u"processing"_s, counts.processing},
            {u"completed"_s, counts.completed},
            {u"failed"_s, counts.failed},
            {u"other"_s, counts.other}};
}

QJsonObject attemptJson(const domain::Attempt& attempt)
{
    return {{u"attempt"_s, attempt.number},
            {u"engine"_s, attempt.engine},
            {u"startedAt"_s, timeJson(attempt.startedAt)},
            {u"endedAt"_s, timeJson(attempt.endedAt)},
            {u"outcome"_s, attempt.endedAt.isValid() ? QJsonValue(attempt.outcome) : QJsonValue()},
            {u"error"_s, attempt.error.isEmpty() ? QJsonValue() : attempt.error}};
}

QJsonObject statsJson(const domain::QueueSnapshot& snapshot)
{
    QJsonObject byType;
    for (auto type = snapshot.byType.cbegin(); type != snapshot.byType.cend(); ++type)
        byType[type.key()] = countsJson(type.value());
    QJsonValue oldest;
    if (snapshot.oldestPending.isValid())
        oldest = std::max<qint64>(0, snapshot.oldestPending.secsTo(snapshot.takenAt));
    return {{u"takenAt"_s, timeJson(snapshot.takenAt)},
            {u"counts"_s, countsJson(snapshot.counts)},
            {u"byType"_s, byType},
            {u"oldestPendingSeconds"_s, oldest},
            {u"dead"_s, snapshot.dead},
            {u"stuck"_s, snapshot.stuck},
            {u"unwatched"_s, snapshot.unwatched},
            {u"completedLastHour"_s, snapshot.completedLastHour},
            {u"failedLastHour"_s, snapshot.failedLastHour}};
}

QJsonObject outcomeJson(const domain::Outcome& outcome)
{
    QJsonArray skipped;
    for (const domain::Skipped& row : outcome.skipped)
        skipped += QJsonObject{{u"id"_s, row.id}, {u"reason"_s, row.why.text()}};
    QJsonObject json{
        {u"matched"_s, outcome.matched},
        {u"changed"_s, outcome.changed},
        {u"skipped"_s, skipped},
        {u"journalId"_s, outcome.journal.isEmpty() ? QJsonValue() : outcome.journal.value},
        {u"dryRun"_s, outcome.dryRun}};
    if (outcome.cancelled)
        json[u"stopped"_s] = true;
    if (outcome.failure)
        json[u"error"_s] = QJsonObject{{u"kind"_s, base::kindName(outcome.failure->kind)},
                                       {u"message"_s, outcome.failure->detail}};
    if (outcome.wereRunning > 0)
        json[u"wereRunning"_s] = outcome.wereRunning;
    if (!outcome.lost.isEmpty())
        json[u"notBroughtBack"_s] = QJsonArray::fromStringList(base::english(outcome.lost));
    return json;
}

QJsonObject journalJson(const domain::JournalEntry& entry)
{
    QJsonObject skipped;
    for (auto reason = entry.skipped.cbegin(); reason != entry.skipped.cend(); ++reason)
        skipped[reason.key()] = reason.value();
    QJsonObject json{{u"id"_s, entry.id.value},     {u"at"_s, timeJson(entry.at)},
                     {u"actor"_s, entry.actor},     {u"host"_s, entry.host},
                     {u"action"_s, entry.action},   {u"scope"_s, entry.scope},
                     {u"changed"_s, entry.changed}, {u"undoneAt"_s, timeJson(entry.undoneAt)},
                     {u"canUndo"_s, entry.canUndo}, {u"skipped"_s, skipped}};
    if (!entry.undoes.isEmpty())
        json[u"undoes"_s] = entry.undoes.value;
    if (entry.state != domain::JournalEntry::State::Ended) {
        json[u"state"_s] = entry.canResume() ? u"stopped"_s : u"running"_s;
        json[u"done"_s] = entry.done;
        json[u"total"_s] = entry.total;
    }
    return json;
}

QJsonObject journalRowJson(const domain::JournalRow& row)
{
    const auto columns = [](const QMap<QString, QString>& texts) {
        QJsonObject json;
        for (auto column = texts.cbegin(); column != texts.cend(); ++column)
            json[column.key()] =
                column.value().isNull() ? QJsonValue() : QJsonValue(column.value());
        return json;
    };
    return {{u"job"_s, row.job.value},
            {u"before"_s, row.wasThere ? QJsonValue(columns(row.before)) : QJsonValue()},
            {u"after"_s, row.isThere ? QJsonValue(columns(row.after)) : QJsonValue()}};
}

QJsonObject reportJson(const service::ProcessReport& report)
{
    QJsonObject object{{u"processed"_s, report.processed},
                       {u"failed"_s, report.failed},
                       {u"startTime"_s, timeJson(report.startTime)},
                       {u"endTime"_s, timeJson(report.endTime)},
                       {u"message"_s, report.message}};
    if (report.unsettled > 0)
        object[u"unsettled"_s] = report.unsettled;
    if (report.haltedAfter > 0) {
        object[u"haltedAfter"_s] = report.haltedAfter;
        object[u"lastFailure"_s] = report.lastFailure;
    }
    return object;
}

QByteArray withPayload(const QJsonObject& object, const QByteArray& payload,
                       const QByteArray& result)
{
    QByteArray line = QJsonDocument(object).toJson(QJsonDocument::Compact);
    line.chop(1); // the closing brace
    line += ",\"payload\":" + asStored(payload);
    if (!result.isEmpty())
        line += ",\"result\":" + asStored(result);
    return domain::safeJson(line + '}');
}

} // namespace queuedeck::ctl
