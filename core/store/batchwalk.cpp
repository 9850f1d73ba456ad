// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/batchwalk.h"

#include "core/db/transaction.h"
#include "core/store/refusal.h"

#include <QSet>

namespace queuedeck::store {

namespace {
constexpr int kMostTries = 3;
} // namespace

base::Result<domain::JobIds> BatchWalk::inTransaction(const domain::JobIds& ids, const Step& step)
{
    auto transaction = db::Transaction::begin(m_connection);
    if (!transaction)
        return transaction.error();
    auto changed = step(ids);
    if (!changed || m_dryRun)
        return changed; // rolled back
    if (const base::Status done = transaction->commit(); !done)
        return done.error();
    return changed;
}

base::Status BatchWalk::walk(const domain::JobIds& ids, const Step& step, domain::Outcome& outcome)
{
    auto changed = inTransaction(ids, step);
    // A concurrent change got in the way and nothing was written.
    for (int again = 0;
         again < kMostTries && !changed && changed.error().recovery == base::Recovery::Again;
         ++again)
        changed = inTransaction(ids, step);
    if (changed) {
        outcome.changed += changed->size();
        const QSet<domain::JobId> hit(changed->cbegin(), changed->cend());
        for (const domain::JobId& id : ids) {
            if (!hit.contains(id))
                m_passedOver += id;
        }
        return {};
    }
    if (!refusesARow(changed.error()))
        return changed.error();
    if (ids.size() == 1) {
        outcome.skipped.push_back(
            {ids.front().value, domain::SkipReason::refused(reasonOf(changed.error()))});
        return {};
    }
    const qsizetype half = ids.size() / 2;
    if (const base::Status done = walk(ids.first(half), step, outcome); !done)
        return done;
    return walk(ids.sliced(half), step, outcome);
}

void BatchWalk::run(const domain::JobIds& ids, const Step& step, const BatchDone& batchDone,
                    domain::Outcome& outcome)
{
    for (qsizetype from = 0; from < ids.size(); from += m_batch) {
        const qsizetype end = std::min(ids.size(), from + m_batch);
        if (const base::Status done = walk(ids.sliced(from, end - from), step, outcome); !done) {
            outcome.failure = done.error();
            return;
        }
        if (batchDone && !batchDone(end, ids.size()) && end < ids.size()) {
            outcome.cancelled = true;
            return;
        }
    }
}

} // namespace queuedeck::store
