// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schedule/schedule.h"

#include "core/base/sentence.h"
#include "core/remote/endpointaddress.h"

using namespace Qt::StringLiterals;

namespace queuedeck::schedule {

using base::ErrorKind;
using base::fail;
using base::Sentence;

namespace {
constexpr int kMostJobs = 10'000'000;
constexpr int kMostJobsACall = 1000;
constexpr int kMostDays = 36'500;
constexpr qsizetype kLongestName = 200;

base::Status checkJobs(int jobs, int most)
{
    if (jobs < 1 || jobs > most)
        return fail(
            ErrorKind::Invalid,
            Sentence::tr("The number of jobs must be from 1 to %L1, not %L2.").arg(most).arg(jobs));
    return {};
}

base::Status check(const LocalRound& round)
{
    return checkJobs(round.maxJobs, kMostJobs);
}

base::Status check(const RemoteRound& round)
{
    if (const auto url = remote::keptUrl(round.url); !url)
        return url.error();
    return checkJobs(round.maxJobs, kMostJobsACall);
}

base::Status check(const CleanUpRound& round)
{
    if (round.olderThanDays < 1 || round.olderThanDays > kMostDays)
        return fail(
            ErrorKind::Invalid,
            Sentence::tr("The age for a clean-up must be from 1 to %L1 days.").arg(kMostDays));
    if (round.statuses.isEmpty())
        return fail(ErrorKind::Invalid,
                    Sentence::tr("A clean-up needs completed, failed, or both."));
    for (const domain::JobStatus status : round.statuses) {
        if (status != domain::JobStatus::Completed && status != domain::JobStatus::Failed)
            return fail(ErrorKind::Invalid,
                        Sentence::tr("Only completed and failed jobs are cleaned up."));
    }
    return {};
}

base::Status check(const ReportRound&)
{
    return {};
}
} // namespace

Schedule weeklyReport(const ReportRound& round)
{
    Schedule schedule;
    schedule.name = u"Weekly report: %1"_s.arg(domain::reportTitle(round.report));
    schedule.cron = u"0 7 * * MON"_s;
    schedule.work = round;
    return schedule;
}

QTimeZone Schedule::timeZone() const
{
    return zone.isEmpty() ? QTimeZone::systemTimeZone() : QTimeZone(zone);
}

base::Status Schedule::check() const
{
    if (name.trimmed().isEmpty() || name.size() > kLongestName)
        return fail(ErrorKind::Invalid,
                    Sentence::tr("A schedule needs a name of 1 to 200 characters."));
    const auto when = domain::Cron::parse(cron);
    if (!when)
        return fail(ErrorKind::Invalid, when.error().message);
    if (!timeZone().isValid())
        return fail(
            ErrorKind::Invalid,
            Sentence::tr(
                "The time zone %1 is not known on this computer. Write one such as Europe/Berlin.")
                .arg(QString::fromUtf8(zone)));
    return std::visit([](const auto& round) { return schedule::check(round); }, work);
}

} // namespace queuedeck::schedule
