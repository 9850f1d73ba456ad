// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/tabledelegate.h"

namespace queuedeck::ui {

class ErrorGroupsModel;

/// Draws the rows of error groups: two lines each, with bars for share and hours.
class ErrorGroupDelegate : public TableDelegate
{
    Q_OBJECT

public:
    static constexpr int kRow = 46; ///< its height in reference pixels

    /// `model` must outlive it.
    ErrorGroupDelegate(const ErrorGroupsModel& model, QObject* parent);

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;

private:
    const ErrorGroupsModel& m_model;
};

} // namespace queuedeck::ui
