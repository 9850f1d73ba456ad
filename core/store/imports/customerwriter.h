// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/imports/apptable.h"
#include "core/store/imports/importids.h"
#include "core/store/imports/targetwriter.h"

#include <memory>

namespace queuedeck::store {

/// Customers: found by externalId, or by name where there is none, and made if they are not found.
class CustomerWriter final : public TargetWriter
{
public:
    static base::Result<std::unique_ptr<TargetWriter>> open(const ImportPlace& place);

    Verdicts writeRows(const QVector<domain::ImportRow>& rows) override;
    void settle(bool kept) override;

private:
    CustomerWriter(const ImportPlace& place, AppTable table);

    base::Status readKeys();
    KeyedIds::Row found(const QString& externalId, const QString& name) const;
    QString faultOf(const domain::ImportRow& row) const;

    const ImportPlace m_place;
    const AppTable m_table;
    QVector<int> m_fields; ///< of importFields(), those that are written
    QStringList m_columns; ///< of them
    KeyedIds m_byExternalId;
    KeyedIds m_byName; ///< marked: has an externalId
};

} // namespace queuedeck::store
