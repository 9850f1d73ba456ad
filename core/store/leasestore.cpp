// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/leasestore.h"

#include "core/db/transaction.h"
#include "core/domain/jobrules.h"
#include "core/store/jobrow.h"
#include "core/store/settle_atonce.h"
#include "core/store/stepwise.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace queuedeck::store {

namespace {
const QString kJobsChannel = u"queuedeck_jobs"_s; // as in SqlText::announce

} // namespace

ClaimedJob claimedFromRow(const db::Rows::Row& row)
{
    return {{row.text(0)},       row.text(1),  row.bytes(2),
            int(row.integer(3)), row.value(4), row.value(5)};
}

QVector<HeldJob> Claim::held() const
{
    QVector<HeldJob> all;
    for (const ClaimedJob& job : jobs)
        all.push_back({token, job.id, job.version});
    return all;
}

LeaseStore::LeaseStore(db::Connection& connection, const TableShape& shape,
                       const base::Clock& clock)
    : m_connection(connection)
    , m_shape(shape)
    , m_sql(sqlText(shape.dialect, shape.isGuest()))
    , m_clock(clock)
{
}

base::Result<Claim> LeaseStore::claim(const QString& engine, const QStringList& types, int limit,
                                      std::chrono::milliseconds ttl)
{
    if (hasOneWriter()) {
        auto turn = settleAndClaim({}, engine, types, limit, ttl);
        if (!turn)
            return turn.error();
        return std::move(turn->claim);
    }
    if (const base::Status may = mayClaim(); !may)
        return may.error();
    const qint64 now = m_clock.now().toMSecsSinceEpoch();
    Claim claim{domain::newUuid(now), {}};
    const auto rows =
        m_connection.run(m_sql.claim.text(), known(claim.token, engine, types, limit, ttl, now));
    if (!rows)
        return rows.error();
    for (size_t i = 0; i < rows->size(); ++i)
        claim.jobs += claimedFromRow((*rows)[i]);
    return claim;
}

base::Result<Turn> LeaseStore::settleAndClaim(const std::vector<Results>& results,
                                              const QString& engine, const QStringList& types,
                                              int limit, std::chrono::milliseconds ttl)
{
    if (!hasOneWriter())
        return base::fail(base::ErrorKind::Unsupported,
                          u"PostgreSQL settles and claims side by side."_s);
    if (const base::Status may = mayClaim(); !may)
        return may.error();
    auto transaction = db::Transaction::begin(m_connection);
    if (!transaction)
        return transaction.error();
    const QDateTime now = m_clock.now();
    Turn turn;
    for (const Results& some : results) {
        auto accepted = settleStepwise(m_connection, some, now);
        if (!accepted)
            return accepted.error();
        turn.accepted.push_back(std::move(*accepted));
    }
    const qint64 msecs = now.toMSecsSinceEpoch();
    turn.claim.token = domain::newUuid(msecs);
    auto jobs =
        claimStepwise(m_connection, known(turn.claim.token, engine, types, limit, ttl, msecs),
                      m_shape.mode != TableShape::Mode::Own);
    if (!jobs)
        return jobs.error();
    turn.claim.jobs = std::move(*jobs);
    if (const base::Status done = transaction->commit(); !done)
        return done.error();
    return turn;
}

base::Status LeaseStore::mayClaim() const
{
    if (m_shape.changesOff.isEmpty())
        return {};
    return base::fail(base::ErrorKind::Unsupported,
                      m_shape.changesOff + u" No job can be run here; viewing works."_s);
}

db::Params LeaseStore::known(const QString& token, const QString& engine, const QStringList& types,
                             int limit, std::chrono::milliseconds ttl, qint64 now)
{
    return {{u"token"_s, token},
            {u"engine"_s, engine},
            {u"types"_s, list(types)},
            {u"max"_s, domain::kMaxAttempts},
            {u"limit"_s, limit},
            {u"deferred"_s, deferred(now)},
            {u"ttl"_s, qint64(ttl.count())},
            {u"now"_s, now}};
}

// Which types, as the claim's statement wants them: PostgreSQL takes an array apart for nothing.
QString LeaseStore::list(const QStringList& types) const
{
    return m_shape.dialect == db::Dialect::Sqlite ? db::jsonArray(types) : db::arrayLiteral(types);
}

QString LeaseStore::deferred(qint64 now)
{
    QStringList ids;
    for (auto job = m_notBefore.begin(); job != m_notBefore.end();) {
        if (job->second > now) {
            ids += job->first.value;
            ++job;
        } else {
            job = m_notBefore.erase(job);
        }
    }
    return db::jsonArray(ids);
}

base::Result<bool> LeaseStore::exists(const Sql& question, const QStringList& types)
{
    const qint64 now = m_clock.now().toMSecsSinceEpoch();
    const auto rows = m_connection.run(question.text(), {{u"types"_s, list(types)},
                                                         {u"max"_s, domain::kMaxAttempts},
                                                         {u"deferred"_s, deferred(now)},
                                                         {u"now"_s, now}});
    if (!rows)
        return rows.error();
    return !rows->isEmpty();
}

