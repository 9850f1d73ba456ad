// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/snapshotreader.h"

#include "core/db/transaction.h"
#include "core/domain/jobrules.h"
#include "core/store/jobrow.h"
#include "core/store/jobstore.h"

using namespace Qt::StringLiterals;

namespace queuedeck::store {

namespace {
class Reading
{
public:
    Reading(db::Connection& connection, const TableShape& shape, const SqlText& sql,
            const QDateTime& now)
        : m_connection(connection)
        , m_shape(shape)
        , m_sql(sql)
    {
        m_snapshot.takenAt = now;
    }

    base::Result<domain::QueueSnapshot> run()
    {
        for (const auto read :
             {&Reading::readCounts, &Reading::readFinishedHere, &Reading::readOldest,
              &Reading::readStuck, &Reading::readFailures, &Reading::readScanCounts}) {
            if (const base::Status done = (this->*read)(); !done)
                return done.error();
        }
        return std::move(m_snapshot);
    }

    /// The same where nothing was written since `before` was counted.
    base::Result<domain::QueueSnapshot> runAgain(const domain::QueueSnapshot& before)
    {
        const QDateTime now = m_snapshot.takenAt;
        m_snapshot = before;
        m_snapshot.takenAt = now;
        if (m_shape.mode == domain::QueueMode::Own) {
            m_snapshot.completedLastHour = 0;
            m_snapshot.failedLastHour = 0;
        }
        for (const auto read : {&Reading::readFinishedHere, &Reading::readStuck}) {
            if (const base::Status done = (this->*read)(); !done)
                return done.error();
        }
        return std::move(m_snapshot);
    }

    /// Whether what was counted at `countedAt` is still so, if nothing was written since. Jobs
    /// leave the last hour by themselves; an index that could tell when is missing.
    bool holds(const domain::QueueSnapshot& before, const QDateTime& countedAt) const
    {
        constexpr qint64 kMinute = 60;
        return m_shape.mode == domain::QueueMode::Own ||
               (before.completedLastHour == 0 && before.failedLastHour == 0) ||
               countedAt.secsTo(m_snapshot.takenAt) < kMinute;
    }

private:
    QDateTime anHourBefore() const { return m_snapshot.takenAt.addSecs(-3600); }

    base::Status readCounts()
    {
        const bool isOwn = m_shape.mode == domain::QueueMode::Own; // then the history is exact
        const QDateTime since = isOwn ? QDateTime() : anHourBefore();
        const auto rows = m_connection.run(
            m_sql.reading.countsByStatusAndType.text(),
            {{u"max"_s, domain::kMaxAttempts},
             {u"since"_s, isOwn ? QVariant() : QVariant(db::timeText(since))},
             {u"sinceMs"_s, isOwn ? QVariant() : QVariant(since.toMSecsSinceEpoch())}});
        if (!rows)
            return rows.error();
        for (size_t i = 0; i < rows->size(); ++i) {
            const db::Rows::Row row = (*rows)[i];
            const domain::JobStatus status = domain::statusFromText(row.text(0));
            m_snapshot.counts.of(status) += row.integer(2);
            m_snapshot.byType[row.text(1)].of(status) += row.integer(2);
            if (status == domain::JobStatus::Pending)
                m_snapshot.dead += row.integer(3);
            m_snapshot.completedLastHour += row.integer(4);
            m_snapshot.failedLastHour += row.integer(5);
        }
        return {};
    }

    base::Status readFinishedHere()
    {
        if (m_shape.mode != domain::QueueMode::Own)
            return {};
        const auto rows = m_connection.run(m_sql.companion->finishedHere.text(),
                                           {{u"sinceMs"_s, anHourBefore().toMSecsSinceEpoch()}});
        if (!rows)
            return rows.error();
        for (size_t i = 0; i < rows->size(); ++i) {
            const QString outcome = (*rows)[i].text(0);
            if (outcome == "completed"_L1)
                m_snapshot.completedLastHour += (*rows)[i].integer(1);
            else if (outcome == "failed"_L1)
                m_snapshot.failedLastHour += (*rows)[i].integer(1);
        }
        return {};
    }

    base::Status readOldest()
    {
        const auto rows = m_connection.run(m_sql.reading.oldestPending.text(),
                                           {{u"max"_s, domain::kMaxAttempts}});
        if (!rows)
            return rows.error();
        if (!rows->isEmpty())
            m_snapshot.oldestPending = (*rows)[0].time(0);
        return {};
    }

    base::Status readStuck()
    {
        const auto rows = m_connection.run(m_sql.reading.stuckCount.text(),
                                           {{u"grace"_s, qint64(m_shape.stuckGrace().count())},
                                            {u"now"_s, m_snapshot.takenAt.toMSecsSinceEpoch()}});
        if (!rows)
            return rows.error();
        m_snapshot.stuck = (*rows)[0].integer(0);
        m_snapshot.unwatched = (*rows)[0].integer(1);
        return {};
    }

    base::Status readFailures()
    {
        const auto failures = m_connection.run(m_sql.reading.recentFailures.text());
        if (!failures)
            return failures.error();
        for (size_t i = 0; i < failures->size(); ++i)
            m_snapshot.recentFailures.push_back(jobFromRow((*failures)[i]));
        return {};
    }

    base::Status readScanCounts()
    {
        if (!m_shape.scan.exists)
            return {};
        const auto scans = m_connection.run(m_sql.scans.scanCounts.text());
        if (!scans)
            return scans.error();
        for (size_t i = 0; i < scans->size(); ++i) {
            const db::Rows::Row row = (*scans)[i];
            m_snapshot.scansByType[row.text(0)] += row.integer(2);
            m_snapshot.scansByStatus[row.text(1)] += row.integer(2);
        }
        return {};
    }

    db::Connection& m_connection;
    const TableShape& m_shape;
    const SqlText& m_sql;
    domain::QueueSnapshot m_snapshot;
};
} // namespace

base::Result<domain::QueueSnapshot> readSnapshot(JobStore& store, const QDateTime& now,
                                                 KeptFigures& kept)
{
    db::Connection& connection = store.connection();
    auto transaction = db::Transaction::begin(connection, db::Transaction::Kind::Snapshot);
    if (!transaction)
        return transaction.error();
    const auto mark = store.jobs.changeMark(); // of the state that this transaction sees
    if (!mark)
        return mark.error();
    Reading reading(connection, store.shape(),
                    sqlText(store.shape().dialect, store.shape().isGuest()), now);
    const bool isSame = kept.countedAt.isValid() && kept.connection == &connection &&
                        kept.mark == *mark && reading.holds(kept.snapshot, kept.countedAt);
    auto snapshot = isSame ? reading.runAgain(kept.snapshot) : reading.run();
    if (!snapshot)
        return snapshot;
    if (const base::Status done = transaction->commit(); !done)
        return done.error();
    kept = {&connection, *mark, isSame ? kept.countedAt : now, *snapshot};
    return snapshot;
}

base::Result<domain::QueueSnapshot> readSnapshot(db::Connection& connection,
                                                 const TableShape& shape, const SqlText& sql,
                                                 const QDateTime& now)
{
    auto transaction = db::Transaction::begin(connection, db::Transaction::Kind::Snapshot);
    if (!transaction)
        return transaction.error();
    auto snapshot = Reading(connection, shape, sql, now).run();
    if (!snapshot)
        return snapshot;
    if (const base::Status done = transaction->commit(); !done)
        return done.error();
    return snapshot;
}

} // namespace queuedeck::store
