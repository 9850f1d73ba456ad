// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/scanstore.h"

#include "core/db/transaction.h"
#include "core/store/journalnote.h"

#include <QCryptographicHash>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace queuedeck::store {

namespace {
// A database of our own has no tenants, but the columns must hold a uuid.
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

base::Status ScanStore::mayAdd() const
{
    if (m_shape.isGuest())
        return base::fail(
            base::ErrorKind::Unsupported,
            base::Sentence::tr(
                "Pictures are kept in a table of Queuedeck's own, which this database "
                "does not have. `queuedeckctl --db … init` adds it."));
    if (!m_shape.enqueueOff.isEmpty())
        return base::fail(base::ErrorKind::Unsupported, m_shape.enqueueOff);
    if (!m_shape.scan.exists)
        return base::fail(
            base::ErrorKind::Unsupported,
            base::Sentence::tr(
                "The application's database has no table ImageScan, so no card can be "
                "uploaded. Its developer adds it."));
    return {};
}

base::Result<AddedScan> ScanStore::add(const domain::NewScan& scan, const domain::Actor& actor)
{
    const auto known = owners();
    if (!known)
        return known.error();
    const auto owner = domain::chosenOwner(*known, scan.owner);
    if (!owner)
        return owner.error();
    const QDateTime now = m_clock.now();
    const qint64 msecs = now.toMSecsSinceEpoch();
    const QString image = domain::newUuid(msecs);
    const AddedScan added{{domain::newUuid(msecs)}, {domain::newUuid(msecs)}};
    const bool isHere = scan.imageUrl.isEmpty();
    const QString imageUrl = isHere ? domain::kStoredImageScheme + u':' + image : scan.imageUrl;
    QJsonObject payload{{u"scanId"_s, added.scan.value},
                        {u"imageUrl"_s, imageUrl},
                        {u"scanType"_s, domain::scanTypeText(scan.type)}};
    if (!scan.reader.isEmpty())
        payload[u"reader"_s] = scan.reader;
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
         // Of one that is elsewhere only name and digest, so that a second copy is recognised.
         {u"bytes"_s, isHere ? scan.bytes : QByteArray("")},
         {u"now"_s, msecs},
         {u"createdAt"_s, m_shape.createdAt(now)},
         {u"tenant"_s, owner->tenant.isEmpty() ? kNobody : owner->tenant},
         {u"user"_s, owner->user.isEmpty() ? kNobody : owner->user},
         {u"imageUrl"_s, imageUrl},
         {u"scanType"_s, domain::scanTypeText(scan.type)},
         {u"payload"_s, QString::fromUtf8(QJsonDocument(payload).toJson(QJsonDocument::Compact))}});
    auto transaction = db::Transaction::begin(m_connection);
    if (!transaction)
        return transaction.error();
    const CompanionSql& sql = *m_sql.companion;
    for (const Sql* step : {&sql.addImage, &sql.addScan, &sql.addScanJob, &sql.noteAdded}) {
        if (const auto done = m_connection.run(step->text(), params); !done)
            return done.error();
    }
    if (const base::Status done = transaction->commit(); !done)
        return done.error();
    return added;
}

base::Result<domain::ScanOwners> ScanStore::owners()
{
    if (const base::Status may = mayAdd(); !may)
        return may.error();
    domain::ScanOwners owners;
    if (m_shape.mode == domain::QueueMode::Own)
        return owners;
    const auto tables = m_connection.run(m_sql.scans.ownerTables.text());
    if (!tables)
        return tables.error();
    for (size_t i = 0; i < tables->size(); ++i) {
        const db::Rows::Row table = (*tables)[i];
        const bool isTenant = table.text(0) == "tenantId"_L1;
        (isTenant ? owners.needsTenant : owners.needsUser) = true;
        // The catalog has quoted the names.
        const auto rows = m_connection.run(
            u"SELECT CAST(%1 AS text), %2, %3 FROM %4 ORDER BY 2, 1 LIMIT 1000"_s.arg(
                table.text(2),
                table.isNull(3) ? u"''"_s
                                : base::Sentence::tr("CAST(%1 AS text)").arg(table.text(3)),
                !isTenant && table.boolean(4) ? base::Sentence::tr("CAST(\"tenantId\" AS text)")
                                              : u"''"_s,
                table.text(1)));
        if (!rows)
            return rows.error();
        for (size_t row = 0; row < rows->size(); ++row)
            (isTenant ? owners.tenants : owners.users) +=
                {(*rows)[row].text(0), (*rows)[row].text(1), (*rows)[row].text(2)};
    }
    return owners;
}

