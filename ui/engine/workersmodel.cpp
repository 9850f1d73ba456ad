// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/workersmodel.h"

#include "core/domain/jobrules.h"
#include "ui/widgets/format.h"
#include "ui/widgets/progresstext.h"
#include "ui/widgets/shown.h"
#include "ui/widgets/tabledelegate.h"

namespace queuedeck::ui {

WorkersModel::WorkersModel(QObject* parent)
    : RowsModel(
          {{tr("Job")}, {tr("Type")}, {tr("Running"), true}, {tr("Try"), true}, {tr("Progress")}},
          parent)
{
}

void WorkersModel::setJobs(const QVector<domain::RunningJob>& jobs)
{
    replace(m_jobs, jobs, haveSameIds(jobs, m_jobs), Running, Progress); // the times keep running
}

QVariant WorkersModel::cell(int row, int column, int role) const
{
    const domain::RunningJob& job = m_jobs[row];
    switch (role) {
    case Qt::DisplayRole:
        switch (column) {
        case Id: return shortId(job.id.value);
        case Type: return showControls(job.type);
        case Running: return formatDuration(job.running);
        case Try: return tr("%1 / %2").arg(job.attempt).arg(domain::kMaxAttempts);
        case Progress: return progressText(job.progress);
        default: return {};
        }
    case Qt::ToolTipRole:
        return column == Id         ? shownData(job.id.value, role)
               : column == Progress ? shownData(progressText(job.progress), role)
                                    : QVariant();
    case role::Share:
        return column == Progress && job.progress.fraction ? QVariant(*job.progress.fraction)
                                                           : QVariant();
    case role::FixedFont: return column == Id;
    default: return {};
    }
}

} // namespace queuedeck::ui
