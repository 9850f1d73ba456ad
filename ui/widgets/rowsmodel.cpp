// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/rowsmodel.h"

#include "ui/widgets/shown.h"

namespace queuedeck::ui {

RowsModel::RowsModel(QVector<ColumnHead> columns, QObject* parent)
    : QAbstractTableModel(parent)
    , m_columns(std::move(columns))
{
}

int RowsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : rows();
}

int RowsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_columns.size());
}

int RowsModel::alignment(int column) const
{
    return int((m_columns[column].isRight ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}

QVariant RowsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    return role == Qt::TextAlignmentRole ? QVariant(alignment(index.column()))
                                         : shownData(cell(index.row(), index.column(), role), role);
}

QVariant RowsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    switch (role) {
    case Qt::DisplayRole: return m_columns[section].title;
    case Qt::TextAlignmentRole: return alignment(section);
    default: return {};
    }
}

} // namespace queuedeck::ui
