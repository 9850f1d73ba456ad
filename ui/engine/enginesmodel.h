// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/engineseen.h"

#include <QAbstractTableModel>

namespace queuedeck::ui {

/// The engines that work on this database, wherever they are, and their last sign of life.
class EnginesModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Host, Pid, State, Jobs, LastSign, Started, Version, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    /// `now` is the moment of reading, UTC.
    void setEngines(const QVector<domain::EngineSeen>& engines, const QDateTime& now);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    bool isSilent(const domain::EngineSeen& engine) const;
    static bool isHere(const domain::EngineSeen& engine);
    QString text(const domain::EngineSeen& engine, int column) const;

    QVector<domain::EngineSeen> m_engines;
    QDateTime m_now;
};

} // namespace queuedeck::ui
