// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/failuresmodel.h"

#include "ui/widgets/format.h"
#include "ui/widgets/tabledelegate.h"

namespace queuedeck::ui {

void FailuresModel::setJobs(const QVector<domain::Job>& jobs)
{
    if (jobs == m_jobs) {
        if (!m_jobs.isEmpty()) // the ages go on
            Q_EMIT dataChanged(index(0, Age), index(rowCount() - 1, Age));
        return;
    }
    beginResetModel();
    m_jobs = jobs;
    endResetModel();
}

int FailuresModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_jobs.size());
}

int FailuresModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant FailuresModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const domain::Job& job = m_jobs[index.row()];
    if (role == Qt::TextAlignmentRole && index.column() == Age)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role == role::FixedFont)
        return index.column() == Id;
    if (role == role::Muted)
        return index.column() == Error;
    if (role == Qt::ToolTipRole) {
        if (index.column() == Age)
            return formatBothTimes(job.createdAt);
        return index.column() == Error ? job.error.left(500).toHtmlEscaped() : QString();
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Age: return formatAge(job.createdAt, QDateTime::currentDateTimeUtc());
    case Type: return showControls(job.type);
    case Id: return shortId(job.id.value);
    case Error: return firstLine(job.error);
    default: return {};
    }
}

QVariant FailuresModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((section == Age ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Age: return tr("Created");
    case Type: return tr("Type");
    case Id: return tr("Id");
    case Error: return tr("Last error");
    default: return {};
    }
}

} // namespace queuedeck::ui
