// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/schedulewords.h"

#include "core/domain/cronwords.h"
#include "ui/widgets/format.h"

#include <QCoreApplication>
#include <QTimeZone>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace queuedeck::ui::schedulewords {

using schedule::ScheduleOutcome;

namespace {
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Schedules)

public:
    static QString of(const schedule::LocalRound& round)
    {
        return round.types.isEmpty()
                   ? tr("Run up to %1 jobs here").arg(formatCount(round.maxJobs))
                   : tr("Run up to %1 jobs here: %2")
                         .arg(formatCount(round.maxJobs), showControls(round.types.join(u", "_s)));
    }
    static QString of(const schedule::RemoteRound& round)
    {
        const QString host = showControls(QUrl(round.url).host());
        return round.drain ? tr("Drain %1, %2 jobs a call").arg(host, formatCount(round.maxJobs))
                           : tr("Trigger %1: up to %2 jobs").arg(host, formatCount(round.maxJobs));
    }
    static QString of(const schedule::CleanUpRound& round)
    {
        QStringList statuses;
        for (const domain::JobStatus status : round.statuses)
            statuses += domain::statusText(status);
        return tr("Delete %1 jobs older than %2 days")
            .arg(statuses.join(tr(" and ")), formatCount(round.olderThanDays));
    }
    static QString of(const schedule::ReportRound& round)
    {
        return tr("Make the report of the week before: %1 (%2)")
            .arg(domain::reportTitle(round.report),
                 domain::reportFormatText(round.format).toUpper());
    }
    static QString of(const ScheduleOutcome& outcome)
    {
        const QString sentence = showControls(outcome.sentence);
        return tr("%1  %2").arg(formatTime(outcome.time), sentence);
    }
};
} // namespace

QString work(const schedule::ScheduledWork& work)
{
    return std::visit([](const auto& round) { return Words::of(round); }, work);
}

QString time(const schedule::Schedule& schedule)
{
    const auto cron = domain::Cron::parse(schedule.cron);
    return cron ? domain::cronInWords(*cron) : cron.error().message.translated();
}

QString moment(const QDateTime& at, const schedule::Schedule& schedule)
{
    if (!at.isValid())
        return Words::tr("never");
    const QTimeZone zone = schedule.timeZone();
    const QDateTime there = at.toTimeZone(zone);
    const QString text = there.toString(u"ddd d MMM HH:mm"_s);
    return text + u' ' + (zone == QTimeZone::utc() ? u"UTC"_s : zone.abbreviation(there));
}

QString outcome(const ScheduleOutcome& outcome)
{
    return Words::of(outcome);
}

Icon outcomeIcon(ScheduleOutcome::Kind kind)
{
    switch (kind) {
    case ScheduleOutcome::Kind::Done: return Icon::MarkCompleted;
    case ScheduleOutcome::Kind::Failed: return Icon::MarkFailed;
    case ScheduleOutcome::Kind::Missed:
    case ScheduleOutcome::Kind::Skipped: break;
    }
    return Icon::Warning;
}

Color outcomeColor(ScheduleOutcome::Kind kind)
{
    switch (kind) {
    case ScheduleOutcome::Kind::Done: return Color::Completed;
    case ScheduleOutcome::Kind::Failed: return Color::Failed;
    case ScheduleOutcome::Kind::Missed:
    case ScheduleOutcome::Kind::Skipped: break;
    }
    return Color::Stuck;
}

} // namespace queuedeck::ui::schedulewords
