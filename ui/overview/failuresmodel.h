// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/job.h"

#include <QAbstractTableModel>

namespace queuedeck::ui {

/// The newest failed jobs, at most ten.
class FailuresModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Age, Type, Id, Error, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setJobs(const QVector<domain::Job>& jobs);
    domain::JobId jobAt(int row) const { return m_jobs.value(row).id; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QVector<domain::Job> m_jobs;
};

} // namespace queuedeck::ui
