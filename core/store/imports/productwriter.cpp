// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/imports/productwriter.h"

using namespace Qt::StringLiterals;

namespace queuedeck::store {

using domain::ImportRow;
using domain::ImportTarget;
using domain::ImportVerdict;
using Kind = ImportVerdict::Kind;

namespace {
QString valueOf(const ImportRow& row, const QString& field)
{
    return row.values[domain::importFieldIndex(ImportTarget::Products, field)];
}

QStringList mapped(const QStringList& columns, const ImportPlace& place)
{
    QStringList found;
    for (const QString& column : columns) {
        if (place.scope.fields.contains(column))
            found += column;
    }
    return found;
}
} // namespace

/// What a batch writes.
struct ProductWriter::Batch
{
    QString now;
    RowSet products;
    RowSet skus;
    QHash<QString, QStringList> changedProducts = {}; ///< by id; the last line counts
    RowSet changedSkus;
};

ProductWriter::ProductWriter(const ImportPlace& place, AppTable products, AppTable skus)
    : m_place(place)
    , m_products(std::move(products))
    , m_skus(std::move(skus))
    , m_productColumns(mapped({u"name"_s, u"brand"_s, u"category"_s, u"description"_s}, place))
    , m_skuColumns(mapped({u"size"_s, u"abv"_s}, place))
{
}

base::Result<std::unique_ptr<TargetWriter>> ProductWriter::open(const ImportPlace& place)
{
    const QStringList times{u"createdAt"_s, u"updatedAt"_s};
    const QStringList common{u"id"_s, u"tenantId"_s};
    auto products = AppTable::open(
        place.connection, place.shape, u"Product"_s,
        common + mapped({u"name"_s, u"brand"_s, u"category"_s, u"description"_s}, place), times,
        place.notes);
    if (!products)
        return products.error();
    auto skus = AppTable::open(place.connection, place.shape, u"Sku"_s,
                               common + QStringList{u"code"_s, u"productId"_s} +
                                   mapped({u"size"_s, u"abv"_s}, place),
                               times, place.notes);
    if (!skus)
        return skus.error();
    std::unique_ptr<ProductWriter> writer(
        new ProductWriter(place, std::move(*products), std::move(*skus)));
    if (const base::Status done = writer->readKeys(); !done)
        return done.error();
    return std::unique_ptr<TargetWriter>(std::move(writer));
}

base::Status ProductWriter::readKeys()
{
    const base::Status named =
        m_products.eachKey(m_place.scope.tenant, {u"name"_s}, [this](const db::Rows::Row& row) {
            m_productByName.insert(row.text(1), row.text(0));
        });
    if (!named)
        return named;
    return m_skus.eachKey(m_place.scope.tenant, {u"code"_s, u"productId"_s},
                          [this](const db::Rows::Row& row) {
                              m_skuByCode.insert(row.text(1), row.text(0));
                              m_productOfSku.insert(row.text(1), row.text(2));
                          });
}

base::Sentence ProductWriter::faultOf(const ImportRow& row) const
{
    for (const QString& column : m_productColumns) {
        if (const QString fault = m_products.fault(column, valueOf(row, column)); !fault.isEmpty())
            return fault;
    }
    for (const QString& column : QStringList{u"code"_s} + m_skuColumns) {
        if (const QString fault = m_skus.fault(column, valueOf(row, column)); !fault.isEmpty())
            return fault;
    }
    const QString code = valueOf(row, u"code"_s);
    if (m_skuByCode.find(code).found == KeyedIds::Found::Several)
        return base::Sentence::tr("several Skus have the code %1").arg(code);
    if (m_skuByCode.find(code).found == KeyedIds::Found::None &&
        m_productByName.find(valueOf(row, u"name"_s)).found == KeyedIds::Found::Several)
        return base::Sentence::tr(
            "several products have this name, so it is not clear which the new Sku belongs to");
    return {};
}

QStringList ProductWriter::cellsOf(const ImportRow& row, const QStringList& columns) const
{
    QStringList cells;
    for (const QString& column : columns)
        cells += valueOf(row, column);
    return cells;
}

void ProductWriter::addNew(const ImportRow& row, Batch& batch)
{
    const domain::ImportScope& scope = m_place.scope;
    const QString code = valueOf(row, u"code"_s);
    const QString name = valueOf(row, u"name"_s);
    QString product = m_productByName.find(name).id;
    const QStringList cells = cellsOf(row, m_productColumns);
    if (product.isEmpty()) {
        product = importedId(scope.job, u"Product"_s, name);
        batch.products.rows += QStringList{product, scope.tenant, batch.now, batch.now} + cells;
        m_productByName.insertNew(name, product);
    }
    const QString sku = importedId(scope.job, u"Sku"_s, code);
    batch.skus.rows += QStringList{sku, scope.tenant, batch.now, batch.now, code, product} +
                       cellsOf(row, m_skuColumns);
    batch.skus.units += product; // a product is undone with its Skus
    m_skuByCode.insertNew(code, sku);
    m_productOfSku.insertNew(code, product);
}

TargetWriter::Verdicts ProductWriter::writeRows(const QVector<ImportRow>& rows)
{
    const QStringList made{u"id"_s, u"tenantId"_s, u"createdAt"_s, u"updatedAt"_s};
    Batch batch{db::timeText(m_place.clock.now()),
                {made + m_productColumns},
                {made + QStringList{u"code"_s, u"productId"_s} + m_skuColumns},
                {},
                {QStringList{u"id"_s, u"updatedAt"_s} + m_skuColumns}};
    QVector<ImportVerdict> verdicts(rows.size());
    struct Changing
    {
        qsizetype row;
        QString sku;
        QString product;
    };
    QVector<Changing> changing;
    for (qsizetype i = 0; i < rows.size(); ++i) {
        const QString code = valueOf(rows[i], u"code"_s);
        if (const QString fault = faultOf(rows[i]); !fault.isEmpty()) {
            verdicts[i] = {Kind::Rejected, fault};
            continue;
        }
        const KeyedIds::Row sku = m_skuByCode.find(code);
        if (sku.found == KeyedIds::Found::None) {
            addNew(rows[i], batch);
            continue;
        }
        if (const auto before = m_place.before(m_productOfSku.find(code).id)) {
            verdicts[i] = *before;
            continue;
        }
        if (!m_place.scope.mayUpdate) {
            verdicts[i] = {Kind::Unchanged};
            continue;
        }
        const QString product = m_productOfSku.find(code).id;
        changing += {i, sku.id, product};
        batch.changedProducts[product] =
            QStringList{product, batch.now} + cellsOf(rows[i], m_productColumns);
        batch.changedSkus.rows += QStringList{sku.id, batch.now} + cellsOf(rows[i], m_skuColumns);
        batch.changedSkus.units += product;
    }
    for (const auto& [table, set] :
         {std::pair(&m_products, &batch.products), std::pair(&m_skus, &batch.skus)}) {
        if (const base::Status done = table->add(*set); !done)
            return done.error();
    }
    const auto products =
        m_products.change({QStringList{u"id"_s, u"updatedAt"_s} + m_productColumns,
                           batch.changedProducts.values().toVector()},
                          true);
    if (!products)
        return products.error();
    const auto skus = m_skus.change(batch.changedSkus, true);
    if (!skus)
        return skus.error();
    for (const Changing& one : changing) {
        if (!skus->contains(one.sku) || !products->contains(one.product))
            verdicts[one.row] = {
                Kind::Rejected, base::Sentence::tr("the product was deleted while the import ran")};
        else
            verdicts[one.row] = {skus->value(one.sku) || products->value(one.product)
                                     ? Kind::Updated
                                     : Kind::Unchanged};
    }
    return verdicts;
}

void ProductWriter::settle(bool kept)
{
    m_skuByCode.settle(kept);
    m_productOfSku.settle(kept);
    m_productByName.settle(kept);
}

} // namespace queuedeck::store
