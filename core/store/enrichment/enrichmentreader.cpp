// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/enrichment/enrichmentreader.h"

#include "core/store/enrichment/enrichedtable.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace queuedeck::store {

using base::ErrorKind;
using base::fail;
using domain::EnrichedKind;
using domain::EnrichmentSubject;

namespace {
QJsonObject objectIn(const QString& json)
{
    return QJsonDocument::fromJson(json.toUtf8()).object();
}

// A column of texts may hold JSON.
QJsonValue parsed(const QString& field, const QJsonValue& value)
{
    const bool isStructured =
        domain::isEnrichmentList(field) || !domain::enrichmentParts(field).isEmpty();
    if (!isStructured || !value.isString())
        return value;
    const QJsonDocument document = QJsonDocument::fromJson(value.toString().toUtf8());
    if (document.isObject())
        return document.object();
    return document.isArray() ? QJsonValue(document.array()) : value;
}

bool isEmpty(const QJsonValue& value)
{
    return value.isNull() || value.isUndefined() ||
           (value.isString() && value.toString().isEmpty()) ||
           (value.isArray() && value.toArray().isEmpty()) ||
           (value.isObject() && value.toObject().isEmpty());
}

QJsonObject withoutEmpty(QJsonObject facts)
{
    for (auto fact = facts.begin(); fact != facts.end();)
        fact = isEmpty(fact.value()) ? facts.erase(fact) : ++fact;
    return facts;
}

base::Error noTable(EnrichedKind kind)
{
    return fail(ErrorKind::Unsupported,
                base::Sentence::tr(
                    "This database has no table %1 with an id and a name, so there is no %2 to "
                    "enrich. The web application's database has one.")
                    .arg(kind == EnrichedKind::Product ? u"Product"_s : u"Customer"_s,
                         domain::enrichedKindText(kind)));
}

base::Error notThere(EnrichedKind kind, const QString& id)
{
    return fail(
        ErrorKind::NotFound,
        base::Sentence::tr("There is no %1 %2.").arg(domain::enrichedKindText(kind), id.left(100)));
}
} // namespace

