// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/bulk_import/importpreview.h"

#include "core/base/sentence.h"

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

using domain::ImportField;
using domain::ImportTarget;
using domain::ImportVerdict;

namespace {
constexpr qsizetype kLongestValue = 200; // characters; more is never shown
} // namespace

ImportPreview::ImportPreview(ImportTarget target, QStringList fields, const ValueStyle& style)
    : m_target(target)
    , m_fields(std::move(fields))
    , m_style(style)
{
}

QVector<PreviewLine> ImportPreview::listed(const List& list)
{
    QVector<PreviewLine> lines;
    for (const auto& [number, line] : list)
        lines += line;
    return lines;
}

bool ImportPreview::hasRoom(const List& list, qint64 line)
{
    return list.size() < kMost || line < list.rbegin()->first;
}

void ImportPreview::put(List& list, const PreviewLine& line)
{
    list[line.line] = line;
    if (list.size() > kMost)
        list.erase(std::prev(list.end()));
}

void ImportPreview::add(const ImportLines& lines, const tabular::Record& record,
                        const ImportVerdict& verdict, const QString& warning)
{
    const bool isProblem = verdict.kind == ImportVerdict::Kind::Rejected;
    const bool inAll = hasRoom(m_all, record.line);
    const bool inProblems = isProblem && hasRoom(m_problems, record.line);
    const bool inWarnings = !warning.isEmpty() && !isProblem && hasRoom(m_warnings, record.line);
    if (!inAll && !inProblems && !inWarnings)
        return;
    const PreviewLine line = shown(lines, record, verdict, warning);
    if (inAll)
        put(m_all, line);
    if (inProblems)
        put(m_problems, line);
    if (inWarnings)
        put(m_warnings, line);
}

PreviewLine ImportPreview::shown(const ImportLines& lines, const tabular::Record& record,
                                 const ImportVerdict& verdict, const QString& warning) const
{
    const QVector<ImportField>& fields = domain::importFields(m_target);
    PreviewLine line;
    line.line = record.line;
    line.kind = verdict.kind;
    for (int i = 0; i < m_fields.size(); ++i) {
        const int field = domain::importFieldIndex(m_target, m_fields[i]);
        const QString cell = lines.cell(record, field);
        const auto value = convertedValue(fields[field].kind, cell, m_style);
        line.values += (value ? *value : cell).left(kLongestValue);
        if (!value)
            line.faults[i] = value.error();
        else if (value->isEmpty() && fields[field].isNeeded)
            line.faults[i] = base::Sentence::tr("%1 is needed").arg(m_fields[i]);
        else if (!warning.isEmpty() && m_fields[i] == "postalCode"_L1)
            line.warnings[i] = warning;
    }
    if (verdict.kind == ImportVerdict::Kind::Rejected && line.faults.isEmpty()) {
        const auto field = int(m_fields.indexOf(verdict.field));
        if (field >= 0)
            line.faults[field] = verdict.reason;
        else
            line.reason = verdict.reason;
    }
    return line;
}

} // namespace queuedeck::handlers
