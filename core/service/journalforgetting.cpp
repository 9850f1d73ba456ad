// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/journalforgetting.h"

#include "core/service/changecontrol.h"
#include "core/service/writeturns.h"

namespace queuedeck::service {

namespace {
using std::chrono::steady_clock;
constexpr std::chrono::milliseconds kWhilePaused{250};

struct Forgetting
{
    const std::shared_ptr<SessionThreads> threads;
    const QDateTime before;
    const ChangeOptions options;
    QPromise<base::Result<domain::Outcome>> promise;
    domain::Outcome outcome = {}; ///< on the write thread
    bool isCounted = false;

    bool isStopped() const { return options.stop.stop_requested() || threads->isFinishing(); }
    base::Result<WriteTurns::Wait> turn(store::JobStore& store);
    void end(const base::Status& status);
};

base::Result<WriteTurns::Wait> Forgetting::turn(store::JobStore& store)
{
    using Wait = WriteTurns::Wait;
    if (!isCounted) {
        const auto entries = store.journal.countBefore(before);
        if (!entries)
            return entries.error();
        outcome.matched = *entries;
        isCounted = true;
    }
    const auto until = steady_clock::now() + WriteTurns::kTurn;
    while (!isStopped()) {
        if (options.control && options.control->isPaused())
            return Wait(kWhilePaused);
        if (steady_clock::now() >= until)
            return Wait(WriteTurns::kAtOnce);
        const auto gone = store.journal.forgetSome(before);
        if (!gone)
            return gone.error();
        if (!*gone)
            return Wait();
        if ((*gone)->isEmpty())
            continue;
        ++outcome.changed;
        if (options.progress)
            options.progress({.done = outcome.changed, .total = outcome.matched});
    }
    outcome.cancelled = true;
    return Wait();
}

void Forgetting::end(const base::Status& status)
{
    if (!status && outcome.changed > 0)
        outcome.failure = status.error();
    promise.addResult(status || outcome.changed > 0
                          ? base::Result<domain::Outcome>(outcome)
                          : base::Result<domain::Outcome>(status.error()));
    promise.finish();
}
} // namespace

QFuture<base::Result<domain::Outcome>> forgetEntries(const std::shared_ptr<SessionThreads>& threads,
                                                     const QDateTime& before,
                                                     const ChangeOptions& options)
{
    const std::shared_ptr<Forgetting> forgetting(new Forgetting{threads, before, options, {}});
    forgetting->promise.start();
    const auto turns = std::make_shared<WriteTurns>();
    turns->turn = [forgetting](store::JobStore& store) { return forgetting->turn(store); };
    turns->end = [forgetting](const base::Status& status) { forgetting->end(status); };
    WriteTurns::take(threads, turns);
    return forgetting->promise.future();
}

} // namespace queuedeck::service
