// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/changeplan.h"
#include "core/service/changecontrol.h"
#include "core/service/writeturns.h"

#include <QPromise>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace queuedeck::service {

/// Carries out a change of many jobs in turns on the write thread. Follows its plan, if it has one;
/// while it waits nothing runs. Private to this room. Keeps itself alive until it is over.
class BulkRun
{
public:
    struct Work
    {
        std::function<base::Result<store::BulkChange>(store::JobStore&)> begin;
        domain::ChangePlan plan = {};
        /// After each batch.
        std::function<void(const store::BulkChange&)> onBatch = {};
        /// After each batch, and while it waits; on the write thread.
        std::function<void(const domain::ChangeStep&)> onStep = {};
        /// Once it is over, to add to what is reported.
        std::function<void(store::JobStore&, domain::Outcome&)> onEnd = {};
        std::stop_token stop;
        /// Null: nobody decides, so that a change whose first jobs failed is stopped.
        std::shared_ptr<const ChangeControl> control;
    };

    static QFuture<base::Result<domain::Outcome>>
    start(const std::shared_ptr<SessionThreads>& threads, Work work);

private:
    using Phase = domain::ChangeStep::Phase;
    using Wait = WriteTurns::Wait;

    BulkRun(const std::shared_ptr<SessionThreads>& threads, Work work);

    base::Result<Wait> turn(store::JobStore& store);
    /// What keeps it from changing more jobs at this moment; none: nothing.
    base::Result<std::optional<Phase>> hindrance(store::JobStore& store);
    base::Result<domain::FirstVerdict> tryFirst(store::JobStore& store);
    base::Result<Wait> waitIn(Phase phase, store::JobStore& store);
    int mostNow();
    void advance(store::JobStore& store, int most);
    void tell(Phase phase) const;
    bool mayGoOn() const;
    base::Status end(store::JobStore& store);
    void finish(const base::Status& status);

    const std::shared_ptr<SessionThreads> m_threads;
    const Work m_work;
    QPromise<base::Result<domain::Outcome>> m_promise;
    /// Nothing is half done: a server that is away now is no reason to end.
    std::atomic<bool> m_isWaiting = false;
    // On the write thread.
    std::optional<store::BulkChange> m_change;
    std::optional<domain::Pace> m_pace;
    domain::JobIds m_first;    ///< the jobs that were changed first
    domain::FirstJobs m_tried; ///< what has become of them
    bool m_mayChangeRest;      ///< as far as the first jobs go
    bool m_isGivenUp = false;  ///< the first jobs failed, and there is nobody to decide
    std::chrono::steady_clock::time_point m_keptAt;
    std::optional<base::Result<domain::Outcome>> m_result;
};

} // namespace queuedeck::service
