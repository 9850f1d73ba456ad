// SPDX-License-Identifier: GPL-3.0-or-later
// stats.
#include "app/ctl/await.h"
#include "app/ctl/commands.h"
#include "app/ctl/jsonshapes.h"
#include "core/service/jobservice.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace queuedeck::ctl {

namespace {
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
    const auto session = openSession(context, Access::Read);
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
        json[u"notes"_s] = QJsonArray::fromStringList(base::english(info.notes));
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

} // namespace queuedeck::ctl
