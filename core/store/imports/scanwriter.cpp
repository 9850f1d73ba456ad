// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/imports/scanwriter.h"

#include "core/domain/scan.h"
#include "core/store/imports/importids.h"
#include "core/store/journalnote.h"
#include "core/store/scanstore.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace queuedeck::store {

using domain::ImportRow;
using domain::ImportTarget;
using domain::ImportVerdict;

namespace {
// A database of our own has no tenants, but the columns must hold a uuid.
const QString kNobody = u"00000000-0000-0000-0000-000000000000"_s;

QString valueOf(const ImportRow& row, const QString& field)
{
    return row.values[domain::importFieldIndex(ImportTarget::Scans, field)];
}
} // namespace

ScanWriter::ScanWriter(const ImportPlace& place)
    : m_place(place)
    , m_sql(sqlText(place.shape.dialect, place.shape.isGuest()))
{
}

base::Result<std::unique_ptr<TargetWriter>> ScanWriter::open(const ImportPlace& place)
{
    // The same conditions and owners as for a picture that is uploaded.
    const auto owners = ScanStore(place.connection, place.shape, place.clock).owners();
    if (!owners)
        return owners.error();
    const auto owner = domain::chosenOwner(*owners, {place.scope.tenant, place.scope.user});
    if (!owner)
        return owner.error();
    ImportPlace found = place;
    found.scope.tenant = owner->tenant;
    found.scope.user = owner->user;
    return std::unique_ptr<TargetWriter>(new ScanWriter(found));
}

base::Result<bool> ScanWriter::isThere(const QString& scan)
{
    const auto rows = m_place.connection.run(m_sql.scans.scanById.text(), {{u"id"_s, scan}});
    return rows ? base::Result<bool>(!rows->isEmpty()) : base::Result<bool>(rows.error());
}

base::Status ScanWriter::add(const ImportRow& row, const QString& scan)
{
    const domain::ImportScope& scope = m_place.scope;
    const QString given = valueOf(row, u"scanType"_s);
    const QString type =
        given.isNull() ? domain::scanTypeText(domain::ScanType::BusinessCard) : given;
    const QString user = valueOf(row, u"userId"_s);
    const QJsonObject payload{
        {u"scanId"_s, scan}, {u"imageUrl"_s, valueOf(row, u"imageUrl"_s)}, {u"scanType"_s, type}};
    const QString owner = user.isNull() ? scope.user : user;
    const db::Params params{
        {u"scan"_s, scan},
        {u"job"_s, importedId(scope.job, u"Job"_s, QString::number(row.line))},
        {u"tenant"_s, scope.tenant.isEmpty() ? kNobody : scope.tenant},
        {u"user"_s, owner.isEmpty() ? kNobody : owner},
        {u"imageUrl"_s, valueOf(row, u"imageUrl"_s)},
        {u"scanType"_s, type},
        {u"createdAt"_s, m_place.shape.createdAt(m_place.clock.now())},
        {u"payload"_s, QString::fromUtf8(QJsonDocument(payload).toJson(QJsonDocument::Compact))}};
    for (const Sql* step : {&m_sql.companion->addScan, &m_sql.companion->addScanJob}) {
        if (const auto done = m_place.connection.run(step->text(), params); !done)
            return done.error();
    }
    return {};
}

TargetWriter::Verdicts ScanWriter::writeRows(const QVector<ImportRow>& rows)
{
    QVector<ImportVerdict> verdicts(rows.size());
    for (qsizetype i = 0; i < rows.size(); ++i) {
        // By line, not by address: a card may be read twice on purpose.
        const QString scan =
            importedId(m_place.scope.job, u"ImageScan"_s, QString::number(rows[i].line));
        const auto there = isThere(scan);
        if (!there)
            return there.error();
        if (*there) {
            verdicts[i] = {ImportVerdict::Kind::Unchanged};
            continue;
        }
        if (const base::Status added = add(rows[i], scan); !added)
            return added.error();
    }
    if (m_sql.atOnce) {
        if (const auto told = m_place.connection.run(m_sql.atOnce->announce.text()); !told)
            return told.error();
    }
    return verdicts;
}

} // namespace queuedeck::store
