// SPDX-License-Identifier: GPL-3.0-or-later
// The read-only commands: list, show, stats, journal.
#include "app/ctl/await.h"
#include "app/ctl/commands.h"
#include "app/ctl/jsonshapes.h"
#include "app/ctl/payloads.h"
#include "core/domain/scan.h"
#include "core/service/jobservice.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace queuedeck::ctl {

using base::ErrorKind;

namespace {
constexpr int kPage = 200;
constexpr qsizetype kLongestError = 60;

QString shortTime(const QDateTime& time)
{
    return time.isValid() ? time.toUTC().toString(u"yyyy-MM-dd HH:mm:ss"_s) : u"-"_s;
}

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

/// The filter options and --where as one filter.
tl::expected<domain::JobFilter, Failure> filterOf(const List& list)
{
    const auto where = parseFilter(list.where);
    if (!where)
        return where;
    QStringList terms;
    if (!list.status.isEmpty())
        terms += u"status:"_s + list.status;
    if (!list.type.isEmpty()) {
        QString type = list.type;
        terms += u"type:\"%1\""_s.arg(type.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s));
    }
    if (terms.isEmpty())
        return where;
    if (!where->matchesAll())
        terms += u'(' + list.where + u')';
    return parseFilter(terms.join(u' '));
}

QStringList listRow(const domain::Job& job)
{
    return {visible(job.id.value), visible(job.type),        statusWord(job),
            attemptsWord(job),     shortTime(job.createdAt), shortTime(job.completedAt),
            firstLine(job.error)};
}

