// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/history.h"
#include "core/domain/snapshot.h"
#include "ui/widgets/rowsmodel.h"

namespace queuedeck::ui {

/// The jobs of each type by status, and what came of them in a period. A type that no handler here
/// can run says so.
class TypesModel : public RowsModel
{
    Q_OBJECT

public:
    enum Column {
        Type,
        Pending,
        Processing,
        Completed, ///< in the table, like those before and the next two
        Failed,
        Other,
        DoneThen, ///< in the period of the history, like all that follow
        FailedThen,
        FailRate,
        WaitP50,
        WaitP95,
        WaitP99,
        RunP50,
        RunP95,
        RunP99,
        ColumnCount
    };

    explicit TypesModel(const QStringList& handledTypes, QObject* parent = nullptr);

    void setHandledTypes(const QStringList& handledTypes);
    void setCounts(const QMap<QString, domain::TypeCounts>& counts);
    void setHistory(const QMap<QString, domain::HistoryFigures>& figures);
    QString typeAt(int row) const { return m_types.value(row); }

protected:
    int rows() const override { return int(m_types.size()); }
    QVariant cell(int row, int column, int role) const override;

private:
    void setTypes();
    qint64 figure(int row, int column) const;
    QVariant pastCell(const domain::HistoryFigures& past, int column, int role) const;

    QStringList m_handledTypes;
    QStringList m_types;
    QMap<QString, domain::TypeCounts> m_counts;
    QMap<QString, domain::HistoryFigures> m_past;
};

} // namespace queuedeck::ui
