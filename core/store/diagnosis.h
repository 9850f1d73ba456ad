// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/finding.h"
#include "core/store/jobreader.h"
#include "core/store/scanstore.h"

#include <QDeadlineTimer>

namespace queuedeck::store {

/// Looks for what is wrong with the jobs. Changes nothing; counts no further than kMost, looks at
/// no more than kNewest completed jobs, and ends each check in time, also on a table of any size.
/// Blocks; lives on the thread of its connection.
class Diagnosis
{
public:
    static constexpr int kMost = 1'000;
    static constexpr int kNewest = 20'000;
    static constexpr std::chrono::milliseconds kEachCheck{500};

    Diagnosis(db::Connection& connection, const TableShape& shape, JobReader& jobs,
              ScanStore& scans);

    /// What was found, the gravest first, and what was cut short. Errors: the first that is none of
    /// time.
    base::Result<domain::Findings> run();

private:
    base::Result<domain::Finding> check(domain::FindingKind kind);
    base::Result<domain::Finding> countJobs(domain::FindingKind kind, const QString& filter);
    base::Result<domain::Finding> countScans();
    using Figures = std::array<qint64, 5>; ///< as completedOddities gives them
    base::Result<Figures> readCompleted();
    base::Result<domain::Finding> countCompleted(domain::FindingKind kind);

    db::Connection& m_connection;
    const TableShape& m_shape;
    JobReader& m_jobs;
    ScanStore& m_scans;
    std::optional<base::Result<Figures>> m_completed; ///< read once
};

} // namespace queuedeck::store
