// SPDX-License-Identifier: GPL-3.0-or-later
// list and show.
#include "app/ctl/await.h"
#include "app/ctl/commands.h"
#include "app/ctl/jsonshapes.h"
#include "app/ctl/progressnotes.h"
#include "core/domain/picturereach.h"
#include "core/service/engineservice.h"
#include "core/service/jobservice.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace queuedeck::ctl {

using base::ErrorKind;

namespace {
constexpr int kPage = 200;
constexpr qsizetype kLongestError = 60;

QString firstLine(const QString& text)
{
    const QString line = visible(text.section(u'\n', 0, 0));
    return line.size() > kLongestError ? line.left(kLongestError - 1) + u'…' : line;
}

QString statusWord(const domain::Job& job)
{
    return job.rawStatus.isNull() ? u"(none)"_s : visible(job.rawStatus);
}

QString attemptsWord(const domain::Job& job)
{
    return job.attempts ? QString::number(*job.attempts) : u"-"_s;
}

QStringList listRow(const domain::Job& job)
{
    return {visible(job.id.value),
            visible(job.type),
            statusWord(job),
            attemptsWord(job),
            shortTime(job.createdAt),
            shortTime(job.completedAt),
            firstLine(job.progress.isEmpty() ? job.error : progressWords(job.progress))};
}

Done printPage(Context& context, service::JobService& jobs, const domain::JobPage& page,
               bool withPayloads, QVector<QStringList>& rows)
{
    QHash<domain::JobId, domain::JobContent> contents;
    if (withPayloads) {
        domain::JobIds ids;
        for (const domain::Job& job : page.jobs)
            ids += job.id;
        const auto read = await(jobs.contents(ids));
        if (!read)
            return tl::unexpected(Failure(read.error()));
        contents = *read;
    }
    for (const domain::Job& job : page.jobs) {
        if (withPayloads && !contents.contains(job.id))
            continue; // deleted since the page was read
        const QByteArray payload = contents.value(job.id).payload;
        if (!context.console.isJson()) {
            rows += listRow(job);
            if (withPayloads)
                rows.last().last() = visible(QString::fromUtf8(payload));
        } else if (withPayloads) {
            context.console.json(withPayload(jobJson(job), payload));
        } else {
            context.console.json(jobJson(job));
        }
    }
    return kDone;
}

void printHistory(Console& console, const QVector<domain::Attempt>& history)
{
    QVector<QStringList> rows;
    for (const domain::Attempt& attempt : history)
        rows += {QString::number(attempt.number),
                 visible(attempt.engine),
                 shortTime(attempt.startedAt),
                 shortTime(attempt.endedAt),
                 attempt.outcome.isEmpty() ? u"running"_s : visible(attempt.outcome),
                 firstLine(attempt.error)};
    console.line({});
    console.line(table(
        {u"ATTEMPT"_s, u"ENGINE"_s, u"STARTED"_s, u"ENDED"_s, u"OUTCOME"_s, u"ERROR"_s}, rows));
}
} // namespace

Done run(Context& context, const List& list)
{
    auto filter = filterOf(list.status, list.type, list.where);
    if (!filter)
        return tl::unexpected(filter.error());
    domain::PageRequest request;
    if (!list.after.isEmpty()) {
        const auto after = domain::Keyset::fromCursor(list.after);
        if (!after)
            return tl::unexpected(Failure(after.error()));
        request.after = *after;
    }
    const auto session = openSession(context, Access::Read);
    if (!session)
        return tl::unexpected(session.error());
    if (!list.view.isEmpty()) {
        const auto query = viewQuery(list.view, **session);
        if (!query)
            return tl::unexpected(query.error());
        // Each stays together, whatever it joins by "or".
        const QString both = query->trimmed().isEmpty() ? list.where
                             : list.where.trimmed().isEmpty()
                                 ? *query
                                 : u"(%1) (%2)"_s.arg(*query, list.where);
        filter = filterOf(list.status, list.type, both);
        if (!filter)
            return tl::unexpected(filter.error());
    }
    request.filter = *filter;

    QVector<QStringList> rows;
    int left = list.limit;
    bool isLast = false;
    while (left > 0 && !isLast) {
        request.limit = std::min(left, kPage);
        const auto page = await((*session)->jobs().page(request));
        if (!page)
            return tl::unexpected(Failure(page.error()));
        const Done printed = printPage(context, (*session)->jobs(), *page, list.payload, rows);
        if (!printed)
            return printed;
        left -= int(page->jobs.size());
        isLast = page->isLast || page->jobs.isEmpty();
        if (!page->keys.isEmpty())
            request.after = page->keys.last();
    }
    if (!context.console.isJson()) {
        if (rows.isEmpty())
            context.console.note(filter->matchesAll() ? u"No jobs yet."_s
                                                      : u"No job matches this filter."_s);
        else
            context.console.line(
                table({u"ID"_s, u"TYPE"_s, u"STATUS"_s, u"ATTEMPTS"_s, u"CREATED (UTC)"_s,
                       u"COMPLETED (UTC)"_s, list.payload ? u"PAYLOAD"_s : u"ERROR"_s},
                      rows));
    }
    if (!isLast)
        context.console.note(u"next: "_s + request.after.toCursor());
    return kDone;
}

