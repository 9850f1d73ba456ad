// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exports/xlsxformat.h"

#include "core/domain/jsonplaces.h"
#include "core/tabular/workbookwriter.h"

using namespace Qt::StringLiterals;

namespace queuedeck::exports {

using domain::ExportColumn;
using tabular::WorkbookWriter;

namespace {
double widthOf(const ExportCell& cell)
{
    switch (cell.column) {
    case ExportColumn::Id: return 38;
    case ExportColumn::Error: return 60;
    case ExportColumn::Payload: return cell.path < 0 ? 60 : 26;
    case ExportColumn::Attempts:
    case ExportColumn::Waited:
    case ExportColumn::Ran: return 10;
    default: return 20;
    }
}
} // namespace

XlsxFormat::XlsxFormat(const domain::ExportChoice& choice, ExportTarget& target)
    : m_target(target)
    , m_cells(choice)
    , m_times(choice.zone, choice.times)
    , m_scratch(target.temporaryPath() + u".parts-XXXXXX"_s)
{
}

XlsxFormat::~XlsxFormat() = default;

base::Status XlsxFormat::begin()
{
    if (!m_scratch.isValid())
        return base::fail(
            base::ErrorKind::Internal,
            base::Sentence::tr("The workbook cannot be written: %1.").arg(m_scratch.errorString()));
    auto book = WorkbookWriter::begin(m_target.temporaryPath(), m_scratch.path(),
                                      WorkbookWriter::Memory::Constant);
    if (!book)
        return book.error();
    m_book = std::move(*book);
    QVector<WorkbookWriter::Column> columns;
    for (const ExportCell& cell : m_cells.all())
        columns += {m_cells.title(cell), widthOf(cell)};
    m_book->beginSheet(u"Jobs"_s, columns);
    return {};
}

base::Status XlsxFormat::add(const QVector<domain::ExportedJob>& jobs)
{
    m_rows += jobs.size();
    if (m_rows > domain::kMostInSheet)
        return base::fail(
            base::ErrorKind::Invalid,
            base::Sentence::tr("A sheet holds at most %1 jobs. Choose csv or jsonl, or "
                               "narrow the filter.")
                .arg(domain::kMostInSheet));
    for (const domain::ExportedJob& job : jobs)
        addRow(job);
    m_unread = m_cells.unread();
    return m_book->check();
}

base::Status XlsxFormat::finish()
{
    return m_book->finish();
}

void XlsxFormat::addRow(const domain::ExportedJob& job)
{
    m_cells.setJob(job);
    m_book->beginRow();
    int column = 0;
    for (const ExportCell& cell : m_cells.all())
        addCell(column++, cell, job);
}

void XlsxFormat::addText(int column, const QString& text)
{
    m_cut += m_book->text(column, text) ? 0 : 1;
}

void XlsxFormat::addTime(int column, const QDateTime& time)
{
    if (!time.isValid())
        return;
    const QDateTime there = m_times.inZone(time);
    m_book->time(column, there.date(), there.time());
}

void XlsxFormat::addSeconds(int column, const std::optional<double>& seconds)
{
    if (seconds)
        m_book->number(column, *seconds, WorkbookWriter::Number::General);
}

// A number of JSON as one, if a workbook holds it exactly.
void XlsxFormat::addValue(int column, const QByteArray& json)
{
    constexpr int kExactDigits = 15;
    bool isNumber = false;
    const double number = json.toDouble(&isNumber);
    int digits = 0;
    for (const char c : json)
        digits += c >= '0' && c <= '9' ? 1 : 0;
    if (isNumber && digits <= kExactDigits)
        m_book->number(column, number, WorkbookWriter::Number::General);
    else
        addText(column, domain::jsonValueText(json));
}

void XlsxFormat::addCell(int column, const ExportCell& cell, const domain::ExportedJob& exported)
{
    const domain::Job& job = exported.job;
    switch (cell.column) {
    case ExportColumn::Id: addText(column, job.id.value); break;
    case ExportColumn::Type: addText(column, job.type); break;
    case ExportColumn::Status: addText(column, job.rawStatus); break;
    case ExportColumn::Attempts:
        if (job.attempts)
            m_book->number(column, *job.attempts, WorkbookWriter::Number::General);
        break;
    case ExportColumn::CreatedAt: addTime(column, job.createdAt); break;
    case ExportColumn::StartedAt: addTime(column, exported.startedAt); break;
    case ExportColumn::CompletedAt: addTime(column, job.completedAt); break;
    case ExportColumn::Waited:
        addSeconds(column, secondsBetween(job.createdAt, exported.startedAt));
        break;
    case ExportColumn::Ran:
        addSeconds(column, secondsBetween(exported.startedAt, exported.endedAt));
        break;
    case ExportColumn::Error: addText(column, job.error); break;
    case ExportColumn::Payload:
        if (cell.path < 0)
            addText(column, QString::fromUtf8(m_cells.payload()));
        else
            addValue(column, m_cells.valueAt(cell));
        break;
    }
}

} // namespace queuedeck::exports