base::Result<QVector<domain::Scan>> ScanStore::list(const ScanQuery& query)
{
    if (!m_shape.scan.exists)
        return QVector<domain::Scan>();
    QString pattern = query.text;
    pattern.replace(u'\\', u"\\\\"_s).replace(u'%', u"\\%"_s).replace(u'_', u"\\_"_s);
    const auto rows =
        m_connection.run(m_sql.scans.scanList.text(),
                         {{u"status"_s, query.status.isNull() ? u""_s : query.status},
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
    if (const base::Status done = addJobs(scans); !done)
        return done.error();
    return scans;
}

base::Result<domain::Scan> ScanStore::scan(const domain::ScanId& id)
{
    const base::Error noSuchScan = base::fail(
        base::ErrorKind::NotFound, base::Sentence::tr("There is no scan %1.").arg(id.value));
    if (!m_shape.scan.exists || !m_shape.canBeScanId(id.value))
        return noSuchScan;
    const auto rows = m_connection.run(m_sql.scans.scanById.text(), {{u"id"_s, id.value}});
    if (!rows)
        return rows.error();
    if (rows->isEmpty())
        return noSuchScan;
    QVector<domain::Scan> scans{scanFromRow((*rows)[0])};
    if (const base::Status done = addJobs(scans); !done)
        return done.error();
    return scans.front();
}

// Adds the newest job whose payload names each scan.
base::Status ScanStore::addJobs(QVector<domain::Scan>& scans)
{
    if (scans.isEmpty())
        return {};
    QStringList ids;
    QDateTime since;
    for (const domain::Scan& scan : std::as_const(scans)) {
        ids += scan.id.value;
        if (scan.createdAt.isValid() && (!since.isValid() || scan.createdAt < since))
            since = scan.createdAt;
    }
    const bool isSqlite = m_shape.dialect == db::Dialect::Sqlite;
    const QString list = isSqlite ? db::jsonArray(ids) : db::arrayLiteral(ids);
    QHash<QString, QPair<QString, QString>> jobs;
    if (since.isValid()) {
        // The application may write the job a moment before its scan.
        const auto named =
            m_connection.run(m_sql.scans.jobsOfScans.text(),
                             {{u"scans"_s, list}, {u"since"_s, db::timeText(since.addSecs(-60))}});
        if (!named)
            return named.error();
        for (size_t i = 0; i < named->size(); ++i)
            jobs[(*named)[i].text(0)] = {(*named)[i].text(1), (*named)[i].text(2)};
    }
    for (domain::Scan& scan : scans) {
        const auto job = jobs.constFind(scan.id.value);
        if (job != jobs.constEnd()) {
            scan.job.value = job->first;
            scan.jobStatus = job->second;
        }
    }
    return {};
}

base::Result<QByteArray> ScanStore::image(const QString& imageUrl)
{
    const QString prefix = domain::kStoredImageScheme + u':';
    if (!imageUrl.startsWith(prefix))
        return base::fail(base::ErrorKind::Unsupported,
                          base::Sentence::tr("The picture is not stored in the database."));
    const base::Error isGone = base::fail(
        base::ErrorKind::NotFound,
        base::Sentence::tr("The picture %1 is not in the database any more.").arg(imageUrl));
    if (!m_sql.companion)
        return isGone;
    const auto rows = m_connection.run(m_sql.companion->imageById.text(),
                                       {{u"id"_s, imageUrl.mid(prefix.size())}});
    if (!rows)
        return rows.error();
    if (rows->isEmpty())
        return isGone;
    return (*rows)[0].bytes(0);
}

base::Result<std::optional<KnownImage>> ScanStore::sameImage(const QByteArray& bytes)
{
    if (!m_sql.companion)
        return std::optional<KnownImage>();
    const auto rows =
        m_connection.run(m_sql.companion->imageBySha256.text(), {{u"sha256"_s, sha256(bytes)}});
    if (!rows)
        return rows.error();
    if (rows->isEmpty())
        return std::optional<KnownImage>();
    return std::optional(KnownImage{(*rows)[0].text(0), {(*rows)[0].text(1)}});
}

} // namespace queuedeck::store
