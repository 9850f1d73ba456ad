// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/jobreader.h"

#include "core/db/transaction.h"
#include "core/domain/jobrules.h"
#include "core/domain/scan.h"
#include "core/store/jobrow.h"
#include "core/store/progressjson.h"
#include "core/store/snapshotreader.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::store {

namespace {
// JSON cannot hold every value exactly.
QJsonValue asJson(const QVariant& value)
{
    constexpr qint64 kExact = 1LL << 53; // beyond it, JSON parsers round
    switch (value.typeId()) {
    case QMetaType::LongLong:
        return qAbs(value.toLongLong()) <= kExact ? QJsonValue(value.toLongLong())
                                                  : QJsonValue(value.toString());
    case QMetaType::Double: return value.toDouble();
    case QMetaType::QByteArray:
        return QJsonObject{{u"base64"_s, QString::fromLatin1(value.toByteArray().toBase64())}};
    default: return value.isNull() ? QJsonValue() : QJsonValue(value.toString());
    }
}
} // namespace

JobReader::JobReader(db::Connection& connection, const TableShape& shape, const base::Clock& clock,
                     const Effects& effects)
    : m_connection(connection)
    , m_shape(shape)
    , m_sql(sqlText(shape.dialect, shape.isGuest()))
    , m_clock(clock)
    , m_effects(effects)
{
}

base::Result<domain::JobDetail> JobReader::job(const domain::JobId& id)
{
    const base::Error noSuchJob = base::fail(
        base::ErrorKind::NotFound, base::Sentence::tr("There is no job %1.").arg(id.value));
    if (!m_shape.canBeId(id.value))
        return noSuchJob;
    const db::Params params{{u"id"_s, id.value},
                            {u"now"_s, m_clock.now().toMSecsSinceEpoch()},
                            {u"grace"_s, qint64(m_shape.stuckGrace().count())}};
    const auto rows = m_connection.run(m_sql.reading.jobDetail.text(), params);
    if (!rows)
        return rows.error();
    if (rows->isEmpty())
        return noSuchJob;
    const db::Rows::Row row = (*rows)[0];
    domain::JobDetail detail;
    detail.job = jobFromRow(row);
    detail.job.error = row.text(7);
    detail.payload = row.bytes(8);
    detail.notBefore = row.time(9);
    detail.expedited = !row.isNull(10);
    detail.aloneSince = row.time(11);
    detail.job.isStuck = row.boolean(12);
    const auto scan = scanOf(detail);
    if (!scan)
        return scan.error();
    detail.scan = *scan;
    if (const base::Status done = addProgress(&detail.job, 1); !done)
        return done.error();
    if (!m_sql.companion)
        return detail;

    const auto history = m_connection.run(m_sql.companion->jobHistory.text(), params);
    if (!history)
        return history.error();
    for (size_t i = 0; i < history->size(); ++i) {
        const db::Rows::Row entry = (*history)[i];
        detail.history.push_back({int(entry.integer(0)), entry.text(1), entry.time(2),
                                  entry.time(3), entry.text(4), entry.text(5), entry.bytes(7)});
        domain::Attempt& attempt = detail.history.back();
        if (attempt.outcome == "running"_L1 || attempt.outcome == "lost"_L1)
            attempt.startedAt = domain::timeOfUuid(entry.text(6)); // not recorded
    }
    return detail;
}

// Only where one is processing: the statement reads the leases of all engines.
base::Status JobReader::addProgress(domain::Job* jobs, qsizetype count)
{
    const auto isRunning = [](const domain::Job& job) {
        return job.status == domain::JobStatus::Processing;
    };
    if (!m_sql.companion || std::none_of(jobs, jobs + count, isRunning))
        return {};
    const auto rows = m_connection.run(m_sql.companion->progress.text(),
                                       {{u"now"_s, m_clock.now().toMSecsSinceEpoch()}});
    if (!rows)
        return rows.error();
    QHash<domain::JobId, domain::Progress> known;
    for (size_t i = 0; i < rows->size(); ++i)
        known.insert({(*rows)[i].text(0)}, progressFromJson((*rows)[i].bytes(1)));
    for (domain::Job* job = jobs; job != jobs + count && !known.isEmpty(); ++job) {
        const auto found = known.constFind(job->id);
        if (isRunning(*job) && found != known.cend())
            job->progress = *found;
    }
    return {};
}