base::Result<bool> LeaseStore::hasClaimable(const QStringList& types)
{
    return exists(m_sql.claimsPending, types);
}

base::Result<bool> LeaseStore::hasPending(const QStringList& types)
{
    return exists(m_sql.waitingPending, types);
}

base::Result<QVector<KeptJob>> LeaseStore::heartbeat(const QVector<HeldJob>& held,
                                                     std::chrono::milliseconds ttl)
{
    QStringList tokens;
    QJsonArray jobs;
    for (const HeldJob& job : held) {
        if (tokens.isEmpty() || tokens.back() != job.token)
            tokens += job.token;
        jobs.append(QJsonObject{{u"token"_s, job.token},
                                {u"id"_s, job.id.value},
                                {u"version"_s, QJsonValue::fromVariant(job.version)}});
    }
    tokens.removeDuplicates();
    const auto rows = m_connection.run(
        m_sql.heartbeat.text(),
        {{u"tokens"_s, db::jsonArray(tokens)},
         {u"held"_s, QString::fromUtf8(QJsonDocument(jobs).toJson(QJsonDocument::Compact))},
         {u"ttl"_s, qint64(ttl.count())},
         {u"now"_s, m_clock.now().toMSecsSinceEpoch()}});
    if (!rows)
        return rows.error();
    QVector<KeptJob> kept;
    for (size_t i = 0; i < rows->size(); ++i)
        kept.push_back({(*rows)[i].text(0), {(*rows)[i].text(1)}, (*rows)[i].boolean(2)});
    return kept;
}

base::Result<domain::JobIds> LeaseStore::settle(const Results& results)
{
    if (hasOneWriter()) {
        auto transaction = db::Transaction::begin(m_connection);
        if (!transaction)
            return transaction.error();
        auto accepted = settleStepwise(m_connection, results, m_clock.now());
        if (!accepted)
            return accepted;
        if (const base::Status done = transaction->commit(); !done)
            return done.error();
        return accepted;
    }
    auto accepted = settleAtOnce(m_connection, m_sql, results, m_clock.now());
    if (!accepted)
        return accepted;
    if (m_shape.isGuest())
        defer(results.settlements);
    return accepted;
}

void LeaseStore::defer(const QVector<Settlement>& results)
{
    const qint64 now = m_clock.now().toMSecsSinceEpoch();
    for (const Settlement& result : results) {
        if (result.retryIn.count() > 0)
            m_notBefore[result.id] = now + result.retryIn.count();
    }
}

base::Result<domain::JobIds> LeaseStore::rescue()
{
    const auto rows =
        m_connection.run(m_sql.rescue.text(), {{u"max"_s, domain::kMaxAttempts},
                                               {u"now"_s, m_clock.now().toMSecsSinceEpoch()}});
    if (!rows)
        return rows.error();
    return idsFromRows(*rows);
}

base::Status LeaseStore::watch()
{
    const auto done =
        m_connection.run(m_sql.watch.text(), {{u"now"_s, m_clock.now().toMSecsSinceEpoch()}});
    if (!done)
        return done.error();
    return {};
}

base::Result<domain::JobIds> LeaseStore::freeOrphans(std::chrono::milliseconds grace)
{
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(grace).count();
    const auto rows = m_connection.run(
        m_sql.freeOrphans.text(),
        {{u"max"_s, domain::kMaxAttempts},
         {u"grace"_s, qint64(grace.count())},
         {u"error"_s, u"worker lost (no lease, row unchanged for %1 min)"_s.arg(minutes)},
         {u"now"_s, m_clock.now().toMSecsSinceEpoch()}});
    if (!rows)
        return rows.error();
    return idsFromRows(*rows);
}

base::Result<bool> LeaseStore::waitForJobs(std::chrono::milliseconds patience)
{
    return m_connection.waitForNotice(kJobsChannel, patience);
}

base::Status LeaseStore::engineSeen(const EngineSign& sign)
{
    const auto done = m_connection.run(m_sql.engineSeen.text(),
                                       {{u"id"_s, sign.id},
                                        {u"host"_s, sign.host},
                                        {u"pid"_s, sign.pid},
                                        {u"version"_s, QStringLiteral(QUEUEDECK_VERSION)},
                                        {u"state"_s, sign.state},
                                        {u"now"_s, m_clock.now().toMSecsSinceEpoch()}});
    if (!done)
        return done.error();
    return {};
}

base::Status LeaseStore::engineGone(const QString& id)
{
    const auto done = m_connection.run(m_sql.engineGone.text(), {{u"id"_s, id}});
    if (!done)
        return done.error();
    return {};
}

} // namespace queuedeck::store
