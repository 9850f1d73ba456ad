// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/snapshot.h"
#include "ui/widgets/rowsmodel.h"

namespace queuedeck::ui {

/// The jobs of each type by status. A type that no handler here can run says so.
class TypesModel : public RowsModel
{
    Q_OBJECT

public:
    enum Column { Type, Pending, Processing, Completed, Failed, Other, ColumnCount };

    explicit TypesModel(const QStringList& handledTypes, QObject* parent = nullptr);

    void setHandledTypes(const QStringList& handledTypes);
    void setCounts(const QMap<QString, domain::TypeCounts>& counts);
    QString typeAt(int row) const { return m_types.value(row); }

protected:
    int rows() const override { return int(m_types.size()); }
    QVariant cell(int row, int column, int role) const override;

private:
    qint64 figure(int row, int column) const;

    QStringList m_handledTypes;
    QStringList m_types;
    QMap<QString, domain::TypeCounts> m_counts;
};

} // namespace queuedeck::ui
