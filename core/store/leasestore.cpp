// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/leasestore.h"

#include "core/domain/jobrules.h"
#include "core/store/historyrow.h"
#include "core/store/jobrow.h"
#include "core/store/progressjson.h"
#include "core/store/refusal.h"
#include "core/store/rescue.h"

using namespace Qt::StringLiterals;

namespace queuedeck::store {

namespace {
const QString kJobsChannel = u"queuedeck_jobs"_s; // as in AtOnceSql::announce
constexpr std::chrono::hours kPutOff{1};

// The ids whose time has not come yet; the others are erased.
QStringList notYet(std::map<domain::JobId, qint64>& jobs, qint64 now)
{
    QStringList ids;
    for (auto job = jobs.begin(); job != jobs.end();) {
        if (job->second > now) {
            ids += job->first.value;
            ++job;
        } else {
            job = jobs.erase(job);
        }
    }
    return ids;
}
} // namespace

ClaimedJob claimedFromRow(const db::Rows::Row& row)
{
    return {{row.text(0)}, row.text(1),  row.bytes(2),           int(row.integer(3)),
            row.value(4),  row.value(5), createdMs(row.value(6))};
}

QVector<HeldJob> Claim::held() const
{
    QVector<HeldJob> all;
    for (const ClaimedJob& job : jobs)
        all.push_back({token, job.id, job.version});
    return all;
}

LeaseStore::LeaseStore(db::Connection& connection, const TableShape& shape,
                       const base::Clock& clock, const Effects& effects)
    : m_connection(connection)
    , m_shape(shape)
    , m_sql(sqlText(shape.dialect, shape.isGuest()))
    , m_clock(clock)
    , m_effects(effects)
{
    if (m_sql.stepwise && shape.mode == domain::QueueMode::Own)
        m_untouched.emplace(connection, m_sql.stepwise->mark);
}

EffectPlace LeaseStore::effectPlace() const
{
    return {m_connection, m_shape, m_sql, m_clock.now()};
}

base::Result<Claim> LeaseStore::claim(const QString& engine, const QStringList& types, int limit,
                                      std::chrono::milliseconds ttl)
{
    if (const base::Status may = mayClaim(); !may)
        return may.error();
    QVector<Refused> refused;
    // A job that cannot be taken blocks all jobs behind it until it is found and put off.
    int room = limit;
    while (true) {
        auto claim = claimOnce(engine, types, room, ttl);
        if (claim) {
            claim->refused = std::move(refused);
            return claim;
        }
        if (!refusesARow(claim.error()) || refused.size() >= limit)
            return claim;
        if (room > 1) {
            room /= 2;
            continue;
        }
        const auto put = putOffNext(types, claim.error());
        if (!put)
            return put.error();
        if (!*put)
            return claim;
        refused += **put;
        room = limit;
    }
}

base::Result<std::optional<Refused>> LeaseStore::putOffNext(const QStringList& types,
                                                            const base::Error& why)
{
    const qint64 now = m_clock.now().toMSecsSinceEpoch();
    const Sql& next = m_sql.atOnce ? m_sql.atOnce->nextClaimable : m_sql.stepwise->nextClaimable;
    const auto rows = m_connection.run(next.text(), {{u"types"_s, list(types)},
                                                     {u"max"_s, domain::kMaxAttempts},
                                                     {u"pictures"_s, pictures()},
                                                     {u"deferred"_s, deferred(now, true)},
                                                     {u"now"_s, now}});
    if (!rows)
        return rows.error();
    if (rows->isEmpty())
        return std::optional<Refused>();
    const Refused refused{{(*rows)[0].text(0)}, reasonOf(why)};
    m_putOff[refused.id] = now + std::chrono::milliseconds(kPutOff).count();
    return std::optional(refused);
}

base::Result<Claim> LeaseStore::claimOnce(const QString& engine, const QStringList& types,
                                          int limit, std::chrono::milliseconds ttl)
{
    if (hasOneWriter()) {
        auto turn = settleAndClaimOnce({}, engine, types, limit, ttl);
        if (!turn)
            return turn.error();
        return std::move(turn->claim);
    }
    const qint64 now = m_clock.now().toMSecsSinceEpoch();
    Claim claim{domain::newUuid(now), {}};
    const auto rows = m_connection.run(m_sql.atOnce->claim.text(),
                                       known(claim.token, engine, types, limit, ttl, now));
    if (!rows)
        return rows.error();
    for (size_t i = 0; i < rows->size(); ++i)
        claim.jobs += claimedFromRow((*rows)[i]);
    return claim;
}

base::Status LeaseStore::mayClaim() const
{
    if (m_shape.changesOff.isEmpty())
        return {};
    return base::fail(base::ErrorKind::Unsupported,
                      m_shape.changesOff +
                          base::Sentence::tr(" No job can be run here; viewing works."));
}

db::Params LeaseStore::known(const QString& token, const QString& engine, const QStringList& types,
                             int limit, std::chrono::milliseconds ttl, qint64 now)
{
    return {{u"token"_s, token},
            {u"engine"_s, engine},
            {u"types"_s, list(types)},
            {u"pictures"_s, pictures()},
            {u"max"_s, domain::kMaxAttempts},
            {u"limit"_s, limit},
            {u"deferred"_s, deferred(now, true)},
            {u"ttl"_s, qint64(ttl.count())},
            {u"now"_s, now}};
}

// Unpacking an array costs PostgreSQL nothing.
QString LeaseStore::list(const QStringList& texts) const
{
    return m_shape.dialect == db::Dialect::Sqlite ? db::jsonArray(texts) : db::arrayLiteral(texts);
}

// As {readable_here} wants them: SQLite's LIKE has no array of patterns.
QString LeaseStore::pictures() const
{
    QStringList beginnings = m_reach.beginnings();
    if (m_shape.dialect == db::Dialect::Sqlite)
        return list(beginnings);
    for (QString& beginning : beginnings) {
        for (const QChar special : {u'\\', u'%', u'_'})
            beginning.replace(special, QString(u'\\') + special);
        beginning += u'%';
    }
    return list(beginnings);
}

QString LeaseStore::deferred(qint64 now, bool withBackOffs)
{
    return list(notYet(m_putOff, now) + (withBackOffs ? notYet(m_notBefore, now) : QStringList()));
}

base::Result<bool> LeaseStore::exists(const Sql& query, const QStringList& types, bool withBackOffs)
{
    const qint64 now = m_clock.now().toMSecsSinceEpoch();
    const auto rows = m_connection.run(query.text(), {{u"types"_s, list(types)},
                                                      {u"max"_s, domain::kMaxAttempts},
                                                      {u"pictures"_s, pictures()},
                                                      {u"deferred"_s, deferred(now, withBackOffs)},
                                                      {u"now"_s, now}});
    if (!rows)
        return rows.error();
    return !rows->isEmpty();
}

base::Result<bool> LeaseStore::hasClaimable(const QStringList& types)
{
    return exists(m_sql.atOnce ? m_sql.atOnce->claimsPending : m_sql.stepwise->claimsPending, types,
                  true);
}

base::Result<bool> LeaseStore::hasPending(const QStringList& types)
{
    return exists(m_sql.atOnce ? m_sql.atOnce->waitingPending : m_sql.stepwise->waitingPending,
                  types, false);
}

base::Result<QVector<KeptJob>> LeaseStore::heartbeat(const QVector<HeldJob>& held,
                                                     std::chrono::milliseconds ttl)
{
    QStringList tokens, heldTokens, ids, versions;
    for (const HeldJob& job : held) {
        tokens += job.token;
        heldTokens += job.token;
        ids += job.id.value;
        versions += job.version.toString();
    }
    tokens.removeDuplicates();
    const auto rows = m_connection.run(
        (m_sql.atOnce ? m_sql.atOnce->heartbeat : m_sql.stepwise->heartbeat).text(),
        {{u"tokens"_s, list(tokens)},
         {u"heldTokens"_s, db::arrayLiteral(heldTokens)},
         {u"heldIds"_s, db::arrayLiteral(ids)},
         {u"heldVersions"_s, db::arrayLiteral(versions)},
         {u"ttl"_s, qint64(ttl.count())},
         {u"now"_s, m_clock.now().toMSecsSinceEpoch()}});
    if (!rows)
        return rows.error();
    QVector<KeptJob> kept;
    for (size_t i = 0; i < rows->size(); ++i)
        kept.push_back({(*rows)[i].text(0), {(*rows)[i].text(1)}, (*rows)[i].boolean(2)});
    return kept;
}

base::Result<domain::JobIds> LeaseStore::rescue()
{
    if (!m_sql.companion)
        return domain::JobIds();
    return rescueLost(effectPlace(), m_effects);
}

base::Status LeaseStore::noteProgress(const QVector<ClaimProgress>& claims)
{
    if (!m_sql.companion)
        return {};
    for (const ClaimProgress& claim : claims) {
        const auto done = m_connection.run(
            m_sql.companion->noteProgress.text(),
            {{u"token"_s, claim.token}, {u"progress"_s, progressJson(claim.jobs)}});
        if (!done)
            return done.error();
    }
    return {};
}

base::Result<QStringList> LeaseStore::enginesOfLost()
{
    return m_sql.companion ? store::enginesOfLost(effectPlace())
                           : base::Result<QStringList>(QStringList());
}

base::Status LeaseStore::watch()
{
    if (!m_sql.companion)
        return {};
    const auto done = m_connection.run(m_sql.companion->watch.text(),
                                       {{u"now"_s, m_clock.now().toMSecsSinceEpoch()}});
    if (!done)
        return done.error();
    return {};
}

base::Result<domain::JobIds> LeaseStore::freeOrphans(std::chrono::milliseconds grace)
{
    if (!m_sql.companion)
        return domain::JobIds();
    return freeUnchanged(effectPlace(), m_effects, grace);
}

base::Result<bool> LeaseStore::waitForJobs(std::chrono::milliseconds patience)
{
    return m_connection.waitForNotice(kJobsChannel, patience);
}

base::Status LeaseStore::engineSeen(const EngineSign& sign)
{
    if (!m_sql.companion)
        return {};
    const auto done = m_connection.run(m_sql.companion->engineSeen.text(),
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
    if (!m_sql.companion)
        return {};
    const auto done = m_connection.run(m_sql.companion->engineGone.text(), {{u"id"_s, id}});
    if (!done)
        return done.error();
    return {};
}

} // namespace queuedeck::store
