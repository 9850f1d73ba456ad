// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/cleanup.h"

#include <QAbstractTableModel>

namespace queuedeck::ui {

/// What a clean-up would delete: a line for each status and type, and their sum.
class CleanUpModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Status, Type, Jobs, Size, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setPreview(const domain::CleanUpPreview& preview);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    domain::CleanUpPreview m_preview;
};

} // namespace queuedeck::ui
