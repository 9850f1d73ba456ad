// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"
#include "core/store/imports/apptable.h"
#include "core/store/imports/importids.h"
#include "core/store/imports/targetwriter.h"

#include <memory>

namespace queuedeck::store {

/// Products with their Skus. A Sku is found by its code; a new one belongs to the product of that
/// name, which is made if there is none.
class ProductWriter final : public TargetWriter
{
public:
    static base::Result<std::unique_ptr<TargetWriter>> open(const ImportPlace& place);

    Verdicts writeRows(const QVector<domain::ImportRow>& rows) override;
    void settle(bool kept) override;

private:
    struct Batch;

    ProductWriter(const ImportPlace& place, AppTable products, AppTable skus);

    base::Status readKeys();
    base::Sentence faultOf(const domain::ImportRow& row) const;
    void addNew(const domain::ImportRow& row, Batch& batch);
    QStringList cellsOf(const domain::ImportRow& row, const QStringList& columns) const;

    const ImportPlace m_place;
    const AppTable m_products;
    const AppTable m_skus;
    QStringList m_productColumns; ///< that are written
    QStringList m_skuColumns;
    KeyedIds m_skuByCode;
    KeyedIds m_productOfSku; ///< by the Sku's code
    KeyedIds m_productByName;
};

} // namespace queuedeck::store
