// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/remote/remotequeue.h"

#include "core/remote/remotejson.h"

#include <QJsonArray>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace queuedeck::remote {

namespace {
constexpr qsizetype kWebApplicationsCap = 100;
} // namespace

std::optional<RemoteQueue> readQueue(const net::HttpAnswer& answer)
{
    const QJsonObject object = objectIn(answer);
    const auto pending = countIn(object[u"pendingCount"_s]);
    if (!pending || !object[u"jobs"_s].isArray())
        return {};
    RemoteQueue queue;
    queue.pendingCount = *pending;
    for (const QJsonValue job : object[u"jobs"_s].toArray())
        queue.jobs.append({idIn(job[u"id"_s]), job[u"type"_s].toString(),
                           countIn(job[u"attempts"_s]), timeIn(job[u"createdAt"_s])});
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

} // namespace queuedeck::remote
