// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/alerts/alertentry.h"
#include "ui/widgets/rowsmodel.h"

#include <functional>

namespace queuedeck::ui {

/// The history of alerts as a table; the last column is what can be done about each.
class AlertHistoryModel : public RowsModel
{
    Q_OBJECT

public:
    enum Column { Began, Rule, Highest, Lasted, ToldBy, State, Action };

    explicit AlertHistoryModel(std::function<bool(const QString& ruleId)> isSnoozed,
                               QObject* parent = nullptr);

    void setEntries(const alerts::AlertEntries& entries, const QDateTime& now);
    const alerts::AlertEntry& entryAt(int row) const { return m_entries[row]; }

protected:
    int rows() const override { return int(m_entries.size()); }
    QVariant cell(int row, int column, int role) const override;

private:
    QString textOf(const alerts::AlertEntry& entry, int column) const;
    QString toldBy(const alerts::AlertEntry& entry) const;

    std::function<bool(const QString&)> m_isSnoozed;
    alerts::AlertEntries m_entries;
    QDateTime m_now;
};

} // namespace queuedeck::ui
