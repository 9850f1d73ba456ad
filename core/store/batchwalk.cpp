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
    if (!changed)
        return changed; // rolled back
    if (const base::Status done = transaction->commit(); !done)
        return done.error();
    return changed;
}

base::Status BatchWalk::run(const domain::JobIds& ids, const Step& step, domain::Outcome& outcome)
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
    if (const base::Status done = run(ids.first(half), step, outcome); !done)
        return done;
    return run(ids.sliced(half), step, outcome);
}

} // namespace queuedeck::store
