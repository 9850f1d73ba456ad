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
