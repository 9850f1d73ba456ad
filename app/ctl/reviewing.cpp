// SPDX-License-Identifier: GPL-3.0-or-later
// journal and sql: what people changed, and the statements that run here.
#include "app/ctl/await.h"
#include "app/ctl/commands.h"
#include "app/ctl/jsonshapes.h"
#include "core/service/jobservice.h"

using namespace Qt::StringLiterals;

namespace queuedeck::ctl {

using base::ErrorKind;

Done run(Context& context, const Journal& journal)
{
    const auto session = openSession(context, Access::Read);
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
