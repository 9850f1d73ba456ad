// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exports/csvformat.h"

#include "core/domain/jsonplaces.h"
#include "core/tabular/csvfield.h"
#include "core/tabular/gzip.h"

namespace queuedeck::exports {

using domain::ExportColumn;
using tabular::addCsvText;

CsvFormat::CsvFormat(const domain::ExportChoice& choice, ExportTarget& target)
    : m_hasBom(choice.hasBom)
    , m_target(target)
    , m_cells(choice)
    , m_times(choice.zone, choice.times)
    , m_gzip(choice.isCompressed ? std::make_unique<tabular::Gzip>() : nullptr)
{
}

CsvFormat::~CsvFormat() = default;

base::Status CsvFormat::begin()
{
    if (m_hasBom)
        m_lines += "\xEF\xBB\xBF";
    bool isFirst = true;
    for (const ExportCell& cell : m_cells.all()) {
        if (!std::exchange(isFirst, false))
            m_lines += ',';
        addCsvText(m_lines, m_cells.title(cell));
    }
    m_lines += "\r\n";
    return flush();
}

base::Status CsvFormat::add(const QVector<domain::ExportedJob>& jobs)
{
    constexpr qsizetype kPiece = 1024 * 1024;
    for (const domain::ExportedJob& job : jobs) {
        addLine(job);
        if (m_lines.size() > kPiece) {
            if (const base::Status written = flush(); !written)
                return written;
        }
    }
    m_unread = m_cells.unread();
    return flush();
}

base::Status CsvFormat::finish()
{
    return m_gzip ? m_target.add(m_gzip->finish()) : base::Status();
}

void CsvFormat::addLine(const domain::ExportedJob& job)
{
    m_cells.setJob(job);
    bool isFirst = true;
    for (const ExportCell& cell : m_cells.all()) {
        if (!std::exchange(isFirst, false))
            m_lines += ',';
        addCell(cell, job);
    }
    m_lines += "\r\n";
}

void CsvFormat::addCell(const ExportCell& cell, const domain::ExportedJob& exported)
{
    const domain::Job& job = exported.job;
    const auto addSeconds = [this](const std::optional<double>& seconds) {
        if (seconds)
            m_lines += QByteArray::number(*seconds, 'f', 3);
    };
    switch (cell.column) {
    case ExportColumn::Id: addCsvText(m_lines, job.id.value); break;
    case ExportColumn::Type: addCsvText(m_lines, job.type); break;
    case ExportColumn::Status: addCsvText(m_lines, job.rawStatus); break;
    case ExportColumn::Attempts:
        if (job.attempts)
            m_lines += QByteArray::number(*job.attempts);
        break;
    case ExportColumn::CreatedAt: m_times.add(m_lines, job.createdAt); break;
    case ExportColumn::StartedAt: m_times.add(m_lines, exported.startedAt); break;
    case ExportColumn::CompletedAt: m_times.add(m_lines, job.completedAt); break;
    case ExportColumn::Waited: addSeconds(secondsBetween(job.createdAt, exported.startedAt)); break;
    case ExportColumn::Ran: addSeconds(secondsBetween(exported.startedAt, exported.endedAt)); break;
    case ExportColumn::Error: addCsvText(m_lines, job.error); break;
    case ExportColumn::Payload:
        addCsvText(m_lines, cell.path < 0 ? QString::fromUtf8(m_cells.payload())
                                          : domain::jsonValueText(m_cells.valueAt(cell)));
        break;
    }
}

base::Status CsvFormat::flush()
{
    const QByteArray lines = std::exchange(m_lines, {});
    m_lines.reserve(lines.capacity());
    const QByteArray bytes = m_gzip ? m_gzip->add(lines) : lines;
    return bytes.isEmpty() ? base::Status() : m_target.add(bytes);
}

} // namespace queuedeck::exports
