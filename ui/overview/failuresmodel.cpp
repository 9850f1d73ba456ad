// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/overview/failuresmodel.h"

#include "ui/widgets/format.h"
#include "ui/widgets/tabledelegate.h"

namespace queuedeck::ui {

FailuresModel::FailuresModel(QObject* parent)
    : RowsModel({{tr("Created"), true}, {tr("Type")}, {tr("Id")}, {tr("Last error")}}, parent)
{
}

void FailuresModel::setJobs(const QVector<domain::Job>& jobs)
{
    replace(m_jobs, jobs, jobs == m_jobs, Age, Age); // the ages keep growing
}

QVariant FailuresModel::cell(int row, int column, int role) const
{
    const domain::Job& job = m_jobs[row];
    if (role == role::FixedFont)
        return column == Id;
    if (role == role::Muted)
        return column == Error;
    if (role == Qt::ToolTipRole) {
        if (column == Age)
            return formatBothTimes(job.createdAt);
        return column == Error ? job.error : QString();
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (column) {
    case Age: return formatAge(job.createdAt, QDateTime::currentDateTimeUtc());
    case Type: return showControls(job.type);
    case Id: return shortId(job.id.value);
    case Error: return firstLine(job.error);
    default: return {};
    }
}

} // namespace queuedeck::ui
