// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exports/exportcells.h"

#include "core/domain/jsonmembers.h"
#include "core/domain/jsonplaces.h"
#include "core/domain/safejson.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::exports {

using domain::ExportChoice;
using domain::ExportColumn;

ExportCells::ExportCells(const ExportChoice& choice)
    : m_choice(choice)
    , m_mask(choice.paths)
{
    for (const ExportColumn column : choice.columns) {
        if (column != ExportColumn::Payload || choice.payload == ExportChoice::Payload::Whole) {
            m_cells += {column, -1};
            m_hasWhole = m_hasWhole || column == ExportColumn::Payload;
            continue;
        }
        for (int i = 0; i < choice.paths.size(); ++i)
            m_cells += {column, i};
    }
    for (const domain::ExportPath& path : choice.paths)
        m_steps += path.steps();
}

QString ExportCells::title(const ExportCell& cell) const
{
    const QString name = domain::exportColumnName(cell.column);
    if (cell.path >= 0)
        return u"payload."_s + m_choice.paths[cell.path].path;
    const bool isPlain = m_choice.format == domain::ExportFormat::Xlsx ||
                         m_choice.times == ExportChoice::Times::Plain;
    switch (cell.column) {
    case ExportColumn::CreatedAt:
    case ExportColumn::StartedAt:
    case ExportColumn::CompletedAt:
        return isPlain ? u"%1 (%2)"_s.arg(name, QString::fromUtf8(m_choice.zone)) : name;
    default: return name;
    }
}

void ExportCells::setJob(const domain::ExportedJob& job)
{
    m_stored = job.payload;
    if (m_hasWhole) {
        const auto masked = m_mask.masked(job.payload);
        m_unread += masked ? 0 : 1;
        m_payload = masked ? *masked : domain::jsonString(domain::kHiddenValue).toUtf8();
    } else if (!m_steps.isEmpty()) {
        m_isJson = !job.payload.isNull() && domain::isOneJsonValue(job.payload);
        m_unread += !m_isJson && !job.payload.isNull() && !m_mask.isEmpty() ? 1 : 0;
    }
}

QByteArray ExportCells::valueAt(const ExportCell& cell) const
{
    if (!m_isJson)
        return {};
    const domain::Masking masking = m_choice.paths[cell.path].masking;
    const QVector<domain::JsonSpan> found = domain::valuesAt(m_stored, m_steps[cell.path]);
    const auto value = [&](const domain::JsonSpan& span) {
        return m_mask.value(QByteArrayView(m_stored).sliced(span.start, span.length), masking);
    };
    if (found.isEmpty())
        return {};
    // Masked places within are masked here as well.
    if (masking == domain::Masking::AsStored && !m_mask.isEmpty()) {
        const auto masked = m_mask.masked(m_stored);
        if (!masked)
            return domain::jsonString(domain::kHiddenValue).toUtf8();
        if (*masked != m_stored) {
            const QVector<domain::JsonSpan> there = domain::valuesAt(*masked, m_steps[cell.path]);
            QByteArrayList values;
            for (const domain::JsonSpan& span : there)
                values += masked->mid(span.start, span.length);
            return values.size() == 1 ? values.first() : '[' + values.join(',') + ']';
        }
    }
    if (found.size() == 1)
        return value(found.first());
    QByteArrayList values;
    for (const domain::JsonSpan& span : found)
        values += value(span);
    return '[' + values.join(',') + ']';
}

TimeTexts::TimeTexts(const QByteArray& zone, ExportChoice::Times form)
    : m_zone(zone)
    , m_isUtc(zone == "UTC")
    , m_isIso(form == ExportChoice::Times::Iso)
{
}

QDateTime TimeTexts::inZone(const QDateTime& time) const
{
    return m_isUtc ? time.toUTC() : time.toTimeZone(m_zone);
}

namespace {
void addNumber(QByteArray& line, int number, int digits)
{
    char text[8];
    for (int i = digits; i-- > 0; number /= 10)
        text[i] = char('0' + number % 10);
    line.append(text, digits);
}
} // namespace

// By hand: QDateTime::toString would cost more than reading the row.
void TimeTexts::add(QByteArray& line, const QDateTime& time)
{
    if (!time.isValid())
        return;
    const QDateTime there = inZone(time);
    const QDate day = there.date();
    const QTime clock = there.time();
    if (day.year() < 0 || day.year() > 9999) { // more digits, or a sign
        line += there.toString(Qt::ISODateWithMs).toLatin1();
        return;
    }
    addNumber(line, day.year(), 4);
    line += '-';
    addNumber(line, day.month(), 2);
    line += '-';
    addNumber(line, day.day(), 2);
    line += m_isIso ? 'T' : ' ';
    addNumber(line, clock.hour(), 2);
    line += ':';
    addNumber(line, clock.minute(), 2);
    line += ':';
    addNumber(line, clock.second(), 2);
    if (!m_isIso)
        return;
    line += '.';
    addNumber(line, clock.msec(), 3);
    if (m_isUtc) {
        line += 'Z';
        return;
    }
    const int offset = there.offsetFromUtc();
    line += offset < 0 ? '-' : '+';
    addNumber(line, std::abs(offset) / 3600, 2);
    line += ':';
    addNumber(line, std::abs(offset) / 60 % 60, 2);
}

std::optional<double> secondsBetween(const QDateTime& from, const QDateTime& to)
{
    if (!from.isValid() || !to.isValid())
        return std::nullopt;
    return double(std::max<qint64>(0, from.msecsTo(to))) / 1000;
}

} // namespace queuedeck::exports
