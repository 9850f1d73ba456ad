// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/leasestore.h"

#include "core/db/transaction.h"
#include "core/domain/jobrules.h"
#include "core/store/jobbyjob.h"
#include "core/store/jobrow.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

using namespace Qt::StringLiterals;

namespace queuedeck::store {

namespace {
const QString kJobsChannel = u"queuedeck_jobs"_s; // as in SqlText::announce

template <class Json>
QString compact(const Json& json)
{
    return QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact));
}

/// A column of results on its way to the server.
class ArrayColumn
{
public:
    ArrayColumn() = default;
    explicit ArrayColumn(QString usual)
        : m_usual(std::move(usual))
    {
    }
    void add(const QString& value)
    {
        m_values += value;
        m_isUsual =
            m_isUsual && m_usual && *m_usual == value && m_usual->isNull() == value.isNull();
    }
    bool isEmpty() const { return m_values.isEmpty(); }
    QString literal() const { return m_isUsual ? QString() : db::arrayLiteral(m_values); }

private:
    std::optional<QString> m_usual;
    QStringList m_values;
    bool m_isUsual = true;
};

QJsonValue orNull(const QString& text)
{
    return text.isNull() ? QJsonValue() : QJsonValue(text);
}

QJsonObject toJson(const Settlement& result)
{
    return {{u"id"_s, result.id.value},
            {u"status"_s, domain::statusText(result.status)},
            {u"refund"_s, result.refund ? 1 : 0},
            {u"error"_s, orNull(result.error)},
            {u"outcome"_s, result.outcome},
            {u"version"_s, result.version},
            {u"startedAt"_s, result.startedAt.isValid()
                                 ? QJsonValue(result.startedAt.toMSecsSinceEpoch())
                                 : QJsonValue()},
            {u"retryIn"_s, qint64(result.retryIn.count())},
            {u"scanId"_s, result.scan.isEmpty() ? QJsonValue() : QJsonValue(result.scan.value)},
            {u"scanData"_s,
             result.extractedData ? QJsonValue(compact(*result.extractedData)) : QJsonValue()}};
}
} // namespace

ClaimedJob claimedFromRow(const db::Rows::Row& row)
{
    return {{row.text(0)},       row.text(1), row.bytes(2),
            int(row.integer(3)), row.text(4), row.text(5)};
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

base::Result<Turn> LeaseStore::settleAndClaim(const Results& results, const QString& engine,
                                              const QStringList& types, int limit,
                                              std::chrono::milliseconds ttl)
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
    for (const auto& [token, some] : results) {
        auto accepted = settleJobByJob(m_connection, token, some, now);
        if (!accepted)
            return accepted.error();
        turn.accepted.emplace(token, std::move(*accepted));
    }
    const qint64 msecs = now.toMSecsSinceEpoch();
    turn.claim.token = domain::newUuid(msecs);
    auto jobs =
        claimJobByJob(m_connection, known(turn.claim.token, engine, types, limit, ttl, msecs));
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
            {u"types"_s, db::jsonArray(types)},
            {u"max"_s, domain::kMaxAttempts},
            {u"limit"_s, limit},
            {u"deferred"_s, deferred(now)},
            {u"ttl"_s, qint64(ttl.count())},
            {u"now"_s, now}};
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
    const auto rows = m_connection.run(question.text(), {{u"types"_s, db::jsonArray(types)},
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
        jobs.append(QJsonObject{
            {u"token"_s, job.token}, {u"id"_s, job.id.value}, {u"version"_s, job.version}});
    }
    tokens.removeDuplicates();
    const auto rows =
        m_connection.run(m_sql.heartbeat.text(), {{u"tokens"_s, db::jsonArray(tokens)},
                                                  {u"held"_s, compact(jobs)},
                                                  {u"ttl"_s, qint64(ttl.count())},
                                                  {u"now"_s, m_clock.now().toMSecsSinceEpoch()}});
    if (!rows)
        return rows.error();
    QVector<KeptJob> kept;
    for (size_t i = 0; i < rows->size(); ++i)
        kept.push_back({(*rows)[i].text(0), {(*rows)[i].text(1)}, (*rows)[i].boolean(2)});
    return kept;
}

