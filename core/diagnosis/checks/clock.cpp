// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/checks.h"

#include <QElapsedTimer>

using namespace Qt::StringLiterals;

namespace queuedeck::diagnosis {

using base::Sentence;
using domain::Finding;
using domain::Remedy;
using domain::Severity;

namespace {
// Rows that claim to be from the future: written by a clock that is ahead, or in local time.
base::Result<std::optional<Finding>> futureJobs(Ground& ground, const QString& zone)
{
    constexpr int kMargin = 300; // seconds
    const QDateTime after = ground.now().addSecs(kMargin);
    const auto rows = ground.ask(ground.sql().createdAfter,
                                 {{u"after"_s, db::timeText(after)}, {u"limit"_s, Ground::kMost}});
    if (!rows)
        return rows.error();
    const qint64 jobs = (*rows)[0].integer(0);
    if (jobs == 0)
        return std::optional<Finding>();
    const QDateTime newest = (*rows)[0].time(1);
    Finding finding{
        .id = u"future-jobs"_s,
        .severity = Severity::Warning,
        .evidence = atLeast(
            jobs == 1 ? Sentence::tr("1 job was created in the future.")
                      : Sentence::tr("%1 jobs were created in the future.").arg(amount(jobs)),
            jobs < Ground::kMost),
        .cause =
            Sentence::tr("What added them wrote local time into a column without a zone, which "
                         "holds UTC, or its clock is ahead. Such jobs run after all others, and "
                         "their ages are wrong."),
        .facts = {{Sentence::tr("Newest createdAt"), newest.toUTC().toString(Qt::ISODate),
                   ground.table() + u", createdAt"_s}},
        .remedies = {{Sentence::tr(
                         "Let the program that adds them send the time itself, in UTC, and "
                         "compare its clock.")},
                     {Sentence::tr("Look at the jobs."), Remedy::Action::ShowJobs}},
        .filter = u"created:%1.."_s.arg(after.toUTC().date().toString(Qt::ISODate)),
        .count = jobs,
        .isExact = jobs < Ground::kMost};
    if (!zone.isEmpty())
        finding.facts.push_back(
            {Sentence::tr("Time zone of the server"), zone, Sentence(u"log_timezone"_s)});
    return std::optional(finding);
}
} // namespace

base::Result<Verdict> checkClock(Ground& ground)
{
    Sentence note = Sentence::tr("this computer's");
    QString zone;
    Verdict verdict;
    if (ground.isPostgres()) {
        QElapsedTimer trip;
        trip.start();
        const QDateTime before = ground.now();
        const auto rows = ground.ask(ground.server().serverClock);
        if (!rows)
            return rows.error();
        zone = (*rows)[0].text(1);
        const qint64 middle = before.toMSecsSinceEpoch() + trip.elapsed() / 2;
        const qint64 ahead = (*rows)[0].integer(0) - middle; // the server
        const Sentence apart =
            Sentence::tr("%1 s").arg(QString::number(qAbs(double(ahead)) / 1000, 'f', 1));
        note = ahead < 0 ? Sentence::tr("this computer is %1 ahead").arg(apart)
                         : Sentence::tr("this computer is %1 behind").arg(apart);
        if (qAbs(ahead) >
            std::chrono::milliseconds(ground.limits().clockSkew).count() + trip.elapsed())
            verdict.findings += Finding{
                .id = u"clock-skew"_s,
                .severity = Severity::Warning,
                .evidence =
                    ahead < 0
                        ? Sentence::tr("The clock of this computer is %1 ahead of the database's.")
                              .arg(apart)
                        : Sentence::tr("The clock of this computer is %1 behind the database's.")
                              .arg(apart),
                .cause =
                    Sentence::tr("Ages, back-offs and the order of new jobs are wrong by as much."),
                .facts = {{Sentence::tr("Clock of the database"),
                           QDateTime::fromMSecsSinceEpoch((*rows)[0].integer(0), Qt::UTC)
                               .toString(Qt::ISODate),
                           Sentence(u"clock_timestamp"_s)},
                          {Sentence::tr("Clock of this computer"),
                           before.toUTC().toString(Qt::ISODate), Sentence::tr("this computer")},
                          {Sentence::tr("Time zone of the server"), zone,
                           Sentence(u"log_timezone"_s)}},
                .remedies = {
                    {Sentence::tr("Have both computers set their clocks by the network (NTP).")}}};
    }
    const auto future = futureJobs(ground, zone);
    if (!future)
        return future.error();
    if (*future)
        verdict.findings += **future;
    verdict.note = note;
    if (!verdict.findings.isEmpty())
        verdict.state = domain::CheckOutcome::State::Found;
    return verdict;
}

} // namespace queuedeck::diagnosis
