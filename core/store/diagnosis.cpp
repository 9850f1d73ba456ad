// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/diagnosis.h"

#include "core/domain/jobrules.h"

using namespace Qt::StringLiterals;

namespace queuedeck::store {

using domain::Finding;
using domain::FindingKind;

namespace {
// Index of a kind's figure in the row of completedOddities.
int figureOf(FindingKind kind)
{
    switch (kind) {
    case FindingKind::StaleError: return 1;
    case FindingKind::RunByNoCode: return 2;
    case FindingKind::ImportWithoutBatch: return 3;
    default: return 4;
    }
}

bool isOfTheApplication(FindingKind kind)
{
    return kind == FindingKind::NoRetry || kind == FindingKind::RunByNoCode ||
           kind == FindingKind::ImportWithoutBatch;
}

// Sets a different deadline while it exists.
class Hurry
{
public:
    Hurry(db::Connection& connection, std::chrono::milliseconds deadline)
        : m_connection(connection)
        , m_before(connection.deadline())
    {
        connection.setDeadline(deadline);
    }
    ~Hurry() { m_connection.setDeadline(m_before); }
    Q_DISABLE_COPY_MOVE(Hurry)

private:
    db::Connection& m_connection;
    std::chrono::milliseconds m_before;
};
} // namespace

Diagnosis::Diagnosis(db::Connection& connection, const TableShape& shape, JobReader& jobs,
                     ScanStore& scans)
    : m_connection(connection)
    , m_shape(shape)
    , m_jobs(jobs)
    , m_scans(scans)
{
}

base::Result<domain::Findings> Diagnosis::run()
{
    const Hurry hurry(m_connection, kEachCheck);
    const bool isShared = m_shape.mode != domain::QueueMode::Own;
    domain::Findings findings;
    for (const FindingKind kind : domain::kFindingKinds) {
        if (isOfTheApplication(kind) && !isShared)
            continue;
        const auto finding = check(kind);
        if (finding && finding->count > 0)
            findings += *finding;
        else if (!finding && finding.error().kind == base::ErrorKind::Timeout)
            findings += Finding{.kind = kind, .wasCut = true};
        else if (!finding)
            return finding.error();
    }
    return findings;
}

base::Result<Finding> Diagnosis::check(FindingKind kind)
{
    switch (kind) {
    case FindingKind::DeadPending:
    case FindingKind::OddStatus:
    case FindingKind::Stuck:
    case FindingKind::NoRetry: return countJobs(kind, domain::findingFilter(kind));
    case FindingKind::ScansLeftBehind: return countScans();
    case FindingKind::OverlappingRuns: {
        auto failed = countJobs(
            kind, base::Sentence::tr("-status:completed attempts>%1").arg(domain::kMaxAttempts));
        const auto completed = countCompleted(kind);
        if (!failed || !completed)
            return failed ? completed : failed;
        failed->count += completed->count;
        failed->isExact = failed->isExact && completed->isExact;
        return failed;
    }
    case FindingKind::RunByNoCode:
    case FindingKind::ImportWithoutBatch:
    case FindingKind::StaleError: break;
    }
    return countCompleted(kind);
}

base::Result<Finding> Diagnosis::countJobs(FindingKind kind, const QString& filter)
{
    const auto parsed = domain::JobFilter::parse(filter);
    Q_ASSERT(parsed);
    const auto counted = m_jobs.count(*parsed, kMost);
    if (!counted)
        return counted.error();
    return Finding{.kind = kind, .count = counted->count, .isExact = counted->isExact};
}

base::Result<Finding> Diagnosis::countScans()
{
    Finding finding{.kind = FindingKind::ScansLeftBehind};
    if (!m_shape.scan.exists || !m_shape.mayReadScans)
        return finding;
    constexpr int kScans = 200;
    ScanQuery query;
    query.status = u"processing"_s;
    query.limit = kScans;
    const auto scans = m_scans.list(query);
    if (!scans)
        return scans.error();
    for (const domain::Scan& scan : *scans) {
        const bool hasEnded = scan.jobStatus == "completed"_L1 || scan.jobStatus == "failed"_L1;
        finding.count += hasEnded ? 1 : 0;
    }
    finding.isExact = scans->size() < kScans;
    return finding;
}

base::Result<Diagnosis::Figures> Diagnosis::readCompleted()
{
    const auto rows = m_connection.run(
        sqlText(m_shape.dialect, m_shape.isGuest()).reading.completedOddities.text(),
        {{u"max"_s, domain::kMaxAttempts}, {u"limit"_s, kNewest}});
    if (!rows)
        return rows.error();
    Figures figures{};
    for (int i = 0; i < int(figures.size()); ++i)
        figures[i] = (*rows)[0].integer(i);
    return figures;
}

base::Result<Finding> Diagnosis::countCompleted(FindingKind kind)
{
    if (!m_completed)
        m_completed = readCompleted();
    if (!*m_completed)
        return m_completed->error();
    const Figures& figures = **m_completed;
    return Finding{.kind = kind, .count = figures[figureOf(kind)], .isExact = figures[0] < kNewest};
}

} // namespace queuedeck::store