// The ImageScan that the payload names, if it exists.
base::Result<std::optional<domain::ScanId>> JobReader::scanOf(const domain::JobDetail& detail)
{
    const auto effect = m_effects.effectOf(detail.job.type, detail.payload);
    if (!effect || effect->kind != domain::kScanEffect || !m_shape.scan.exists ||
        !m_shape.canBeScanId(effect->target))
        return std::optional<domain::ScanId>();
    const auto rows = m_connection.run(m_sql.scans.scanById.text(), {{u"id"_s, effect->target}});
    if (!rows)
        return rows.error();
    if (rows->isEmpty())
        return std::optional<domain::ScanId>();
    return std::optional(domain::ScanId{(*rows)[0].text(0)});
}

base::Result<db::Rows> JobReader::runOnIds(const Sql& sql, domain::JobIds ids)
{
    ids.removeIf([this](const domain::JobId& id) { return !m_shape.canBeId(id.value); });
    return m_shape.dialect == db::Dialect::Sqlite
               ? m_connection.run(sql.text(), {}, idTable(ids))
               : m_connection.run(sql.text(), {{u"ids"_s, idList(ids)}});
}

base::Result<QHash<domain::JobId, domain::JobContent>>
JobReader::contents(const domain::JobIds& ids)
{
    const auto rows = runOnIds(m_sql.reading.jobContents, ids);
    if (!rows)
        return rows.error();
    QHash<domain::JobId, domain::JobContent> all;
    for (size_t i = 0; i < rows->size(); ++i) {
        const db::Rows::Row row = (*rows)[i];
        domain::JobContent content{jobFromRow(row), row.bytes(8)};
        content.job.error = row.text(7);
        all.insert(content.job.id, content);
    }
    return all;
}

base::Result<QHash<domain::JobId, QJsonObject>> JobReader::wholeRows(const domain::JobIds& ids)
{
    QHash<domain::JobId, QJsonObject> all;
    const bool isSqlite = m_shape.dialect == db::Dialect::Sqlite;
    const auto rows = runOnIds(m_sql.reading.wholeRows, ids);
    if (!rows)
        return rows.error();
    for (size_t i = 0; i < rows->size(); ++i) {
        const db::Rows::Row row = (*rows)[i];
        QJsonObject& whole = all[{row.text(0)}];
        if (isSqlite)
            whole[row.text(1)] = asJson(row.value(2));
        else
            whole = QJsonDocument::fromJson(row.bytes(1)).object();
    }
    return all;
}

base::Result<domain::QueueSnapshot> JobReader::snapshot()
{
    return readSnapshot(m_connection, m_shape, m_sql, m_clock.now());
}

base::Result<domain::WaitingJobs> JobReader::waiting(int limit)
{
    auto transaction = db::Transaction::begin(m_connection, db::Transaction::Kind::Snapshot);
    if (!transaction)
        return transaction.error();
    domain::WaitingJobs waiting;
    const auto count =
        m_connection.run(m_sql.reading.waitingCount.text(), {{u"max"_s, domain::kMaxAttempts}});
    if (!count)
        return count.error();
    waiting.count = (*count)[0].integer(0);
    const auto jobs = m_connection.run(m_sql.reading.waitingJobs.text(),
                                       {{u"max"_s, domain::kMaxAttempts}, {u"limit"_s, limit}});
    if (!jobs)
        return jobs.error();
    for (size_t i = 0; i < jobs->size(); ++i)
        waiting.oldest.push_back(jobFromRow((*jobs)[i]));
    if (const base::Status done = transaction->commit(); !done)
        return done.error();
    return waiting;
}

base::Result<QVector<domain::EngineSeen>> JobReader::engines()
{
    if (!m_sql.companion)
        return QVector<domain::EngineSeen>();
    const auto rows = m_connection.run(m_sql.companion->engines.text(),
                                       {{u"now"_s, m_clock.now().toMSecsSinceEpoch()}});
    if (!rows)
        return rows.error();
    QVector<domain::EngineSeen> engines;
    for (size_t i = 0; i < rows->size(); ++i) {
        const db::Rows::Row row = (*rows)[i];
        engines.push_back({row.text(0), row.text(1), row.integer(2), row.text(3), row.time(4),
                           row.time(5), row.text(6), int(row.integer(7))});
    }
    return engines;
}

base::Result<qint64> JobReader::changeMark()
{
    const auto rows = m_connection.run(m_sql.reading.changeMark.text());
    if (!rows)
        return rows.error();
    return (*rows)[0].integer(0);
}

} // namespace queuedeck::store
