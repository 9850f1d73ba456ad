// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/finding.h"
#include "core/store/jobreader.h"
#include "core/store/scanstore.h"

#include <QDeadlineTimer>

namespace queuedeck::store {

/// Finds problems with the jobs. Changes nothing; counts no further than kMost, reads at most
/// kNewest completed jobs, and ends each check after kEachCheck, whatever the size of the table.
/// Blocks; lives on the thread of its connection.
class Diagnosis
{
public:
    static constexpr int kMost = 1'000;
    static constexpr int kNewest = 20'000;
    static constexpr std::chrono::milliseconds kEachCheck{500};

    Diagnosis(db::Connection& connection, const TableShape& shape, JobReader& jobs,
              ScanStore& scans);

    /// The findings, most serious first, including checks that were cut short. Errors: the first
    /// one that is not a timeout.
    base::Result<domain::Findings> run();

private:
    base::Result<domain::Finding> check(domain::FindingKind kind);
    base::Result<domain::Finding> countJobs(domain::FindingKind kind, const QString& filter);
    base::Result<domain::Finding> countScans();
    using Figures = std::array<qint64, 5>; ///< as completedOddities returns them
    base::Result<Figures> readCompleted();
    base::Result<domain::Finding> countCompleted(domain::FindingKind kind);

    db::Connection& m_connection;
    const TableShape& m_shape;
    JobReader& m_jobs;
    ScanStore& m_scans;
    std::optional<base::Result<Figures>> m_completed; ///< read once
};

} // namespace queuedeck::store
