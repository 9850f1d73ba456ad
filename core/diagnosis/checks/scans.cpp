// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagnosis/checks.h"

using namespace Qt::StringLiterals;

namespace queuedeck::diagnosis {

using base::Sentence;
using domain::Finding;
using domain::Remedy;
using domain::Severity;

base::Result<Verdict> checkScans(Ground& ground)
{
    const store::TableShape& shape = ground.shape();
    if (!shape.scan.exists && ground.isPostgres()) { // to whom it is hidden it does not exist
        const auto rights = ground.ask(ground.server().rights);
        if (!rights)
            return rights.error();
        if (!rights->isEmpty() && (*rights)[0].boolean(6))
            return notAllowed(Sentence::tr("this user may not look"));
    }
    if (!shape.scan.exists)
        return Verdict{};
    constexpr int kScans = 200;
    store::ScanQuery query;
    query.status = u"processing"_s;
    query.limit = kScans;
    const auto scans = ground.store().scans.list(query);
    if (!scans)
        return scans.error();
    const auto count = std::count_if(scans->cbegin(), scans->cend(), [](const domain::Scan& scan) {
        return scan.jobStatus == "completed"_L1 || scan.jobStatus == "failed"_L1;
    });
    if (count == 0)
        return good(Sentence::tr("none"));
    const bool isExact = scans->size() < kScans;
    const Sentence number = amount(count, isExact);
    return found(
        {.id = u"scans-left-behind"_s,
         .severity = Severity::Warning,
         .evidence = atLeast(
             count == 1
                 ? Sentence::tr("1 scan is still in processing, though its job has ended.")
                 : Sentence::tr("%1 scans are still in processing, though their jobs have ended.")
                       .arg(amount(count)),
             isExact),
         .cause = Sentence::tr("The web application retries a job without touching its scan."),
         .facts =
             {{Sentence::tr("Of the newest %L1 scans in processing").arg(qint64(scans->size())),
               number, Sentence(u"ImageScan, Job"_s)}},
         .remedies = {{Sentence::tr(
             "Retry the jobs with Queuedeck, which moves their scans along.")}},
         .count = count,
         .isExact = isExact},
        number);
}

} // namespace queuedeck::diagnosis
