// SPDX-License-Identifier: GPL-3.0-or-later
// Writes results and their effects.
#include "core/db/transaction.h"
#include "core/store/leasestore.h"
#include "core/store/refusal.h"
#include "core/store/settle_atonce.h"
#include "core/store/stepwise.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace queuedeck::store {

base::Result<Settled> LeaseStore::settle(const Results& results)
{
    Settled settled;
    const base::Status done = settleTogether(results, settled.accepted);
    if (done)
        return settled;
    if (!refusesARow(done.error()))
        return done.error();
    const QSet<domain::JobId> written(settled.accepted.cbegin(), settled.accepted.cend());
    QVector<Settlement> rest;
    for (const Settlement& result : results.settlements) {
        if (!written.contains(result.id))
            rest += result;
    }
    if (rest.size() == 1) {
        settled.refused += {rest.front().id, reasonOf(done.error())};
        return settled;
    }
    const qsizetype half = rest.size() / 2;
    for (const QVector<Settlement>& part : {rest.first(half), rest.sliced(half)}) {
        const auto some = settle({results.token, part});
        if (!some)
            return some;
        settled.accepted += some->accepted;
        settled.refused += some->refused;
    }
    return settled;
}

// Writes all of them or fails; on an error, `accepted` has what was written all the same.
base::Status LeaseStore::settleTogether(const Results& results, domain::JobIds& accepted)
{
    const bool hasEffects = std::any_of(
        results.settlements.cbegin(), results.settlements.cend(), [this](const Settlement& result) {
            return !result.effects.isEmpty() || m_effects.follows(result.type);
        });
    if (!hasEffects && !hasOneWriter())
        return writeResults(results, accepted); // in statements that commit on their own
    auto transaction = db::Transaction::begin(m_connection);
    if (!transaction)
        return transaction.error();
    domain::JobIds written;
    if (const base::Status done = writeResults(results, written); !done)
        return done;
    if (const base::Status done = followSettled(results, written); !done)
        return done;
    if (const base::Status done = transaction->commit(); !done)
        return done;
    accepted = std::move(written);
    return {};
}

base::Result<SettledAndClaimed> LeaseStore::settleAndClaim(const std::vector<Results>& results,
                                                           const QString& engine,
                                                           const QStringList& types, int limit,
                                                           std::chrono::milliseconds ttl)
{
    if (!hasOneWriter())
        return base::fail(base::ErrorKind::Unsupported,
                          base::Sentence::tr("PostgreSQL settles and claims side by side."));
    if (const base::Status may = mayClaim(); !may)
        return may.error();
    auto turn = settleAndClaimOnce(results, engine, types, limit, ttl);
    if (turn || !refusesARow(turn.error()))
        return turn;
    // Nothing has been written yet: separately, each step isolates the row that is rejected.
    SettledAndClaimed careful;
    for (const Results& some : results) {
        auto settled = settle(some);
        if (!settled)
            return settled.error();
        careful.settled.push_back(std::move(*settled));
    }
    // What is settled must be reported: a claim that fails now fails in the next turn as well.
    if (auto claimed = claim(engine, types, limit, ttl))
        careful.claim = std::move(*claimed);
    return careful;
}

base::Result<SettledAndClaimed> LeaseStore::settleAndClaimOnce(const std::vector<Results>& results,
                                                               const QString& engine,
                                                               const QStringList& types, int limit,
                                                               std::chrono::milliseconds ttl)
{
    auto transaction = db::Transaction::begin(m_connection);
    if (!transaction)
        return transaction.error();
    if (m_untouched) {
        if (const base::Status done = m_untouched->begin(); !done)
            return done.error();
    }
    const QDateTime now = m_clock.now();
    SettledAndClaimed turn;
    for (const Results& some : results) {
        domain::JobIds accepted;
        const bool isUntouched = m_untouched && m_untouched->take(some.token);
        if (const base::Status done = writeResults(some, accepted, isUntouched); !done)
            return done.error();
        if (const base::Status done = followSettled(some, accepted); !done)
            return done.error();
        turn.settled.push_back({std::move(accepted), {}});
    }
    const qint64 msecs = now.toMSecsSinceEpoch();
    turn.claim.token = domain::newUuid(msecs);
    auto jobs = claimStepwise(m_connection, *m_sql.stepwise,
                              known(turn.claim.token, engine, types, limit, ttl, msecs),
                              m_shape.mode != domain::QueueMode::Own);
    if (!jobs)
        return jobs.error();
    turn.claim.jobs = std::move(*jobs);
    if (m_untouched) {
        m_untouched->add(turn.claim.token);
        if (const base::Status done = m_untouched->end(); !done)
            return done.error();
    }
    if (const base::Status done = transaction->commit(); !done)
        return done.error();
    return turn;
}

base::Status LeaseStore::writeResults(const Results& results, domain::JobIds& accepted,
                                      bool isUntouched)
{
    if (m_sql.stepwise) {
        auto written = settleStepwise(m_connection, *m_sql.stepwise, m_shape, results,
                                      m_clock.now(), isUntouched);
        if (!written)
            return written.error();
        accepted = std::move(*written);
        return {};
    }
    const base::Status done = settleAtOnce(m_connection, *m_sql.atOnce, results, accepted);
    if (m_shape.isGuest())
        defer(results.settlements);
    return done;
}

base::Status LeaseStore::followSettled(const Results& results, const domain::JobIds& accepted)
{
    QVector<Move> moves;
    const QSet<domain::JobId> ours(accepted.cbegin(), accepted.cend());
    for (const Settlement& result : results.settlements) {
        const bool matters = !result.effects.isEmpty() || m_effects.follows(result.type);
        if (matters && !result.refund && ours.contains(result.id))
            moves.push_back({result.id, result.type, u"processing"_s, QString(),
                             domain::statusText(result.status), m_shape.errorText(result.error),
                             result.payload, result.effects});
    }
    return moves.isEmpty() ? base::Status() : m_effects.follow(effectPlace(), moves);
}

void LeaseStore::defer(const QVector<Settlement>& results)
{
    const qint64 now = m_clock.now().toMSecsSinceEpoch();
    for (const Settlement& result : results) {
        if (result.retryIn.count() > 0)
            m_notBefore[result.id] = now + result.retryIn.count();
    }
}

} // namespace queuedeck::store
