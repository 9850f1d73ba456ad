// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/reportdocument.h"
#include "core/domain/reportrows.h"

#include <map>

namespace queuedeck::domain {

ReportDocument queueHealthReport(const QueueHealthRows& rows, const ReportOrigin& origin);
ReportDocument scansReport(const ScanRows& rows, const ReportOrigin& origin);
ReportDocument importsReport(const ImportRows& rows, const ReportOrigin& origin);
ReportDocument enrichmentReport(const EnrichmentRows& rows, const ReportOrigin& origin);
ReportDocument spendReport(const SpendRows& rows, const ReportOrigin& origin);

// What they have in common.

/// Durations and how often each occurs.
class Durations
{
public:
    void add(std::chrono::milliseconds duration, qint64 count) { m_counts[duration] += count; }
    /// The nearest rank: the least duration that at least this part of them does not exceed; not
    /// known if there are none.
    ReportValue percentile(double part) const;

private:
    std::map<std::chrono::milliseconds, qint64> m_counts;
};

/// An error's kind: its first line without what varies from job to job.
/// "timeout after ## s, job 3f#a…" → "timeout after # s, job {id}".
QString errorSignature(const QString& error);

/// "+ 3.1 %, was 294,760"; empty if there was nothing before.
QString changeWords(qint64 now, qint64 before);
/// "was 6.2 s"; empty if it is not known.
QString wasWords(const ReportValue& before);
ReportValue share(qint64 part, qint64 whole);

/// The frame of a report: title, days, place and so on, without its figures.
ReportDocument emptyReport(ReportKind kind, const ReportOrigin& origin);
/// "Read on 29 Nov 2026, 12:00:00 UTC."
QString readOn(const ReportOrigin& origin);
/// The first day of the span, since 1970.
qint64 firstDay(const ReportOrigin& origin);
/// The table of the most frequent errors; `jobs` is how many failed in all.
ReportTable errorTable(const std::vector<FailedJobs>& failed, bool isCut, const QString& type);

} // namespace queuedeck::domain