QString compactJson(const QJsonObject& object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

EnrichmentReader::EnrichmentReader(db::Connection& connection, const TableShape& shape)
    : m_connection(connection)
    , m_shape(shape)
    , m_sql(sqlText(shape.dialect, shape.isGuest()))
{
}

base::Result<EnrichmentSubject> EnrichmentReader::subject(const domain::EnrichmentRequest& request)
{
    const EnrichedKind kind = request.kind();
    const auto customers = EnrichedTable::open(m_connection, m_shape, EnrichedKind::Customer);
    if (!customers)
        return customers.error();
    const auto table = EnrichedTable::open(m_connection, m_shape, kind);
    if (!table)
        return table.error();
    if (!table->has({u"id"_s, u"name"_s}))
        return noTable(kind);
    std::optional<EnrichedTable::Row> customer;
    if (customers->has({u"id"_s, u"name"_s})) {
        auto row = customers->row(request.customer);
        if (!row)
            return row.error();
        if (!*row)
            return notThere(EnrichedKind::Customer, request.customer);
        customer = std::move(*row);
    }
    const QString id = kind == EnrichedKind::Product ? request.product : request.customer;
    const auto row = table->row(id);
    if (!row)
        return row.error();
    if (!*row)
        return notThere(kind, id);
    if (customer && !customer->tenant.isNull() && !(*row)->tenant.isNull() &&
        customer->tenant != (*row)->tenant)
        return fail(
            ErrorKind::Invalid,
            base::Sentence::tr("The product and the customer belong to different tenants."));

    EnrichmentSubject subject;
    subject.kind = kind;
    subject.id = id;
    subject.facts = withoutEmpty(objectIn((*row)->facts));
    subject.name = subject.facts["name"_L1].toVariant().toString();
    subject.version = (*row)->version;
    subject.image = (*row)->image;
    subject.longest = table->longest();
    const base::Status added = kind == EnrichedKind::Product ? addProductFacts(id, subject.facts)
                                                             : addCustomerFacts(id, subject.facts);
    if (!added)
        return added.error();
    const auto known = setBefore(subject);
    if (!known)
        return known.error();
    const QJsonObject image = objectIn(subject.image);
    for (const QString& field : domain::enrichmentFields(kind)) {
        if (!table->writes(field)) {
            if (!m_sql.companion)
                return fail(ErrorKind::Unsupported,
                            base::Sentence::tr(
                                "%1 has no column %2 that may be written, and as a guest Queuedeck "
                                "has no table of its own to keep it in. `queuedeckctl --db … init` "
                                "adds one.")
                                .arg(table->name(), field));
            if (known->contains(field))
                subject.fields[field] = (*known)[field];
            continue;
        }
        const QJsonValue value = parsed(field, image[field]);
        if (!isEmpty(value))
            subject.fields[field] = value;
        if (known->contains(field) && (*known)[field] != value)
            subject.edited += field;
    }
    return subject;
}

// What the enrichments that stand have set, the latest of each field.
base::Result<QJsonObject> EnrichmentReader::setBefore(const EnrichmentSubject& subject)
{
    QJsonObject known;
    if (!m_sql.companion)
        return known;
    const auto rows = m_connection.run(
        m_sql.companion->enrichedFields.text(),
        {{u"kind"_s, domain::enrichedKindText(subject.kind)}, {u"target"_s, subject.id}});
    if (!rows)
        return rows.error();
    for (size_t i = 0; i < rows->size(); ++i) {
        const QJsonObject fields = objectIn((*rows)[i].text(0));
        for (auto field = fields.begin(); field != fields.end(); ++field)
            known[field.key()] = field.value();
    }
    return known;
}

base::Status EnrichmentReader::addProductFacts(const QString& product, QJsonObject& facts)
{
    const auto skus = EnrichedTable::open(m_connection, m_shape, u"Sku"_s);
    if (!skus)
        return skus.error();
    if (!skus->has({u"productId"_s, u"code"_s}) || !skus->canBeId(u"productId"_s, product))
        return {};
    const auto rows = m_connection.run(
        db::filled(m_sql.enrichment.enrichedSkus.text(),
                   {{u"sku_table"_s, skus->qualified()},
                    {u"sku_facts"_s, skus->objectOf({u"code"_s, u"size"_s, u"abv"_s})},
                    {u"sku_product_type"_s, skus->castOf(u"productId"_s)}}),
        {{u"id"_s, product}});
    if (!rows)
        return rows.error();
    QJsonArray found;
    for (size_t i = 0; i < rows->size(); ++i)
        found += withoutEmpty(objectIn((*rows)[i].text(0)));
    if (!found.isEmpty())
        facts[u"skus"_s] = found;
    return {};
}

base::Status EnrichmentReader::addCustomerFacts(const QString& customer, QJsonObject& facts)
{
    std::map<QString, QString> names;
    QString customerType;
    for (const auto& [name, columns] :
         {std::pair{u"Order"_s, QStringList{u"id"_s, u"customerId"_s}},
          std::pair{u"OrderLine"_s, QStringList{u"orderId"_s, u"skuId"_s}},
          std::pair{u"Sku"_s, QStringList{u"id"_s, u"productId"_s}},
          std::pair{u"Product"_s, QStringList{u"id"_s, u"name"_s}}}) {
        const auto table = EnrichedTable::open(m_connection, m_shape, name);
        if (!table)
            return table.error();
        if (!table->has(columns) ||
            (name == "Order"_L1 && !table->canBeId(u"customerId"_s, customer)))
            return {};
        if (name == "Order"_L1)
            customerType = table->castOf(u"customerId"_s);
        names[name] = table->qualified();
    }
    const auto rows = m_connection.run(db::filled(m_sql.enrichment.boughtProducts.text(),
                                                  {{u"order_table"_s, names[u"Order"_s]},
                                                   {u"line_table"_s, names[u"OrderLine"_s]},
                                                   {u"sku_table"_s, names[u"Sku"_s]},
                                                   {u"product_table"_s, names[u"Product"_s]},
                                                   {u"order_customer_type"_s, customerType}}),
                                       {{u"id"_s, customer}});
    if (!rows)
        return rows.error();
    QJsonArray found;
    for (size_t i = 0; i < rows->size(); ++i)
        found += (*rows)[i].text(0);
    if (!found.isEmpty())
        facts[u"buysMost"_s] = found;
    return {};
}

base::Result<std::optional<StoredEnrichment>>
EnrichmentReader::storedOfJob(const domain::JobId& job)
{
    std::optional<StoredEnrichment> none;
    if (!m_sql.companion)
        return none;
    const auto rows =
        m_connection.run(m_sql.companion->enrichmentOfJob.text(), {{u"job"_s, job.value}});
    if (!rows)
        return rows.error();
    if (rows->isEmpty())
        return none;
    const db::Rows::Row row = (*rows)[0];
    const auto state = domain::enrichmentStateFromText(row.text(4));
    if (!state)
        return fail(ErrorKind::Unsupported,
                    base::Sentence::tr("The enrichment of %1 was recorded by a newer Queuedeck.")
                        .arg(job.value));
    StoredEnrichment stored;
    domain::Enrichment& found = stored.enrichment;
    found.job.value = row.text(0);
    found.kind = domain::enrichedKindFromText(row.text(1));
    found.id = row.text(2);
    found.name = row.text(3);
    found.state = *state;
    found.after = objectIn(row.text(5));
    found.before = objectIn(row.text(6));
    for (const QJsonValue& field : QJsonDocument::fromJson(row.text(7).toUtf8()).array())
        found.edited += field.toString();
    found.model = row.text(8);
    found.journal.value = row.text(9);
    found.at = row.time(10);
    stored.storedBefore = row.text(11);
    stored.storedAfter = row.text(12);
    return std::optional(stored);
}

base::Result<std::optional<domain::Enrichment>> EnrichmentReader::ofJob(const domain::JobId& job)
{
    const auto stored = storedOfJob(job);
    if (!stored)
        return stored.error();
    return *stored ? std::optional((*stored)->enrichment) : std::nullopt;
}

} // namespace queuedeck::store
