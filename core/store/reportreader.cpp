// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/reportreader.h"

#include "core/db/transaction.h"

#include <QScopeGuard>

using namespace Qt::StringLiterals;

namespace queuedeck::store {

using base::ErrorKind;
using base::Sentence;
using std::chrono::milliseconds;

namespace {
// A report may read ten million rows; what lists and actions need is read within seconds.
constexpr std::chrono::minutes kDeadline{10};

std::vector<domain::FailedJobs> failuresFrom(const db::Rows& rows)
{
    std::vector<domain::FailedJobs> failures;
    failures.reserve(rows.size());
    for (size_t i = 0; i < rows.size(); ++i) {
        const db::Rows::Row row = rows[i];
        failures.push_back({row.text(0), row.text(1), row.integer(2), row.time(3), row.time(4)});
    }
    return failures;
}

// The kinds of rows of reportTimes.
enum : qint64 { kWait = 1, kRun = 2, kHour = 3 };

void addTime(domain::QueueHealthRows& times, const db::Rows::Row& row)
{
    const qint64 kind = row.integer(0);
    if (kind == kHour && !row.isNull(4)) {
        times.longest.push_back({row.integer(4), milliseconds(row.integer(6))});
    } else if (kind != kHour && !row.isNull(3)) { // a job that has no wait, or no run
        auto& list = kind == kWait ? times.waits : times.runs;
        list.push_back(
            {row.integer(1) != 0, row.text(2), milliseconds(row.integer(3)), row.integer(5)});
    }
}

base::Error nothingRecorded()
{
    return base::fail(
        ErrorKind::Unsupported,
        base::Sentence::tr("There is no such report: as a guest, Queuedeck records nothing in this "
                           "database. `queuedeckctl --db … init` adds its tables."));
}
} // namespace

ReportReader::ReportReader(db::Connection& connection, const TableShape& shape)
    : m_connection(connection)
    , m_shape(shape)
    , m_sql(sqlText(shape.dialect, shape.isGuest()))
{
}

db::Params ReportReader::params(const domain::ReportSpan& span) const
{
    const domain::ReportSpan before = span.before();
    return {
        {u"before"_s, db::timeText(before.from)}, {u"beforeMs"_s, before.from.toMSecsSinceEpoch()},
        {u"from"_s, db::timeText(span.from)},     {u"to"_s, db::timeText(span.to)},
        {u"toMs"_s, span.to.toMSecsSinceEpoch()}, {u"limit"_s, kMostErrors + 1}};
}

base::Result<std::vector<db::Rows>> ReportReader::read(const std::vector<const Sql*>& statements,
                                                       const domain::ReportSpan& span)
{
    const milliseconds deadline = m_connection.deadline();
    m_connection.setDeadline(kDeadline);
    const auto restored = qScopeGuard([&] { m_connection.setDeadline(deadline); });
    auto transaction = db::Transaction::begin(m_connection, db::Transaction::Kind::Snapshot);
    if (!transaction)
        return transaction.error();
    if (const auto set = m_connection.run(m_sql.reports.reportSession.text()); !set)
        return set.error();
    std::vector<db::Rows> all;
    for (const Sql* statement : statements) {
        auto rows = m_connection.run(statement->text(), params(span));
        if (!rows)
            return rows.error();
        all.push_back(std::move(*rows));
    }
    if (const base::Status done = transaction->commit(); !done)
        return done.error();
    return all;
}

base::Result<domain::QueueHealthRows> ReportReader::queueHealth(const domain::ReportSpan& span)
{
    std::vector<const Sql*> statements{&m_sql.reports.reportJobs, &m_sql.reports.reportErrors};
    domain::QueueHealthRows rows;
    rows.hasHistory = m_sql.companion.has_value();
    if (rows.hasHistory)
        statements.push_back(&m_sql.companion->reportTimes);
    const auto read = this->read(statements, span);
    if (!read)
        return read.error();
    const db::Rows& jobs = (*read)[0];
    for (size_t i = 0; i < jobs.size(); ++i)
        rows.created.push_back(
            {jobs[i].integer(0), jobs[i].text(1), jobs[i].text(2), jobs[i].integer(3)});
    rows.failed = failuresFrom((*read)[1]);
    rows.isFailedCut = rows.failed.size() > size_t(kMostErrors);
    if (!rows.hasHistory)
        return rows;
    const db::Rows& times = (*read)[2];
    for (size_t i = 0; i < times.size(); ++i)
        addTime(rows, times[i]);
    return rows;
}

base::Result<domain::ScanRows> ReportReader::scans(const domain::ReportSpan& span)
{
    if (!m_shape.scan.exists || !m_shape.mayReadScans)
        return base::fail(
            ErrorKind::Unsupported,
            Sentence::tr("There is no report on scans: this database has no table ImageScan that "
                         "may be read."));
    const auto read =
        this->read({&m_sql.reports.reportScans, &m_sql.reports.reportScanErrors}, span);
    if (!read)
        return read.error();
    domain::ScanRows rows;
    const db::Rows& scans = (*read)[0];
    for (size_t i = 0; i < scans.size(); ++i)
        rows.created.push_back(
            {scans[i].integer(0), scans[i].text(1), scans[i].text(2), scans[i].integer(3)});
    rows.failed = failuresFrom((*read)[1]);
    rows.isFailedCut = rows.failed.size() > size_t(kMostErrors);
    return rows;
}

base::Result<domain::ImportRows> ReportReader::imports(const domain::ReportSpan& span)
{
    constexpr qint64 kColumns = 4;
    const auto columns = m_connection.run(m_sql.reports.importColumns.text());
    if (!columns)
        return columns.error();
    if ((*columns)[0].integer(0) != kColumns)
        return base::fail(
            ErrorKind::Unsupported,
            Sentence::tr("There is no report on imports: this database has no table ImportBatch "
                         "with dataType, status, startedAt and completedAt."));
    const auto read = this->read({&m_sql.reports.reportImports}, span);
    if (!read)
        return read.error();
    domain::ImportRows rows;
    const db::Rows& batches = (*read)[0];
    for (size_t i = 0; i < batches.size(); ++i) {
        const db::Rows::Row row = batches[i];
        domain::ImportCount count{row.integer(0), row.text(1), row.text(2), row.integer(3), {}};
        if (!row.isNull(4))
            count.longest = milliseconds(std::max<qint64>(0, row.integer(4)));
        rows.started.push_back(count);
    }
    return rows;
}

base::Result<domain::EnrichmentRows> ReportReader::enrichments(const domain::ReportSpan& span)
{
    if (!m_sql.companion)
        return nothingRecorded();
    const auto read = this->read({&m_sql.companion->reportEnrichments}, span);
    if (!read)
        return read.error();
    domain::EnrichmentRows rows;
    const db::Rows& ended = (*read)[0];
    for (size_t i = 0; i < ended.size(); ++i)
        rows.ended.push_back({ended[i].integer(0), ended[i].text(1), ended[i].text(2),
                              ended[i].text(3), ended[i].integer(4)});
    return rows;
}

base::Result<domain::SpendRows> ReportReader::spend(const domain::ReportSpan& span)
{
    if (!m_sql.companion)
        return nothingRecorded();
    const auto read = this->read({&m_sql.companion->reportSpend}, span);
    if (!read)
        return read.error();
    domain::SpendRows rows;
    const db::Rows& spent = (*read)[0];
    for (size_t i = 0; i < spent.size(); ++i)
        rows.spent.push_back({spent[i].integer(0), spent[i].text(1), spent[i].text(2),
                              spent[i].integer(3), spent[i].integer(4), spent[i].integer(5)});
    return rows;
}

} // namespace queuedeck::store
