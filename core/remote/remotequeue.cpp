// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/remote/remotequeue.h"

#include "core/base/sentence.h"
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

// Endpoints may or may not count dead jobs, those with NULL attempts and those with an unusual
// status: only a larger difference indicates another database.
base::Sentence queueSentence(const RemoteQueue& queue)
{
    const QLocale english(QLocale::English);
    base::Sentence sentence = (queue.isCapped ? base::Sentence::tr("At least %1 pending there")
                                              : base::Sentence::tr("%1 pending there"))
                                  .arg(english.toString(queue.pendingCount));
    if (!queue.pendingInDatabase)
        return sentence + u'.';
    const qint64 here = *queue.pendingInDatabase;
    const qint64 dead = queue.deadInDatabase.value_or(0);
    const qint64 odd = queue.oddInDatabase.value_or(0);
    sentence += base::Sentence::tr(", %1 in the database").arg(english.toString(here));
    if (queue.isCapped ? here >= queue.pendingCount : here == queue.pendingCount)
        return sentence + u'.';
    if (dead > 0)
        sentence += base::Sentence::tr(", of which %1 are dead: their attempts are spent or NULL")
                        .arg(english.toString(dead));
    if (odd > 0)
        sentence += base::Sentence::tr("; %1 more have a status that is none of the four")
                        .arg(english.toString(odd));
    sentence += u"."_s;
    const bool mayAgree =
        queue.pendingCount <= here + odd && (queue.isCapped || queue.pendingCount >= here - dead);
    return mayAgree ? sentence
                    : sentence + base::Sentence::tr(" Does this endpoint use another database?");
}

} // namespace queuedeck::remote
