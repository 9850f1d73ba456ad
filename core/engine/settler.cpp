// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/settler.h"

#include "core/base/logging.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace queuedeck::engine {

namespace {
// Up to this many results are reported one by one.
constexpr size_t kMostTold = 50;
} // namespace

bool mayPass(const base::Error& error)
{
    return error.recovery == base::Recovery::Again || error.recovery == base::Recovery::Later ||
           error.recovery == base::Recovery::MayReturn;
}

std::vector<store::Results> resultsOf(const std::vector<FinishedBatch>& finished)
{
    std::vector<store::Results> results;
    for (const FinishedBatch& some : finished)
        results.push_back(some.results);
    return results;
}

void Settler::keep(std::vector<FinishedBatch> finished)
{
    std::move(finished.begin(), finished.end(), std::back_inserter(m_kept));
}

base::Status Settler::settle(store::JobStore& store, std::vector<FinishedBatch> finished)
{
    keep(std::move(finished));
    std::vector<FinishedBatch> all = std::exchange(m_kept, {});
    const SettleLane::Answers answers = SettleLane::settle(store, resultsOf(all));
    return conclude(std::move(all), answers);
}

base::Status Settler::settleBeside(std::vector<FinishedBatch> finished,
                                   const std::function<void()>& meanwhile)
{
    m_lane.start(resultsOf(finished));
    meanwhile();
    return conclude(std::move(finished), m_lane.finish());
}

base::Status Settler::conclude(std::vector<FinishedBatch> finished,
                               const SettleLane::Answers& answers)
{
    base::Status status;
    const size_t jobs = jobsOf(finished);
    const bool isTold = m_onEvent && jobs <= kMostTold;
    for (size_t i = 0; i < finished.size(); ++i) {
        const base::Result<store::Settled>& settled = answers[i];
        if (settled) {
            conclude(finished[i], *settled, isTold);
        } else if (mayPass(settled.error())) {
            status = settled.error();
            m_kept.push_back(std::move(finished[i]));
            continue;
        } else {
            // A retry cannot help: the lease expires, and the jobs are run again.
            const int refused = int(finished[i].times.size());
            m_report.unsettled += refused;
            const base::Sentence line = base::Sentence::tr("%1 results could not be written: %2")
                                            .arg(refused)
                                            .arg(settled.error().detail);
            qCWarning(lcEngine).noquote() << line;
            if (m_onEvent)
                m_onEvent(line);
        }
        m_claimedJobs.settled(finished[i]);
    }
    if (m_onEvent && !isTold)
        m_onEvent(u"%1 jobs settled"_s.arg(jobs));
    return status;
}

void Settler::conclude(const FinishedBatch& finished, const store::Settled& settled, bool isTold)
{
    const domain::JobIds& accepted = settled.accepted;
    QSet<domain::JobId> refused;
    for (const store::Refused& job : settled.refused) {
        refused.insert(job.id);
        ++m_report.unsettled;
        const base::Sentence line = base::Sentence::tr("%1  the result could not be written: %2")
                                        .arg(job.id.value, job.reason);
        qCWarning(lcEngine).noquote() << line;
        if (m_onEvent)
            m_onEvent(line);
    }
    const QVector<store::Settlement>& settlements = finished.results.settlements;
    const bool areAllOurs = accepted.size() == settlements.size();
    const QSet<domain::JobId> ours =
        areAllOurs ? QSet<domain::JobId>() : QSet(accepted.cbegin(), accepted.cend());
    AttemptTally::Adding tally = m_tally.adding(m_clock.now());
    for (qsizetype i = 0; i < settlements.size(); ++i) {
        const bool isOurs = areAllOurs || ours.contains(settlements[i].id);
        if (!isOurs && refused.contains(settlements[i].id))
            continue;
        if (isTold)
            tell(finished, size_t(i), isOurs);
        if (isOurs) {
            count(settlements[i]);
            tally.add(settlements[i], finished.job(size_t(i)), finished.times[size_t(i)].ran);
        } else {
            ++m_report.overtaken;
            qCInfo(lcEngine).noquote() << settlements[i].id.value << "overtaken: result refused";
        }
    }
}

void Settler::tell(const FinishedBatch& finished, size_t number, bool isAccepted) const
{
    const store::ClaimedJob& job = finished.job(number);
    const store::Settlement& settlement = finished.results.settlements[qsizetype(number)];
    const double seconds = std::chrono::duration<double>(finished.times[number].ran).count();
    QString line = u"%1  %2  try %3  %4 in %5 s"_s.arg(job.id.value, job.type)
                       .arg(job.attempt)
                       .arg(isAccepted ? settlement.outcome : u"overtaken, result refused"_s)
                       .arg(seconds, 0, 'f', 1);
    if (isAccepted && !settlement.error.isEmpty())
        line += u": "_s + settlement.error.section(u'\n', 0, 0).left(300);
    m_onEvent(line);
}

void Settler::count(const store::Settlement& settlement)
{
    if (settlement.refund)
        ++m_report.released;
    else if (settlement.status == domain::JobStatus::Completed)
        ++m_report.completed;
    else
        ++m_report.failed;
}

} // namespace queuedeck::engine
