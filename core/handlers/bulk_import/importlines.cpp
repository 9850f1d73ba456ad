// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/handlers/bulk_import/importlines.h"

using namespace Qt::StringLiterals;

namespace queuedeck::handlers {

using domain::ImportField;
using tabular::Record;

ImportLines::ImportLines(domain::ImportTarget target, std::unique_ptr<tabular::TableReader> table,
                         QVector<int> columns)
    : m_target(target)
    , m_table(std::move(table))
    , m_columns(std::move(columns))
{
}

base::Result<ImportLines> ImportLines::open(const ImportRequest& request,
                                            domain::ImportTarget target, const QString& path)
{
    auto table = tabular::TableReader::open(path, request.table);
    if (!table)
        return table.error();
    auto columns = columnsOfFields(target, (*table)->info().columns, request.mapping);
    if (!columns)
        return columns.error();
    return ImportLines(target, std::move(*table), std::move(*columns));
}

QVector<ColumnMatch> ImportLines::matches() const
{
    const QVector<ImportField>& fields = domain::importFields(m_target);
    QVector<ColumnMatch> matches = proposedColumns(m_target, info().columns);
    for (ColumnMatch& match : matches) {
        const auto field =
            std::find(m_columns.begin(), m_columns.end(), info().columns.indexOf(match.column));
        const QString used =
            field == m_columns.end() ? QString() : fields[field - m_columns.begin()].name;
        if (used != match.field)
            match.how = used.isEmpty() ? ColumnMatch::How::None : ColumnMatch::How::ByName;
        match.field = used;
    }
    return matches;
}

QStringList ImportLines::fields() const
{
    QStringList names;
    for (int field = 0; field < m_columns.size(); ++field) {
        if (m_columns[field] >= 0)
            names += domain::importFields(m_target)[field].name;
    }
    return names;
}

QString ImportLines::cell(const Record& record, int field) const
{
    const int column = m_columns[field];
    return column < 0 ? QString() : record.cells[column];
}

ImportLine ImportLines::converted(Record record, const ValueStyle& style) const
{
    const QVector<ImportField>& fields = domain::importFields(m_target);
    ImportLine line{std::move(record), {}, {}};
    line.row.line = line.record.line;
    line.fault = line.record.fault;
    for (int field = 0; field < fields.size() && line.fault.isEmpty(); ++field) {
        const ImportField& meant = fields[field];
        const auto value = convertedValue(meant.kind, cell(line.record, field), style);
        if (!value)
            line.fault = u"%1: %2"_s.arg(meant.name, value.error());
        else if (value->isEmpty() && meant.isNeeded)
            line.fault = u"%1 is empty"_s.arg(meant.name);
        line.row.values += value ? *value : QString();
    }
    return line;
}

} // namespace queuedeck::handlers
