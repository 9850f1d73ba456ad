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

std::vector<domain::TimedJobs> timesFrom(const db::Rows& rows)
{
    std::vector<domain::TimedJobs> times;
    times.reserve(rows.size());
    for (size_t i = 0; i < rows.size(); ++i) {
        const db::Rows::Row row = rows[i];
        times.push_back(
            {row.integer(0) != 0, row.text(1), milliseconds(row.integer(2)), row.integer(3)});
    }
    return times;
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
    return {{u"before"_s, db::timeText(before.from)},
            {u"beforeMs"_s, before.from.toMSecsSinceEpoch()},
            {u"from"_s, db::timeText(span.from)},
            {u"to"_s, db::timeText(span.to)},
            {u"limit"_s, kMostErrors + 1}};
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
        statements.insert(statements.end(),
                          {&m_sql.companion->reportWaits, &m_sql.companion->reportRuns,
                           &m_sql.companion->reportLongest});
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
    rows.waits = timesFrom((*read)[2]);
    rows.runs = timesFrom((*read)[3]);
    const db::Rows& longest = (*read)[4];
    for (size_t i = 0; i < longest.size(); ++i)
        rows.longest.push_back({longest[i].integer(0), milliseconds(longest[i].integer(1))});
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

} // namespace queuedeck::store
