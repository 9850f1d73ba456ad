// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"
#include "core/store/imports/apptable.h"
#include "core/store/imports/importids.h"
#include "core/store/imports/targetwriter.h"

#include <memory>

namespace queuedeck::store {

/// The application's sales report: an order is found by its number and written anew with its lines
/// and its invoice; a customer that is not known by name is made.
class SalesWriter final : public TargetWriter
{
public:
    static base::Result<std::unique_ptr<TargetWriter>> open(const ImportPlace& place);

    Verdicts writeOrders(const QVector<domain::SalesOrder>& orders) override;
    void settle(bool kept) override;

private:
    struct Tables
    {
        AppTable customers, addresses, orders, lines, invoices, skus;
    };
    struct Batch;

    SalesWriter(const ImportPlace& place, Tables tables);

    base::Status readKeys();
    base::Sentence faultOf(const domain::SalesOrder& order) const;
    QString customerOf(const domain::SalesOrder& order, Batch& batch);
    void addOrder(const domain::SalesOrder& order, const QString& id, bool isNew, Batch& batch);
    void addInvoice(const domain::SalesOrder& order, const QString& orderId, Batch& batch);
    base::Status writeBatch(Batch& batch);
    base::Status writeInvoices(Batch& batch);

    const ImportPlace m_place;
    const Tables m_tables;
    KeyedIds m_customerByName;
    KeyedIds m_customerByExternalId;
    KeyedIds m_skuByCode;
};

} // namespace queuedeck::store
