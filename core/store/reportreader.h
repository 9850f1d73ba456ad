// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"
#include "core/domain/reportrows.h"
#include "core/store/sqltext.h"
#include "core/store/tableshape.h"

namespace queuedeck::store {

/// Reads what reports are computed from. Every call blocks, reads from one database snapshot, and
/// may take a while on a large table: Connection::interrupt ends it with Cancelled. Lives on the
/// thread of its connection.
class ReportReader
{
public:
    ReportReader(db::Connection& connection, const TableShape& shape);

    base::Result<domain::QueueHealthRows> queueHealth(const domain::ReportSpan& span);
    /// Unsupported where there is no ImageScan, or it may not be read.
    base::Result<domain::ScanRows> scans(const domain::ReportSpan& span);
    /// Unsupported where there is no ImportBatch with the application's columns.
    base::Result<domain::ImportRows> imports(const domain::ReportSpan& span);
    /// Unsupported for a guest, as nothing is recorded then.
    base::Result<domain::EnrichmentRows> enrichments(const domain::ReportSpan& span);
    base::Result<domain::SpendRows> spend(const domain::ReportSpan& span);

    /// Texts of errors that are read at most, most frequent first.
    static constexpr int kMostErrors = 5000;

private:
    db::Params params(const domain::ReportSpan& span) const;
    /// The rows of all these statements, from one snapshot.
    base::Result<std::vector<db::Rows>> read(const std::vector<const Sql*>& statements,
                                             const domain::ReportSpan& span);

    db::Connection& m_connection;
    const TableShape& m_shape;
    const SqlText& m_sql;
};

} // namespace queuedeck::store