Done printPage(Context& context, service::JobService& jobs, const domain::JobPage& page,
               bool withPayloads, QVector<QStringList>& rows)
{
    QVector<std::optional<domain::JobDetail>> details(page.jobs.size());
    if (withPayloads) {
        domain::JobIds ids;
        for (const domain::Job& job : page.jobs)
            ids += job.id;
        auto read = readWhole(jobs, ids);
        if (!read)
            return tl::unexpected(Failure(read.error()));
        details = *read;
    }
    for (qsizetype i = 0; i < page.jobs.size(); ++i) {
        if (withPayloads && !details[i])
            continue; // deleted since the page was read
        const domain::Job& job = page.jobs[i];
        if (!context.console.isJson()) {
            rows += listRow(job);
            if (withPayloads)
                rows.last().last() = visible(QString::fromUtf8(details[i]->payload));
        } else if (withPayloads) {
            context.console.json(withPayload(jobJson(job), details[i]->payload));
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

QString ageWords(qint64 seconds)
{
    if (seconds < 120)
        return u"%1 s"_s.arg(seconds);
    if (seconds < 2 * 3600)
        return u"%1 min"_s.arg(seconds / 60);
    if (seconds < 2 * 86'400)
        return u"%1 h"_s.arg(seconds / 3600);
    return u"%1 days"_s.arg(seconds / 86'400);
}

QStringList countRow(const QString& name, const domain::TypeCounts& counts)
{
    QStringList row{name};
    for (const qint64 count : {counts.pending, counts.processing, counts.completed, counts.failed,
                               counts.other, counts.total()})
        row += QString::number(count);
    return row;
}
} // namespace

Done run(Context& context, const List& list)
{
    const auto filter = filterOf(list);
    if (!filter)
        return tl::unexpected(filter.error());
    domain::PageRequest request;
    request.filter = *filter;
    if (!list.after.isEmpty()) {
        const auto after = domain::Keyset::fromCursor(list.after);
        if (!after)
            return tl::unexpected(Failure(after.error()));
        request.after = *after;
    }
    const auto session = openSession(context, Access::Look);
    if (!session)
        return tl::unexpected(session.error());

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
    const auto session = openSession(context, Access::Look);
    if (!session)
        return tl::unexpected(session.error());
    const auto detail = await((*session)->jobs().job({show.id}));
    if (!detail)
        return tl::unexpected(Failure(detail.error()));
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
        context.console.json(withPayload(json, detail->payload));
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
    if (domain::waitsForAPicture(*detail))
        field(u"Waits"_s,
              u"for a processor that fetches its picture; only pictures that were uploaded "
              "with Queuedeck are read here"_s);
    field(u"Payload"_s, visible(QString::fromUtf8(detail->payload)));
    if (!detail->history.isEmpty())
        printHistory(context.console, detail->history);
    return kDone;
}

namespace {
QString modeWords(domain::QueueMode mode)
{
    switch (mode) {
    case domain::QueueMode::Own: return u"own"_s;
    case domain::QueueMode::Beside: return u"beside the application that made the table"_s;
    case domain::QueueMode::Guest: break;
    }
    return u"guest: nothing was created here, so there is no history, no undo and no rescue"_s;
}
} // namespace

Done run(Context& context, const Stats&)
{
    const auto session = openSession(context, Access::Look);
    if (!session)
        return tl::unexpected(session.error());
    const service::SessionInfo& info = (*session)->info();
    const auto snapshot = await((*session)->jobs().snapshot());
    if (!snapshot)
        return tl::unexpected(Failure(snapshot.error()));
    if (context.console.isJson()) {
        QJsonObject json = statsJson(*snapshot);
        json[u"mode"_s] = domain::modeName(info.mode);
        json[u"changesOff"_s] = info.changesOff;
        json[u"enqueueOff"_s] = info.enqueueOff;
        json[u"notes"_s] = QJsonArray::fromStringList(info.notes);
        context.console.json(json);
        return kDone;
    }
    QVector<QStringList> rows;
    for (auto type = snapshot->byType.cbegin(); type != snapshot->byType.cend(); ++type)
        rows += countRow(visible(type.key()), type.value());
    rows += countRow(u"all"_s, snapshot->counts);
    context.console.line(table({u"TYPE"_s, u"PENDING"_s, u"PROCESSING"_s, u"COMPLETED"_s,
                                u"FAILED"_s, u"OTHER"_s, u"TOTAL"_s},
                               rows));
    context.console.line({});
    const auto field = [&](const QString& name, const QString& value) {
        context.console.line(name.leftJustified(18) + value);
    };
    field(u"Oldest pending"_s, snapshot->oldestPending.isValid()
                                   ? ageWords(snapshot->oldestPending.secsTo(snapshot->takenAt))
                                   : u"none"_s);
    field(u"Dead"_s, QString::number(snapshot->dead));
    field(u"Stuck"_s, QString::number(snapshot->stuck));
    if (snapshot->unwatched > 0)
        field(u"Unwatched"_s,
              u"%1 processing elsewhere, not watched yet: may be stuck; an engine or a window with "
              "write access watches them"_s.arg(snapshot->unwatched));
    field(u"In the last hour"_s, u"%1 completed, %2 failed"_s.arg(snapshot->completedLastHour)
                                     .arg(snapshot->failedLastHour));
    field(u"Mode"_s, modeWords(info.mode));
    for (const QString& off : {info.changesOff, info.enqueueOff}) {
        if (!off.isEmpty())
            field(u"Off"_s, visible(off));
    }
    for (const QString& note : info.notes)
        field(u"Found"_s, visible(note));
    return kDone;
}

Done run(Context& context, const Journal& journal)
{
    const auto session = openSession(context, Access::Look);
    if (!session)
        return tl::unexpected(session.error());
    const auto entries = await((*session)->jobs().journal(journal.limit));
    if (!entries)
        return tl::unexpected(Failure(entries.error()));
    QVector<QStringList> rows;
    for (const domain::JournalEntry& entry : *entries) {
        if (context.console.isJson()) {
            context.console.json(journalJson(entry));
            continue;
        }
        const QString undo = entry.undoneAt.isValid() ? u"undone"_s
                             : entry.canUndo          ? u"can be undone"_s
                                                      : u"-"_s;
        rows += {visible(entry.id.value),
                 shortTime(entry.at),
                 visible(entry.actor + u'@' + entry.host),
                 visible(entry.action),
                 QString::number(entry.changed),
                 undo,
                 visible(entry.scope)};
    }
    if (!rows.isEmpty())
        context.console.line(table(
            {u"ID"_s, u"AT (UTC)"_s, u"WHO"_s, u"ACTION"_s, u"CHANGED"_s, u"UNDO"_s, u"SCOPE"_s},
            rows));
    else if (!context.console.isJson())
        context.console.note(u"Nothing has been changed by a person yet."_s);
    return kDone;
}

Done run(Context& context, const PrintSql& print)
{
    const auto session = openSession(context, Access::Look);
    if (!session)
        return tl::unexpected(session.error());
    const auto statements = await((*session)->jobs().statements());
    if (!statements)
        return tl::unexpected(Failure(statements.error()));
    bool isKnown = print.name.isEmpty();
    QStringList names;
    for (const domain::Statement& sql : *statements) {
        names += sql.name;
        if (!print.name.isEmpty() && sql.name != print.name)
            continue;
        isKnown = true;
        if (context.console.isJson())
            context.console.json({{u"name"_s, sql.name}, {u"sql"_s, sql.text}});
        else
            context.console.line(print.name.isEmpty() ? sql.name : sql.text + u';');
    }
    if (!isKnown)
        return tl::unexpected(
            Failure(base::fail(ErrorKind::Invalid, u"There is no statement %1. Known: %2."_s.arg(
                                                       print.name, names.join(u", "_s)))));
    return kDone;
}

} // namespace queuedeck::ctl
