// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/engineseen.h"
#include "ui/widgets/rowsmodel.h"

namespace queuedeck::ui {

/// The engines that work on this database, wherever they are, and their last heartbeat.
class EnginesModel : public RowsModel
{
    Q_OBJECT

public:
    enum Column { Host, Pid, State, Jobs, LastSign, Started, Version, ColumnCount };

    explicit EnginesModel(QObject* parent = nullptr);

    /// `now` is the moment of reading, UTC.
    void setEngines(const QVector<domain::EngineSeen>& engines, const QDateTime& now);

protected:
    int rows() const override { return int(m_engines.size()); }
    QVariant cell(int row, int column, int role) const override;

private:
    QString text(const domain::EngineSeen& engine, int column) const;

    QVector<domain::EngineSeen> m_engines;
    QDateTime m_now;
};

} // namespace queuedeck::ui