Done run(Context& context, const Show& show)
{
    const auto session = openSession(context, Access::Read);
    if (!session)
        return tl::unexpected(session.error());
    const auto detail = await((*session)->jobs().job({show.id}));
    if (!detail)
        return tl::unexpected(Failure(detail.error()));
    const bool isEnrichment = detail->job.type == domain::kEnrichmentType;
    std::optional<domain::Enrichment> enrichment;
    if (isEnrichment) {
        const auto found = await((*session)->jobs().enrichment({show.id}));
        if (!found)
            return tl::unexpected(Failure(found.error()));
        enrichment = *found;
    }
    const QString waits = waitsForAKey(**session, detail->job);
    const QString why = whyItFailed(**session, detail->job);
    if (context.console.isJson()) {
        QJsonObject json = jobJson(detail->job);
        QJsonArray history;
        for (const domain::Attempt& attempt : detail->history)
            history += attemptJson(attempt);
        json[u"history"_s] = history;
        json[u"scanId"_s] = detail->scan ? QJsonValue(detail->scan->value) : QJsonValue();
        json[u"notBefore"_s] = timeJson(detail->notBefore);
        json[u"runsNext"_s] = detail->expedited;
        json[u"stuck"_s] = detail->job.isStuck;
        json[u"why"_s] = why.isEmpty() ? QJsonValue() : QJsonValue(why);
        if (isEnrichment) {
            json[u"enrichment"_s] =
                enrichment ? QJsonValue(enrichmentJson(*enrichment)) : QJsonValue();
            json[u"waits"_s] = waits.isEmpty() ? QJsonValue() : QJsonValue(waits);
        }
        context.console.json(withPayload(json, detail->payload, detail->result()));
        return kDone;
    }
    const domain::Job& job = detail->job;
    const auto field = [&](const QString& name, const QString& value) {
        context.console.line(name.leftJustified(12) + value);
    };
    field(u"ID"_s, visible(job.id.value));
    field(u"Type"_s, visible(job.type));
    field(u"Status"_s, statusWord(job));
    if (job.isStuck)
        field(u"Stuck"_s, detail->aloneSince.isValid()
                              ? u"no live lease, its row unchanged since %1 UTC"_s.arg(
                                    shortTime(detail->aloneSince))
                              : u"no live lease: its engine is gone"_s);
    if (!job.progress.isEmpty())
        field(u"Progress"_s, progressWords(job.progress));
    field(u"Attempts"_s, attemptsWord(job));
    field(u"Created"_s, shortTime(job.createdAt) + u" UTC"_s);
    if (job.completedAt.isValid())
        field(u"Completed"_s, shortTime(job.completedAt) + u" UTC"_s);
    if (detail->notBefore.isValid())
        field(u"Not before"_s, shortTime(detail->notBefore) + u" UTC"_s);
    if (detail->expedited)
        field(u"Runs next"_s, u"yes"_s);
    if (!job.error.isEmpty())
        field(u"Error"_s, visible(job.error));
    if (!why.isEmpty())
        field(u"Why"_s, visible(why));
    if (domain::waitsForAPicture(*detail, (*session)->engine().pictureReach()))
        field(u"Waits"_s, u"for a processor that fetches its picture; here, "
                          "`process --fetch-pictures yes` does so for those on the web"_s);
    if (!waits.isEmpty())
        field(u"Waits"_s, waits);
    field(u"Payload"_s, visible(QString::fromUtf8(detail->payload)));
    if (!detail->result().isEmpty())
        field(u"Result"_s, visible(QString::fromUtf8(detail->result())));
    if (!detail->history.isEmpty())
        printHistory(context.console, detail->history);
    if (enrichment)
        printEnrichment(context.console, *enrichment);
    return kDone;
}

} // namespace queuedeck::ctl
