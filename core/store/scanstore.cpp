// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/scanstore.h"

#include "core/db/transaction.h"
#include "core/store/journalnote.h"

#include <QCryptographicHash>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace queuedeck::store {

namespace {
// A database of our own has no tenants; the columns must hold a uuid all the same.
const QString kNobody = u"00000000-0000-0000-0000-000000000000"_s;

QString sha256(const QByteArray& bytes)
{
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

domain::Scan scanFromRow(const db::Rows::Row& row)
{
    domain::Scan scan;
    scan.id.value = row.text(0);
    scan.scanType = row.text(1);
    scan.imageUrl = row.text(2);
    scan.status = row.text(3);
    scan.extractedData = QJsonDocument::fromJson(row.bytes(4)).object();
    scan.errorMessage = row.text(5);
    scan.tenantId = row.text(6);
    scan.userId = row.text(7);
    scan.createdAt = row.time(8);
    scan.completedAt = row.time(9);
    scan.job.value = row.text(10);
    scan.jobStatus = row.text(11);
    return scan;
}
} // namespace

ScanStore::ScanStore(db::Connection& connection, const TableShape& shape, const base::Clock& clock)
    : m_connection(connection)
    , m_shape(shape)
    , m_sql(sqlText(shape.dialect, shape.isGuest()))
    , m_clock(clock)
{
}

base::Result<AddedScan> ScanStore::add(const domain::NewScan& scan, const domain::Actor& actor)
{
    if (m_shape.isGuest() || !m_shape.enqueueOff.isEmpty() || !m_shape.scan.exists)
        return base::fail(base::ErrorKind::Unsupported,
                          m_shape.isGuest() || m_shape.enqueueOff.isEmpty()
                              ? u"Pictures are kept in a table of Queuedeck's own, which this "
                                "database does not have. `queuedeckctl --db … init` adds it."_s
                              : m_shape.enqueueOff);
    const QDateTime now = m_clock.now();
    const qint64 msecs = now.toMSecsSinceEpoch();
    const QString image = domain::newUuid(msecs);
    const AddedScan added{{domain::newUuid(msecs)}, {domain::newUuid(msecs)}};
    const QString imageUrl = domain::kStoredImageScheme + u':' + image;
    const QJsonObject payload{{u"scanId"_s, added.scan.value},
                              {u"imageUrl"_s, imageUrl},
                              {u"scanType"_s, domain::scanTypeText(scan.type)}};
    db::Params params =
        journalParams({u"upload"_s, scan.fileName, actor}, {domain::newUuid(msecs)}, msecs);
    params.insert(
        {{u"count"_s, 1},
         {u"image"_s, image},
         {u"scan"_s, added.scan.value},
         {u"job"_s, added.job.value},
         {u"sha256"_s, sha256(scan.bytes)},
         {u"mediaType"_s, scan.mediaType},
         {u"fileName"_s, scan.fileName},
         {u"bytes"_s, scan.bytes},
         {u"now"_s, msecs},
         {u"nowText"_s, db::timeText(now)},
         {u"tenant"_s, kNobody},
         {u"user"_s, kNobody},
         {u"imageUrl"_s, imageUrl},
         {u"scanType"_s, domain::scanTypeText(scan.type)},
         {u"payload"_s, QString::fromUtf8(QJsonDocument(payload).toJson(QJsonDocument::Compact))}});
    auto transaction = db::Transaction::begin(m_connection);
    if (!transaction)
        return transaction.error();
    for (const Sql* step : {&m_sql.addImage, &m_sql.addScan, &m_sql.addScanJob, &m_sql.noteAdded}) {
        if (const auto done = m_connection.run(step->text(), params); !done)
            return done.error();
    }
    if (const base::Status done = transaction->commit(); !done)
        return done.error();
    return added;
}

base::Result<QVector<domain::Scan>> ScanStore::list(const ScanQuery& query)
{
    QString pattern = query.text;
    pattern.replace(u'\\', u"\\\\"_s).replace(u'%', u"\\%"_s).replace(u'_', u"\\_"_s);
    const auto rows = m_connection.run(
        m_sql.scanList.text(), {{u"status"_s, query.status.isNull() ? u""_s : query.status},
                                {u"scanType"_s, query.scanType.isNull() ? u""_s : query.scanType},
                                {u"pattern"_s, u'%' + pattern + u'%'},
                                {u"below"_s, query.confidenceBelow},
                                {u"limit"_s, query.limit},
                                {u"offset"_s, query.offset}});
    if (!rows)
        return rows.error();
    QVector<domain::Scan> scans;
    for (size_t i = 0; i < rows->size(); ++i)
        scans.push_back(scanFromRow((*rows)[i]));
    return scans;
}

base::Result<domain::Scan> ScanStore::scan(const domain::ScanId& id)
{
    const auto rows = m_connection.run(m_sql.scanById.text(), {{u"id"_s, id.value}});
    if (!rows)
        return rows.error();
    if (rows->isEmpty())
        return base::fail(base::ErrorKind::NotFound, u"There is no scan %1."_s.arg(id.value));
    return scanFromRow((*rows)[0]);
}

base::Result<QByteArray> ScanStore::image(const QString& imageUrl)
{
    const QString prefix = domain::kStoredImageScheme + u':';
    if (!imageUrl.startsWith(prefix))
        return base::fail(base::ErrorKind::Unsupported,
                          u"The picture %1 is not stored here; this version reads only pictures "
                          "that were uploaded with Queuedeck."_s.arg(imageUrl.left(200)));
    const auto rows =
        m_connection.run(m_sql.imageById.text(), {{u"id"_s, imageUrl.mid(prefix.size())}});
    if (!rows)
        return rows.error();
    if (rows->isEmpty())
        return base::fail(base::ErrorKind::NotFound,
                          u"The picture %1 is not in the database any more."_s.arg(imageUrl));
    return (*rows)[0].bytes(0);
}

base::Result<std::optional<KnownImage>> ScanStore::sameImage(const QByteArray& bytes)
{
    const auto rows = m_connection.run(m_sql.imageBySha256.text(), {{u"sha256"_s, sha256(bytes)}});
    if (!rows)
        return rows.error();
    if (rows->isEmpty())
        return std::optional<KnownImage>();
    return std::optional(KnownImage{(*rows)[0].text(0), {(*rows)[0].text(1)}});
}

} // namespace queuedeck::store
