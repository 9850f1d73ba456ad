// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/cleanupmodel.h"

#include "ui/widgets/format.h"
#include "ui/widgets/tabledelegate.h"

namespace queuedeck::ui {

void CleanUpModel::setPreview(const domain::CleanUpPreview& preview)
{
    beginResetModel();
    m_preview = preview;
    endResetModel();
}

int CleanUpModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || m_preview.lines.isEmpty() ? 0 : int(m_preview.lines.size()) + 1;
}

int CleanUpModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant CleanUpModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const bool isSum = index.row() == m_preview.lines.size();
    const domain::CleanUpLine line =
        isSum ? domain::CleanUpLine{domain::JobStatus::Unknown, {}, m_preview.jobs(), m_preview.bytes()}
              : m_preview.lines[index.row()];
    if (role == Qt::TextAlignmentRole)
        return int((index.column() >= Jobs ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == role::Strong)
        return isSum;
    if (role == role::Mark && index.column() == Status && !isSum)
        return int(markOf(line.status));
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Status: return isSum ? tr("Total") : markWord(markOf(line.status));
    case Type: return showControls(line.type);
    case Jobs: return formatCount(line.jobs);
    case Size: return formatBytes(line.bytes);
    default: return {};
    }
}

QVariant CleanUpModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section >= Jobs ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Status: return tr("Status");
    case Type: return tr("Type");
    case Jobs: return tr("Jobs");
    case Size: return tr("Size");
    default: return {};
    }
}

} // namespace queuedeck::ui
