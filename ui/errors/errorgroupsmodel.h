// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/errorgroups.h"
#include "ui/widgets/rowsmodel.h"
#include "ui/widgets/tabledelegate.h"

namespace queuedeck::ui {

/// The error groups as a table: each cell says in words what the delegate draws.
class ErrorGroupsModel : public RowsModel
{
    Q_OBJECT

public:
    enum Column { Count, Share, Error, Hours, First, Last, ColumnCount };

    explicit ErrorGroupsModel(QObject* parent = nullptr);

    /// Selection and scroll position stay where the order is the same.
    void setGroups(const domain::ErrorGroups& groups, const QDateTime& now);
    const domain::ErrorGroup* groupAt(int row) const;
    int rowOf(const QString& signature) const; ///< -1: none
    double shareOf(const domain::ErrorGroup& group) const { return m_groups.share(group); }
    /// The largest share, to which bars of shares are drawn.
    double largestShare() const;
    QDateTime now() const { return m_now; }

protected:
    int rows() const override { return int(m_groups.groups.size()); }
    QVariant cell(int row, int column, int role) const override;

private:
    domain::ErrorGroups m_groups;
    QDateTime m_now;
};

} // namespace queuedeck::ui
