// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/imports/saleswriter.h"

#include <optional>

using namespace Qt::StringLiterals;

namespace queuedeck::store {

using domain::ImportVerdict;
using domain::SalesLine;
using domain::SalesOrder;
using Kind = ImportVerdict::Kind;

namespace {
const QStringList kStamps{u"id"_s, u"tenantId"_s, u"createdAt"_s, u"updatedAt"_s};

const QStringList kAddress{u"street1"_s, u"street2"_s,    u"city"_s,
                           u"state"_s,   u"postalCode"_s, u"country"_s};

const QStringList kOrder{
    u"customerId"_s, u"orderedAt"_s,    u"fulfilledAt"_s,          u"deliveredAt"_s,
    u"status"_s,     u"deliveryWeek"_s, u"deliveryTimeWindow"_s,   u"total"_s,
    u"currency"_s,   u"deliveryDate"_s, u"requestedDeliveryDate"_s};

const QStringList kInvoice{u"orderId"_s,       u"customerId"_s,
                           u"invoiceNumber"_s, u"status"_s,
                           u"subtotal"_s,      u"total"_s,
                           u"dueDate"_s,       u"issuedAt"_s,
                           u"shipDate"_s,      u"specialInstructions"_s,
                           u"salesperson"_s,   u"totalLiters"_s,
                           u"poNumber"_s,      u"paymentTermsText"_s};

QString midnight(const QDate& day)
{
    return day.isValid() ? day.toString(Qt::ISODate) + u"T00:00:00.000+00:00"_s : QString();
}

QStringList addressOf(const SalesOrder& order)
{
    return {order.street1, order.street2, order.city, order.state, order.postalCode, order.country};
}
} // namespace

/// What a batch writes.
struct SalesWriter::Batch
{
    QString now;
    RowSet customers{kStamps + QStringList{u"name"_s, u"externalId"_s, u"paymentTerms"_s} +
                     kAddress};
    RowSet addresses{kStamps + QStringList{u"customerId"_s, u"label"_s, u"isDefault"_s} + kAddress};
    RowSet newOrders{kStamps + QStringList{u"orderNumber"_s, u"specialInstructions"_s} + kOrder};
    RowSet oldOrders{QStringList{u"id"_s, u"updatedAt"_s} + kOrder};
    RowSet lines{kStamps + QStringList{u"orderId"_s, u"skuId"_s, u"quantity"_s, u"unitPrice"_s,
                                       u"casesQuantity"_s, u"totalLiters"_s}};
    QHash<QString, QStringList> invoices = {}; ///< by order: the values of kInvoice
    QHash<QString, QString> invoiceIds = {};   ///< for those that are not there yet
    QStringList knownOrders = {};              ///< of those that were there before
};

SalesWriter::SalesWriter(const ImportPlace& place, Tables tables)
    : m_place(place)
    , m_tables(std::move(tables))
{
}

base::Result<std::unique_ptr<TargetWriter>> SalesWriter::open(const ImportPlace& place)
{
    const Batch batch;
    const auto table = [&place](const QString& name, const QStringList& needed,
                                const QStringList& optional) {
        return AppTable::open(place.connection, place.shape, name, needed, optional, place.notes);
    };
    const QStringList common{u"id"_s, u"tenantId"_s};
    auto customers = table(u"Customer"_s, common + QStringList{u"name"_s, u"externalId"_s},
                           batch.customers.columns);
    if (!customers)
        return customers.error();
    auto addresses =
        table(u"CustomerAddress"_s, {u"id"_s, u"customerId"_s}, batch.addresses.columns);
    if (!addresses)
        return addresses.error();
    auto orders = table(u"Order"_s, common + QStringList{u"orderNumber"_s, u"customerId"_s},
                        batch.newOrders.columns);
    if (!orders)
        return orders.error();
    auto lines = table(u"OrderLine"_s, {u"id"_s, u"orderId"_s, u"skuId"_s, u"quantity"_s},
                       batch.lines.columns);
    if (!lines)
        return lines.error();
    auto invoices = table(u"Invoice"_s, common + QStringList{u"orderId"_s}, kStamps + kInvoice);
    if (!invoices)
        return invoices.error();
    // Skus are only read, so nothing of theirs must be filled.
    auto skus = AppTable::openToRead(place.connection, place.shape, u"Sku"_s,
                                     common + QStringList{u"code"_s});
    if (!skus)
        return skus.error();
    std::unique_ptr<SalesWriter> writer(
        new SalesWriter(place, {std::move(*customers), std::move(*addresses), std::move(*orders),
                                std::move(*lines), std::move(*invoices), std::move(*skus)}));
    if (const base::Status done = writer->readKeys(); !done)
        return done.error();
    return std::unique_ptr<TargetWriter>(std::move(writer));
}

base::Status SalesWriter::readKeys()
{
    const base::Status customers = m_tables.customers.eachKey(
        m_place.scope.tenant, {u"name"_s, u"externalId"_s}, [this](const db::Rows::Row& row) {
            m_customerByName.insert(row.text(1), row.text(0));
            if (!row.text(2).isEmpty())
                m_customerByExternalId.insert(row.text(2), row.text(0));
        });
    if (!customers)
        return customers;
    return m_tables.skus.eachKey(
        m_place.scope.tenant, {u"code"_s},
        [this](const db::Rows::Row& row) { m_skuByCode.insert(row.text(1), row.text(0)); });
}

base::Sentence SalesWriter::faultOf(const SalesOrder& order) const
{
    for (const SalesLine& line : order.lines) {
        if (m_skuByCode.find(line.sku).found != KeyedIds::Found::One)
            return base::Sentence::tr("line %1: there is no Sku with the code %2")
                .arg(line.line)
                .arg(line.sku);
    }
    if (m_customerByExternalId.find(order.customer).found != KeyedIds::Found::One &&
        m_customerByName.find(order.customer).found == KeyedIds::Found::Several)
        return base::Sentence::tr("several customers are called %1").arg(order.customer);
    return {};
}

QString SalesWriter::customerOf(const SalesOrder& order, Batch& batch)
{
    const domain::ImportScope& scope = m_place.scope;
    if (const auto known = m_customerByExternalId.find(order.customer);
        known.found == KeyedIds::Found::One)
        return known.id;
    if (const auto known = m_customerByName.find(order.customer);
        known.found == KeyedIds::Found::One)
        return known.id;
    const QString id = importedId(scope.job, u"Customer"_s, order.customer);
    const QString address = importedId(scope.job, u"CustomerAddress"_s, order.customer);
    batch.customers.rows +=
        QStringList{id,         scope.tenant, batch.now, batch.now, order.customer, order.customer,
                    u"Net 30"_s} +
        addressOf(order);
    batch.addresses.rows +=
        QStringList{address, scope.tenant, batch.now, batch.now, id, u"primary"_s, u"true"_s} +
        addressOf(order);
    batch.addresses.units += id;
    m_customerByName.insertNew(order.customer, id);
    m_customerByExternalId.insertNew(order.customer, id);
    return id;
}

void SalesWriter::addInvoice(const SalesOrder& order, const QString& orderId, Batch& batch)
{
    batch.invoices[orderId] = {orderId,
                               customerOf(order, batch),
                               order.number,
                               order.invoiceStatus,
                               order.total,
                               order.total,
                               midnight(order.dueDate),
                               midnight(order.invoiceDate),
                               midnight(order.postedDate),
                               order.specialInstructions,
                               order.salesperson,
                               order.liters,
                               order.poNumber,
                               order.termsText};
    batch.invoiceIds[orderId] = importedId(m_place.scope.job, u"Invoice"_s, order.number);
}

void SalesWriter::addOrder(const SalesOrder& order, const QString& id, bool isNew, Batch& batch)
{
    const domain::ImportScope& scope = m_place.scope;
    const bool isDelivered =
        order.orderStatus == "FULFILLED"_L1 || order.orderStatus == "PARTIALLY_FULFILLED"_L1;
    const QString delivered = isDelivered ? midnight(order.deliveryDate) : QString();
    const QStringList values{customerOf(order, batch),
                             midnight(order.invoiceDate),
                             isDelivered ? midnight(order.postedDate) : QString(),
                             delivered,
                             order.orderStatus,
                             QString::number(order.deliveryDate.weekNumber()),
                             order.timeWindow,
                             order.total,
                             u"USD"_s,
                             midnight(order.deliveryDate),
                             midnight(order.deliveryDate)};
    if (isNew)
        batch.newOrders.rows += QStringList{id,        scope.tenant, batch.now,
                                            batch.now, order.number, order.specialInstructions} +
                                values;
    else
        batch.oldOrders.rows += QStringList{id, batch.now} + values;
    for (const SalesLine& line : order.lines) {
        batch.lines.units += id;
        batch.lines.rows +=
            QStringList{importedId(scope.job, u"OrderLine"_s, QString::number(line.line)),
                        scope.tenant,
                        batch.now,
                        batch.now,
                        id,
                        m_skuByCode.find(line.sku).id,
                        line.quantity,
                        line.unitPrice,
                        line.cases,
                        line.liters};
    }
    if (!isNew)
        batch.knownOrders += id;
    addInvoice(order, id, batch);
}

TargetWriter::Verdicts SalesWriter::writeOrders(const QVector<SalesOrder>& orders)
{
    struct Known
    {
        QString id;
        QString tenant;
    };
    QStringList numbers;
    for (const SalesOrder& order : orders)
        numbers += order.number;
    const auto rows =
        m_tables.orders.find(u"orderNumber"_s, numbers, {u"orderNumber"_s, u"id"_s, u"tenantId"_s});
    if (!rows)
        return rows.error();
    QHash<QString, Known> known;
    for (size_t i = 0; i < rows->size(); ++i) {
        const db::Rows::Row row = (*rows)[i];
        const Known* before = known.contains(row.text(0)) ? &known[row.text(0)] : nullptr;
        // Where numbers are unique for each tenant only, ours is the one that counts.
        if (!before || before->tenant != m_place.scope.tenant)
            known[row.text(0)] = {row.text(1), row.text(2)};
    }
    Batch batch;
    batch.now = db::timeText(m_place.clock.now());
    QVector<ImportVerdict> verdicts(orders.size());
    for (qsizetype i = 0; i < orders.size(); ++i) {
        const SalesOrder& order = orders[i];
        const auto there = known.constFind(order.number);
        const bool isNew = there == known.constEnd();
        if (const QString fault = faultOf(order); !fault.isEmpty()) {
            verdicts[i] = {Kind::Rejected, fault};
        } else if (!isNew && there->tenant != m_place.scope.tenant) {
            verdicts[i] = {Kind::Rejected,
                           base::Sentence::tr("the order belongs to another tenant")};
        } else if (const auto before = isNew ? std::nullopt : m_place.before(there->id)) {
            verdicts[i] = *before;
        } else if (!isNew && !m_place.scope.mayUpdate) {
            verdicts[i] = {Kind::Unchanged};
        } else {
            addOrder(order,
                     isNew ? importedId(m_place.scope.job, u"Order"_s, order.number) : there->id,
                     isNew, batch);
            verdicts[i] = {isNew ? Kind::Created : Kind::Updated};
        }
    }
    if (const base::Status done = writeBatch(batch); !done)
        return done.error();
    return verdicts;
}

base::Status SalesWriter::writeBatch(Batch& batch)
{
    if (const base::Status done = m_tables.customers.add(batch.customers); !done)
        return done;
    if (const base::Status done = m_tables.addresses.add(batch.addresses); !done)
        return done;
    if (const base::Status done = m_tables.orders.add(batch.newOrders); !done)
        return done;
    if (const auto changed = m_tables.orders.change(batch.oldOrders, false); !changed)
        return changed.error();
    // The application, too, makes the lines of an order anew each time. An order that has just been
    // made has none: without an index, looking for them would read the whole table.
    if (!batch.knownOrders.isEmpty()) {
        if (const base::Status done = m_tables.lines.remove(u"orderId"_s, batch.knownOrders); !done)
            return done;
    }
    if (const base::Status done = m_tables.lines.add(batch.lines); !done)
        return done;
    return writeInvoices(batch);
}

base::Status SalesWriter::writeInvoices(Batch& batch)
{
    RowSet changed{QStringList{u"id"_s, u"updatedAt"_s} + kInvoice};
    if (!batch.knownOrders.isEmpty()) {
        const auto rows =
            m_tables.invoices.find(u"orderId"_s, batch.knownOrders, {u"orderId"_s, u"id"_s});
        if (!rows)
            return rows.error();
        for (size_t i = 0; i < rows->size(); ++i) {
            const QString order = (*rows)[i].text(0);
            if (!batch.invoices.contains(order))
                continue;
            changed.rows += QStringList{(*rows)[i].text(1), batch.now} + batch.invoices.take(order);
            changed.units += order;
        }
    }
    RowSet made{kStamps + kInvoice};
    for (auto invoice = batch.invoices.begin(); invoice != batch.invoices.end(); ++invoice) {
        made.units += invoice.key();
        made.rows += QStringList{batch.invoiceIds.value(invoice.key()), m_place.scope.tenant,
                                 batch.now, batch.now} +
                     *invoice;
    }
    if (const auto done = m_tables.invoices.change(changed, false); !done)
        return done.error();
    return m_tables.invoices.add(made);
}

void SalesWriter::settle(bool kept)
{
    m_customerByName.settle(kept);
    m_customerByExternalId.settle(kept);
}

} // namespace queuedeck::store
