// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exports/jsonlformat.h"

#include "core/domain/jsonmembers.h"
#include "core/domain/safejson.h"
#include "core/tabular/gzip.h"

namespace queuedeck::exports {

using domain::ExportColumn;

namespace {
QByteArray string(const QString& text)
{
    return text.isNull() ? QByteArray("null") : domain::jsonString(text).toUtf8();
}

// What is stored, or as a string if it is no JSON.
QByteArray stored(const QByteArray& json)
{
    if (json.isNull())
        return "null";
    return domain::isOneJsonValue(json) ? json.trimmed() : string(QString::fromUtf8(json));
}

QByteArray seconds(const std::optional<double>& value)
{
    return value ? QByteArray::number(*value, 'f', 3) : QByteArray("null");
}
} // namespace

JsonlFormat::JsonlFormat(const domain::ExportChoice& choice, ExportTarget& target)
    : m_target(target)
    , m_cells(choice)
    , m_times("UTC", domain::ExportChoice::Times::Iso)
    , m_gzip(choice.isCompressed ? std::make_unique<tabular::Gzip>() : nullptr)
{
}

JsonlFormat::~JsonlFormat() = default;

base::Status JsonlFormat::add(const QVector<domain::ExportedJob>& jobs)
{
    QByteArray lines;
    for (const domain::ExportedJob& job : jobs) {
        QByteArray line;
        addLine(line, job);
        lines += domain::safeJson(line) + '\n';
    }
    m_unread = m_cells.unread();
    const QByteArray bytes = m_gzip ? m_gzip->add(lines) : lines;
    return bytes.isEmpty() ? base::Status() : m_target.add(bytes);
}

base::Status JsonlFormat::finish()
{
    return m_gzip ? m_target.add(m_gzip->finish()) : base::Status();
}

void JsonlFormat::addLine(QByteArray& line, const domain::ExportedJob& exported)
{
    const domain::Job& job = exported.job;
    m_cells.setJob(exported);
    const auto addTime = [&](const QDateTime& time) {
        if (!time.isValid()) {
            line += "null";
            return;
        }
        line += '"';
        m_times.add(line, time);
        line += '"';
    };
    line += '{';
    bool isFirst = true;
    for (const ExportCell& cell : m_cells.all()) {
        const QByteArray value = cell.path < 0 ? QByteArray() : m_cells.valueAt(cell);
        if (cell.path >= 0 && value.isEmpty())
            continue; // a place that this payload does not have
        if (!std::exchange(isFirst, false))
            line += ',';
        line += string(m_cells.title(cell)) + ':';
        switch (cell.column) {
        case ExportColumn::Id: line += string(job.id.value); break;
        case ExportColumn::Type: line += string(job.type); break;
        case ExportColumn::Status: line += string(job.rawStatus); break;
        case ExportColumn::Attempts:
            line += job.attempts ? QByteArray::number(*job.attempts) : QByteArray("null");
            break;
        case ExportColumn::CreatedAt: addTime(job.createdAt); break;
        case ExportColumn::StartedAt: addTime(exported.startedAt); break;
        case ExportColumn::CompletedAt: addTime(job.completedAt); break;
        case ExportColumn::Waited:
            line += seconds(secondsBetween(job.createdAt, exported.startedAt));
            break;
        case ExportColumn::Ran:
            line += seconds(secondsBetween(exported.startedAt, exported.endedAt));
            break;
        case ExportColumn::Error: line += string(job.error); break;
        case ExportColumn::Payload:
            line += cell.path < 0 ? stored(m_cells.payload()) : value;
            break;
        }
    }
    line += '}';
}

} // namespace queuedeck::exports
