// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/queuehealthfinding.h"

#include "core/domain/reportfigures.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::domain {

namespace {
/// Hours in a row in which far more jobs failed than otherwise.
struct BadHours
{
    qint64 from = 0; ///< since 1970, UTC
    qint64 to = 0;   ///< the last of them
    qint64 failed = 0;
};

QString hourText(qint64 hour)
{
    constexpr qint64 kSeconds = 3600;
    return reportValueText(QDateTime::fromSecsSinceEpoch(hour * kSeconds, Qt::UTC));
}

// Those with the most failures, where a fifth of the finished jobs failed and twice as many as
// otherwise.
BadHours worstHours(const QueueHealth& health)
{
    constexpr double kBad = 0.2;
    constexpr qint64 kMany = 5;
    BadHours worst;
    BadHours now;
    for (const auto& [hour, counts] : health.hours) {
        const bool isBad = counts.failed >= kMany && counts.failRate() >= kBad &&
                           counts.failRate() >= 2 * health.all.failRate();
        if (!isBad) {
            now = {};
            continue;
        }
        now = now.failed > 0 && now.to == hour - 1 ? BadHours{now.from, hour, now.failed}
                                                   : BadHours{hour, hour, 0};
        now.failed += counts.failed;
        if (now.failed > worst.failed)
            worst = now;
    }
    return worst;
}
} // namespace

double JobCounts::failRate() const
{
    return double(failed) / double(std::max<qint64>(1, finished()));
}

void JobCounts::add(const QString& status, qint64 jobs)
{
    if (status == "completed"_L1)
        completed += jobs;
    else if (status == "failed"_L1)
        failed += jobs;
    else if (status == "pending"_L1 || status == "processing"_L1)
        open += jobs;
    else
        other += jobs;
}

void JobCounts::add(const JobCounts& more)
{
    completed += more.completed;
    failed += more.failed;
    open += more.open;
    other += more.other;
}

void sayWorst(ReportDocument& report, const QueueHealth& health, int days)
{
    constexpr double kNoticed = 0.01;
    const JobCounts& all = health.all;
    if (all.all() == 0) {
        report.headline = base::Sentence::tr("No job was created in these days.");
    } else if (const BadHours bad = worstHours(health); bad.failed > 0) {
        report.headline = base::Sentence::tr("Bad hours, %1 to %2.")
                              .arg(hourText(bad.from), hourText(bad.to + 1));
        report.finding =
            base::Sentence::tr("%1 jobs created then failed, %2 of all that failed.")
                .arg(reportValueText(bad.failed), reportValueText(share(bad.failed, all.failed)));
    } else if (all.failRate() >= kNoticed && all.failRate() >= 2 * health.before.failRate() &&
               health.before.finished() > 0) {
        report.headline = base::Sentence::tr("More jobs failed than before.");
        report.finding =
            base::Sentence::tr("%1 of the finished jobs failed, %2 in the %3 days before.")
                .arg(reportValueText(ReportShare{all.failRate()}),
                     reportValueText(ReportShare{health.before.failRate()}), QString::number(days));
    } else if (health.longestWait > kLongWait) {
        report.headline = u"A job waited %1."_s.arg(reportValueText(health.longestWait));
        report.finding = base::Sentence::tr("No job should wait longer than %1.")
                             .arg(reportValueText(kLongWait));
    } else if (all.other > 0) {
        report.headline =
            base::Sentence::tr("%1 jobs have an unknown status.").arg(reportValueText(all.other));
    }
}

} // namespace queuedeck::domain
