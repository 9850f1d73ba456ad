// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/imports/customerwriter.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace queuedeck::store {

using domain::ImportRow;
using domain::ImportTarget;
using domain::ImportVerdict;
using Kind = ImportVerdict::Kind;

CustomerWriter::CustomerWriter(const ImportPlace& place, AppTable table)
    : m_place(place)
    , m_table(std::move(table))
{
    for (const domain::ImportField& field : domain::importFields(ImportTarget::Customers)) {
        if (!place.scope.fields.contains(field.name))
            continue;
        m_fields += domain::importFieldIndex(ImportTarget::Customers, field.name);
        m_columns += field.name;
    }
}

base::Result<std::unique_ptr<TargetWriter>> CustomerWriter::open(const ImportPlace& place)
{
    QStringList needed{u"id"_s, u"tenantId"_s};
    needed += place.scope.fields;
    auto table = AppTable::open(place.connection, place.shape, u"Customer"_s, needed,
                                {u"createdAt"_s, u"updatedAt"_s}, place.notes);
    if (!table)
        return table.error();
    std::unique_ptr<CustomerWriter> writer(new CustomerWriter(place, std::move(*table)));
    if (const base::Status done = writer->readKeys(); !done)
        return done.error();
    return std::unique_ptr<TargetWriter>(std::move(writer));
}

base::Status CustomerWriter::readKeys()
{
    const bool hasExternalIds = m_table.has(u"externalId"_s);
    return m_table.eachKey(m_place.scope.tenant,
                           {hasExternalIds ? u"externalId"_s : u"name"_s, u"name"_s},
                           [&](const db::Rows::Row& row) {
                               const bool hasOne = hasExternalIds && !row.text(1).isEmpty();
                               if (hasOne)
                                   m_byExternalId.insert(row.text(1), row.text(0));
                               m_byName.insert(row.text(2), row.text(0), hasOne);
                           });
}

KeyedIds::Row CustomerWriter::found(const QString& externalId, const QString& name) const
{
    if (externalId.isEmpty())
        return m_byName.find(name);
    const KeyedIds::Row byId = m_byExternalId.find(externalId);
    if (byId.found != KeyedIds::Found::None)
        return byId;
    // One that was entered by hand gets its number; one with another number is another customer.
    const KeyedIds::Row byName = m_byName.find(name);
    return byName.found == KeyedIds::Found::One && !byName.isMarked ? byName : KeyedIds::Row();
}

QString CustomerWriter::faultOf(const ImportRow& row) const
{
    for (qsizetype i = 0; i < m_fields.size(); ++i) {
        if (const QString fault = m_table.fault(m_columns[i], row.values[m_fields[i]]);
            !fault.isEmpty())
            return fault;
    }
    return {};
}

TargetWriter::Verdicts CustomerWriter::writeRows(const QVector<ImportRow>& rows)
{
    const QString now = db::timeText(m_place.clock.now());
    RowSet made{QStringList{u"id"_s, u"tenantId"_s, u"createdAt"_s, u"updatedAt"_s} + m_columns};
    RowSet changed{QStringList{u"id"_s, u"updatedAt"_s} + m_columns};
    QVector<ImportVerdict> verdicts(rows.size());
    QVector<std::pair<qsizetype, QString>> changing; // row and id
    QSet<QString> taken;
    const int externalId = domain::importFieldIndex(ImportTarget::Customers, u"externalId"_s);
    const int name = domain::importFieldIndex(ImportTarget::Customers, u"name"_s);
    for (qsizetype i = 0; i < rows.size(); ++i) {
        const QStringList& values = rows[i].values;
        if (const QString fault = faultOf(rows[i]); !fault.isEmpty()) {
            verdicts[i] = {Kind::Rejected, fault};
            continue;
        }
        QStringList cells;
        for (const int field : m_fields)
            cells += values[field];
        const KeyedIds::Row row = found(values[externalId], values[name]);
        if (row.found == KeyedIds::Found::Several) {
            verdicts[i] = {
                Kind::Rejected,
                base::Sentence::tr("several customers are called so; an externalId would "
                                   "tell which is meant")};
        } else if (row.found == KeyedIds::Found::None) {
            const QString key =
                values[externalId].isEmpty() ? u'n' + values[name] : u'x' + values[externalId];
            const QString id = importedId(m_place.scope.job, u"Customer"_s, key);
            made.rows += QStringList{id, m_place.scope.tenant, now, now} + cells;
            if (!values[externalId].isEmpty())
                m_byExternalId.insertNew(values[externalId], id);
            m_byName.insertNew(values[name], id, !values[externalId].isEmpty());
        } else if (const auto before = m_place.before(row.id)) {
            verdicts[i] = *before;
        } else if (taken.contains(row.id)) {
            verdicts[i] = {Kind::Rejected, base::Sentence::tr("another line is the same customer")};
        } else if (!m_place.scope.mayUpdate) {
            verdicts[i] = {Kind::Unchanged};
        } else {
            taken.insert(row.id);
            changed.rows += QStringList{row.id, now} + cells;
            changing += std::pair(i, row.id);
        }
    }
    if (const base::Status done = m_table.add(made); !done)
        return done.error();
    const auto differ = m_table.change(changed, true);
    if (!differ)
        return differ.error();
    for (const auto& [row, id] : changing) {
        const auto one = differ->constFind(id);
        verdicts[row] =
            one == differ->constEnd()
                ? ImportVerdict{Kind::Rejected,
                                base::Sentence::tr("the customer was deleted while the import ran")}
                : ImportVerdict{*one ? Kind::Updated : Kind::Unchanged};
    }
    return verdicts;
}

void CustomerWriter::settle(bool kept)
{
    m_byExternalId.settle(kept);
    m_byName.settle(kept);
}

} // namespace queuedeck::store
