// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/job.h"
#include "ui/widgets/rowsmodel.h"

namespace queuedeck::ui {

/// The newest failed jobs, at most ten.
class FailuresModel : public RowsModel
{
    Q_OBJECT

public:
    enum Column { Age, Type, Id, Error, ColumnCount };

    explicit FailuresModel(QObject* parent = nullptr);

    void setJobs(const QVector<domain::Job>& jobs);
    domain::JobId jobAt(int row) const { return m_jobs.value(row).id; }

protected:
    int rows() const override { return int(m_jobs.size()); }
    QVariant cell(int row, int column, int role) const override;

private:
    QVector<domain::Job> m_jobs;
};

} // namespace queuedeck::ui
