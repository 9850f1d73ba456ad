// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/workersmodel.h"

#include "core/domain/jobrules.h"
#include "ui/widgets/format.h"
#include "ui/widgets/tabledelegate.h"

namespace queuedeck::ui {

namespace {
int alignment(int column)
{
    const bool isRight = column == WorkersModel::Running || column == WorkersModel::Try;
    return int((isRight ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}
} // namespace

void WorkersModel::setJobs(const QVector<domain::RunningJob>& jobs)
{
    const bool isSame = jobs.size() == m_jobs.size()
                        && std::equal(jobs.cbegin(), jobs.cend(), m_jobs.cbegin(),
                                      [](const auto& a, const auto& b) { return a.id == b.id; });
    if (isSame) { // only time has passed
        m_jobs = jobs;
        if (!m_jobs.isEmpty())
            Q_EMIT dataChanged(index(0, Running), index(rowCount() - 1, Running));
        return;
    }
    beginResetModel();
    m_jobs = jobs;
    endResetModel();
}

int WorkersModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_jobs.size());
}

int WorkersModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant WorkersModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const domain::RunningJob& job = m_jobs[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case Id: return shortId(job.id.value);
        case Type: return showControls(job.type);
        case Running: return formatDuration(job.running);
        case Try: return tr("%1 / %2").arg(job.attempt).arg(domain::kMaxAttempts);
        default: return {};
        }
    case Qt::TextAlignmentRole: return alignment(index.column());
    case Qt::ToolTipRole: return index.column() == Id ? QVariant(job.id.value) : QVariant();
    case role::FixedFont: return index.column() == Id;
    default: return {};
    }
}

QVariant WorkersModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return alignment(section);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Id: return tr("Job");
    case Type: return tr("Type");
    case Running: return tr("Running");
    case Try: return tr("Try");
    default: return {};
    }
}

} // namespace queuedeck::ui
