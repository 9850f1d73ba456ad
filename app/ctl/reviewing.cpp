// SPDX-License-Identifier: GPL-3.0-or-later
// journal and sql: what people changed, and the statements that run here.
#include "app/ctl/await.h"
#include "app/ctl/commands.h"
#include "app/ctl/jsonshapes.h"
#include "core/service/jobservice.h"

using namespace Qt::StringLiterals;

namespace queuedeck::ctl {

using base::ErrorKind;

namespace {
constexpr int kRowsAtOnce = 500;

QString undoWords(const domain::JournalEntry& entry)
{
    using State = domain::JournalEntry::State;
    if (entry.state != State::Ended)
        return u"%1 at %2 of %3"_s.arg(entry.state == State::Running ? u"running"_s : u"stopped"_s)
            .arg(entry.done)
            .arg(entry.total);
    if (entry.undoneAt.isValid())
        return u"undone"_s;
    return !entry.canUndo ? u"-"_s : entry.isUndo() ? u"can be redone"_s : u"can be undone"_s;
}

/// "status: failed → pending, attempts: 3 → 0"
QString changeWords(const domain::JournalRow& row)
{
    if (!row.isThere)
        return u"deleted"_s;
    if (!row.wasThere)
        return u"restored"_s;
    QStringList columns;
    for (auto column = row.after.cbegin(); column != row.after.cend(); ++column) {
        const auto shown = [](const QString& value) {
            return value.isNull() ? u"-"_s : visible(value.left(200));
        };
        columns += u"%1: %2 → %3"_s.arg(visible(column.key()), shown(row.before[column.key()]),
                                        shown(column.value()));
    }
    return columns.isEmpty() ? u"no column changed"_s : columns.join(u", "_s);
}

Done printRows(Context& context, service::Session& session, const QString& entry)
{
    QString after;
    for (bool isFirst = true;; isFirst = false) {
        const auto rows = await(session.jobs().journalRows({entry}, after, kRowsAtOnce));
        if (!rows)
            return tl::unexpected(Failure(rows.error()));
        if (isFirst && rows->isEmpty())
            return tl::unexpected(Failure(base::fail(
                ErrorKind::NotFound,
                base::Sentence::tr("The journal has no jobs of an entry %1.").arg(entry))));
        for (const domain::JournalRow& row : *rows) {
            if (context.console.isJson())
                context.console.json(journalRowJson(row));
            else
                context.console.line(visible(row.job.value) + u"  "_s + changeWords(row));
        }
        if (rows->size() < kRowsAtOnce)
            return kDone;
        after = rows->last().job.value;
    }
}
} // namespace

Done run(Context& context, const Journal& journal)
{
    const auto session = openSession(context, Access::Read);
    if (!session)
        return tl::unexpected(session.error());
    if (!journal.entry.isEmpty())
        return printRows(context, **session, journal.entry);
    const auto entries = await((*session)->jobs().journal(journal.limit));
    if (!entries)
        return tl::unexpected(Failure(entries.error()));
    QVector<QStringList> rows;
    for (const domain::JournalEntry& entry : *entries) {
        if (context.console.isJson()) {
            context.console.json(journalJson(entry));
            continue;
        }
        rows += {visible(entry.id.value),
                 shortTime(entry.at),
                 visible(entry.actor + u'@' + entry.host),
                 visible(entry.action),
                 QString::number(entry.changed),
                 undoWords(entry),
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
    const auto session = openSession(context, Access::Read);
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
        return tl::unexpected(Failure(base::fail(
            ErrorKind::Invalid, base::Sentence::tr("There is no statement %1. Known: %2.")
                                    .arg(print.name, names.join(u", "_s)))));
    return kDone;
}

} // namespace queuedeck::ctl
