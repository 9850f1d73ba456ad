// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/remotequeue.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace queuedeck::service {

namespace {
constexpr qsizetype kWebApplicationsCap = 100;

QString idText(const QJsonValue& id)
{
    return id.isDouble() ? QString::number(id.toInteger()) : id.toString();
}
} // namespace

std::optional<RemoteQueue> readQueue(const QByteArray& body)
{
    const QJsonObject object = QJsonDocument::fromJson(body).object();
    if (!object[u"pendingCount"_s].isDouble() || !object[u"jobs"_s].isArray())
        return {};
    RemoteQueue queue;
    queue.pendingCount = object[u"pendingCount"_s].toInteger();
    for (const QJsonValue job : object[u"jobs"_s].toArray())
        queue.jobs.append(
            {idText(job[u"id"_s]), job[u"type"_s].toString(), job[u"attempts"_s].toInt(),
             QDateTime::fromString(job[u"createdAt"_s].toString(), Qt::ISODateWithMs).toUTC()});
    queue.isCapped =
        queue.pendingCount == kWebApplicationsCap && queue.jobs.size() == kWebApplicationsCap;
    return queue;
}

QString queueSentence(const RemoteQueue& queue)
{
    const QLocale english(QLocale::English);
    QString sentence = (queue.isCapped ? u"At least "_s : QString()) +
                       english.toString(queue.pendingCount) + u" pending there"_s;
    if (!queue.pendingInDatabase)
        return sentence + u'.';
    sentence += u", %1 in the database."_s.arg(english.toString(*queue.pendingInDatabase));
    const bool agrees = queue.isCapped ? *queue.pendingInDatabase >= queue.pendingCount
                                       : *queue.pendingInDatabase == queue.pendingCount;
    return agrees ? sentence : sentence + u" Does this endpoint use another database?"_s;
}

} // namespace queuedeck::service
