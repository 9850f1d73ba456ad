// SPDX-License-Identifier: GPL-3.0-or-later
// stats.
#include "app/ctl/await.h"
#include "app/ctl/commands.h"
#include "app/ctl/historyshapes.h"
#include "app/ctl/jsonshapes.h"
#include "app/ctl/watching.h"
#include "app/endsignals.h"
#include "core/service/historyservice.h"
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

// What stats prints at one moment.
struct Figures
{
    domain::QueueSnapshot snapshot;
    std::optional<domain::History> history; ///< not of a guest, or if it may not be read
};

tl::expected<Figures, Failure> figuresOf(service::Session& session, const Stats& stats)
{
    const auto snapshot = await(session.jobs().snapshot());
    if (!snapshot)
        return tl::unexpected(Failure(snapshot.error()));
    Figures figures{*snapshot, {}};
    if (session.info().mode == domain::QueueMode::Guest)
        return figures;
    const auto history =
        await(session.history().read(*domain::periodFromText(stats.period), stats.type));
    if (history)
        figures.history = *history;
    else if (history.error().kind != base::ErrorKind::Denied) // this user may not read it
        return tl::unexpected(Failure(history.error()));
    return figures;
}

void printJson(Console& console, const Figures& figures, const service::SessionInfo& info)
{
    QJsonObject json = statsJson(figures.snapshot);
    if (figures.history)
        addHistory(json, *figures.history, figures.snapshot.counts.pending);
    else
        json[u"history"_s] = QJsonValue();
    json[u"mode"_s] = domain::modeName(info.mode);
    json[u"changesOff"_s] = info.changesOff;
    json[u"enqueueOff"_s] = info.enqueueOff;
    json[u"notes"_s] = QJsonArray::fromStringList(base::english(info.notes));
    console.json(json);
}

void printLines(Console& console, const Figures& figures, const service::SessionInfo& info)
{
    const domain::QueueSnapshot& snapshot = figures.snapshot;
    QVector<QStringList> rows;
    for (auto type = snapshot.byType.cbegin(); type != snapshot.byType.cend(); ++type)
        rows += countRow(visible(type.key()), type.value());
    rows += countRow(u"all"_s, snapshot.counts);
    console.line(table({u"TYPE"_s, u"PENDING"_s, u"PROCESSING"_s, u"COMPLETED"_s, u"FAILED"_s,
                        u"OTHER"_s, u"TOTAL"_s},
                       rows));
    console.line({});
    if (figures.history) {
        printHistory(console, *figures.history, snapshot.counts.pending);
        console.line({});
    }
    const auto field = [&](const QString& name, const QString& value) {
        console.line(name.leftJustified(18) + value);
    };
    field(u"Oldest pending"_s, snapshot.oldestPending.isValid()
                                   ? ageWords(snapshot.oldestPending.secsTo(snapshot.takenAt))
                                   : u"none"_s);
    field(u"Dead"_s, QString::number(snapshot.dead));
    field(u"Stuck"_s, QString::number(snapshot.stuck));
    if (snapshot.unwatched > 0)
        field(u"Unwatched"_s,
              u"%1 processing elsewhere, not watched yet: may be stuck; an engine or a window with "
              "write access watches them"_s.arg(snapshot.unwatched));
    field(
        u"In the last hour"_s,
        u"%1 completed, %2 failed"_s.arg(snapshot.completedLastHour).arg(snapshot.failedLastHour));
    field(u"Mode"_s, modeWords(info.mode));
    for (const QString& off : {info.changesOff, info.enqueueOff}) {
        if (!off.isEmpty())
            field(u"Off"_s, visible(off));
    }
    for (const QString& note : info.notes)
        field(u"Found"_s, visible(note));
}
} // namespace

Done run(Context& context, const Stats& stats)
{
    const auto session = openSession(context, Access::Read);
    if (!session)
        return tl::unexpected(session.error());
    std::optional<app::EndSignals> stop;
    if (stats.watch)
        stop.emplace();
    do {
        const auto figures = figuresOf(**session, stats);
        if (!figures)
            return tl::unexpected(figures.error());
        if (context.console.isJson()) {
            printJson(context.console, *figures, (*session)->info());
        } else {
            if (stop)
                clearScreen();
            printLines(context.console, *figures, (*session)->info());
        }
        if (!context.console.flush())
            break; // main says so
    } while (stop && waitUnlessStopped(*stop, std::chrono::seconds(2)));
    return kDone;
}

} // namespace queuedeck::ctl
