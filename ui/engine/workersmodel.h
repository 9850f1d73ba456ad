// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/engineseen.h"

#include <QAbstractTableModel>

namespace queuedeck::ui {

/// The jobs that run on this computer now, the longest first.
class WorkersModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Id, Type, Running, Try, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setJobs(const QVector<domain::RunningJob>& jobs);
    domain::JobId jobAt(int row) const { return m_jobs.value(row).id; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QVector<domain::RunningJob> m_jobs;
};

} // namespace queuedeck::ui
