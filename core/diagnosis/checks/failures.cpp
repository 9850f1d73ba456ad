// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/checks.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace queuedeck::diagnosis {

using base::Sentence;
using domain::Finding;
using domain::Remedy;
using domain::Severity;

namespace {
constexpr int kFewest = 10;        // failures
constexpr qint64 kLately = 86'400; // seconds

// An error without what differs from job to job.
QString patternOf(const QString& error)
{
    static const QRegularExpression kId(u"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"_s);
    static const QRegularExpression kNumber(u"\\d+"_s);
    return error.section(u'\n', 0, 0)
        .simplified()
        .left(160)
        .replace(kId, u"{id}"_s)
        .replace(kNumber, u"#"_s);
}

struct Tally
{
    int ended = 0;
    int failed = 0;
    QMap<QString, int> failedByType;
    QMap<QString, int> patterns;
    QMap<QString, QString> example; ///< of a pattern
};

QString most(const QMap<QString, int>& counts)
{
    QString key;
    int count = -1;
    for (auto each = counts.cbegin(); each != counts.cend(); ++each) {
        if (each.value() > count) {
            key = each.key();
            count = each.value();
        }
    }
    return key;
}

// The newest completed and the newest failed jobs reach back differently far: only from where both
// are known do they say which share failed.
QDateTime comparableFrom(const QVector<FinishedJob>& jobs, const QDateTime& now)
{
    QDateTime from = now.addSecs(-kLately);
    for (const bool isFailed : {false, true}) {
        QDateTime oldest;
        int count = 0;
        for (const FinishedJob& job : jobs) {
            if (job.isFailed != isFailed)
                continue;
            ++count;
            if (!oldest.isValid() || job.createdAt < oldest)
                oldest = job.createdAt;
        }
        if (count >= Ground::kFinished && oldest > from)
            from = oldest;
    }
    return from;
}
} // namespace

// A failed row does not record when it failed, so this looks at jobs that were created of late.
base::Result<Verdict> checkFailures(Ground& ground)
{
    const auto jobs = ground.finished();
    if (!jobs)
        return jobs.error();
    const QDateTime after = comparableFrom(*jobs, ground.now());
    Tally tally;
    for (const FinishedJob& job : *jobs) {
        if (job.createdAt < after)
            continue;
        ++tally.ended;
        if (!job.isFailed || job.error == "Cancelled by admin"_L1)
            continue;
        ++tally.failed;
        ++tally.failedByType[job.type];
        const QString pattern = patternOf(job.error);
        ++tally.patterns[pattern];
        if (!tally.example.contains(pattern))
            tally.example[pattern] = job.error.section(u'\n', 0, 0).left(200);
    }
    if (tally.ended == 0)
        return good(Sentence::tr("no job ended in a day"));
    const Sentence share = Sentence::tr("%L1 of %L2 failed").arg(tally.failed, tally.ended);
    if (tally.failed < kFewest || tally.failed * 2 < tally.ended)
        return good(share);
    const QString type = most(tally.failedByType);
    const QString pattern = most(tally.patterns);
    const int times = tally.patterns.value(pattern);
    const Sentence source = ground.table() + u", error"_s;
    Finding finding{
        .id = u"mostly-failing"_s,
        .severity = Severity::Error,
        .evidence = Sentence::tr("%L1 of the last %L2 jobs failed.").arg(tally.failed, tally.ended),
        .cause =
            pattern.isEmpty()
                ? Sentence::tr("Most of them record no reason.")
                : Sentence::tr("%L1 of them with “%2”.").arg(times, tally.example.value(pattern)),
        .facts = {{Sentence::tr("Created since %1 and ended").arg(moment(after, ground.now())),
                   Sentence::tr("%L1").arg(tally.ended), ground.table() + u", createdAt"_s},
                  {Sentence::tr("Failed"), Sentence::tr("%L1").arg(tally.failed),
                   ground.table() + u", status"_s},
                  {Sentence::tr("Most of the type"),
                   Sentence::tr("%1, %L2").arg(type, tally.failedByType.value(type)),
                   ground.table() + u", type"_s},
                  {Sentence::tr("Most with the error"), Sentence::tr("%1, %L2").arg(pattern, times),
                   source}},
        .remedies = {{Sentence::tr("Look at the newest ones, and mend what the error names."),
                      Remedy::Action::ShowJobs},
                     {Sentence::tr("When one completes, retry the others."),
                      Remedy::Action::Retry}},
        .filter =
            u"status:failed age<24h type:\"%1\""_s.arg(QString(type).replace(u'"', u"\\\""_s)),
        .count = tally.failed};
    return found(finding, share);
}

} // namespace queuedeck::diagnosis