base::Result<domain::JobIds> LeaseStore::settle(const QString& token,
                                                const QVector<Settlement>& results)
{
    if (hasOneWriter()) {
        auto transaction = db::Transaction::begin(m_connection);
        if (!transaction)
            return transaction.error();
        auto accepted = settleJobByJob(m_connection, token, results, m_clock.now());
        if (!accepted)
            return accepted;
        if (const base::Status done = transaction->commit(); !done)
            return done.error();
        return accepted;
    }
    auto accepted = settleByAddress(token, results);
    if (!accepted)
        return accepted;
    // What did not lie where it was left was written by somebody, or the table was rewritten.
    if (accepted->size() < results.size()) {
        const QSet<domain::JobId> found(accepted->cbegin(), accepted->cend());
        QVector<Settlement> rest;
        for (const Settlement& result : results) {
            if (!found.contains(result.id))
                rest += result;
        }
        const auto byId = settleById(token, rest);
        if (!byId)
            return byId;
        *accepted += *byId;
    }
    if (m_shape.isGuest())
        defer(results);
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

base::Result<domain::JobIds> LeaseStore::settleByAddress(const QString& token,
                                                         const QVector<Settlement>& results)
{
    // Taking an array apart costs the server more than all else of a row, so a column in which
    // every result says what most results say is not sent: a NULL array gives NULLs.
    ArrayColumn ids, addresses, versions, startedAts;
    ArrayColumn statuses(u"completed"_s), outcomes(u"completed"_s), refunds(u"0"_s),
        retryIns(u"0"_s);
    ArrayColumn errors(QString{}), scans(QString{}), data(QString{});
    for (const Settlement& result : results) {
        if (result.address.isEmpty())
            continue;
        ids.add(result.id.value);
        addresses.add(result.address);
        versions.add(result.version);
        statuses.add(domain::statusText(result.status));
        refunds.add(result.refund ? u"1"_s : u"0"_s);
        errors.add(result.error);
        outcomes.add(result.outcome);
        startedAts.add(
            result.startedAt.isValid()
                ? QString::number(double(result.startedAt.toMSecsSinceEpoch()) / 1000, 'f', 3)
                : QString());
        retryIns.add(QString::number(result.retryIn.count()));
        scans.add(result.scan.isEmpty() ? QString() : result.scan.value);
        data.add(result.extractedData ? compact(*result.extractedData) : QString());
    }
    if (ids.isEmpty())
        return domain::JobIds();
    const auto rows =
        m_connection.run(m_sql.settle.text(), {{u"token"_s, token},
                                               {u"ids"_s, ids.literal()},
                                               {u"addresses"_s, addresses.literal()},
                                               {u"versions"_s, versions.literal()},
                                               {u"statuses"_s, statuses.literal()},
                                               {u"refunds"_s, refunds.literal()},
                                               {u"errors"_s, errors.literal()},
                                               {u"outcomes"_s, outcomes.literal()},
                                               {u"startedAts"_s, startedAts.literal()},
                                               {u"retryIns"_s, retryIns.literal()},
                                               {u"scans"_s, scans.literal()},
                                               {u"data"_s, data.literal()}});
    if (!rows)
        return rows.error();
    return idsFromRows(*rows);
}

base::Result<domain::JobIds> LeaseStore::settleById(const QString& token,
                                                    const QVector<Settlement>& results)
{
    QJsonArray array;
    for (const Settlement& result : results)
        array.append(toJson(result));
    const QDateTime now = m_clock.now();
    const auto rows =
        m_connection.run(m_sql.settleById.text(), {{u"token"_s, token},
                                                   {u"results"_s, compact(array)},
                                                   {u"now"_s, now.toMSecsSinceEpoch()},
                                                   {u"nowText"_s, db::timeText(now)}});
    if (!rows)
        return rows.error();
    return idsFromRows(*rows);
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
