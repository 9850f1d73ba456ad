// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/engineseen.h"
#include "ui/widgets/rowsmodel.h"

namespace queuedeck::ui {

/// The jobs that run on this computer now, longest-running first.
class WorkersModel : public RowsModel
{
    Q_OBJECT

public:
    enum Column { Id, Type, Running, Try, Progress, ColumnCount };

    explicit WorkersModel(QObject* parent = nullptr);

    void setJobs(const QVector<domain::RunningJob>& jobs);
    domain::JobId jobAt(int row) const { return m_jobs.value(row).id; }

protected:
    int rows() const override { return int(m_jobs.size()); }
    QVariant cell(int row, int column, int role) const override;

private:
    QVector<domain::RunningJob> m_jobs;
};

} // namespace queuedeck::ui
