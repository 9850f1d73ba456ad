// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/typesmodel.h"

#include "ui/widgets/format.h"
#include "ui/widgets/tabledelegate.h"

namespace queuedeck::ui {

using domain::JobStatus;

TypesModel::TypesModel(const QStringList& handledTypes, QObject* parent)
    : RowsModel({{tr("Type")},
                 {tr("Pending"), true},
                 {tr("Processing"), true},
                 {tr("Completed"), true},
                 {tr("Failed"), true},
                 {tr("Unknown"), true}},
                parent)
    , m_handledTypes(handledTypes)
{
}

void TypesModel::setHandledTypes(const QStringList& handledTypes)
{
    m_handledTypes = handledTypes;
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, Type), index(rowCount() - 1, Type));
}

void TypesModel::setCounts(const QMap<QString, domain::TypeCounts>& counts)
{
    if (counts == m_counts)
        return;
    const QStringList types = counts.keys();
    if (types != m_types) {
        beginResetModel();
        m_types = types;
        m_counts = counts;
        endResetModel();
    } else {
        m_counts = counts;
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    }
}

qint64 TypesModel::figure(int row, int column) const
{
    const domain::TypeCounts counts = m_counts.value(m_types[row]);
    switch (column) {
    case Pending: return counts.pending;
    case Processing: return counts.processing;
    case Completed: return counts.completed;
    case Failed: return counts.failed;
    case Other: return counts.other;
    default: return 0;
    }
}

QVariant TypesModel::cell(int row, int column, int role) const
{
    const QString type = m_types[row];
    if (column == Type) {
        if (role == Qt::DisplayRole)
            return showControls(type);
        if (role == role::Note && !m_handledTypes.contains(type))
            return tr("no local handler");
        if (role == Qt::ToolTipRole && !m_handledTypes.contains(type))
            return tr("%1 has no handler here. Its jobs stay pending.").arg(type);
        return {};
    }
    const qint64 value = figure(row, column);
    if (role == Qt::DisplayRole)
        return formatCount(value);
    if (role == role::Muted)
        return value == 0;
    if (role == Qt::ToolTipRole && column == Other && value > 0)
        return tr("Of a status that is none of the four: no processor takes them.");
    if (column == Failed && value > 0) {
        if (role == role::TextColor)
            return int(Color::Failed);
        if (role == role::Strong)
            return true;
    }
    return {};
}

} // namespace queuedeck::ui
