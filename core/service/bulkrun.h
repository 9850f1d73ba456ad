// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/pausegate.h"
#include "core/service/sessionthreads.h"

#include <QPromise>

#include <functional>
#include <memory>
#include <stop_token>

namespace queuedeck::service {

/// Carries out a change of many jobs on the write thread, for a moment at a time: other changes get
/// their turn in between, and while it is paused nothing runs. Private to this room. Keeps itself
/// alive until it is over.
class BulkRun : public std::enable_shared_from_this<BulkRun>
{
public:
    struct Work
    {
        std::function<base::Result<store::BulkChange>(store::JobStore&)> begin;
        /// After each batch.
        std::function<void(const store::BulkChange&)> onBatch = {};
        /// Once it is over, to add to what is reported.
        std::function<void(store::JobStore&, domain::Outcome&)> onEnd = {};
        std::stop_token stop;
        std::shared_ptr<PauseGate> pause; ///< may be null
    };

    static QFuture<base::Result<domain::Outcome>>
    start(const std::shared_ptr<SessionThreads>& threads, Work work);

private:
    BulkRun(const std::shared_ptr<SessionThreads>& threads, Work work);

    void next();
    base::Result<bool> advance(store::JobStore& store);
    void finish(const base::Result<bool>& isOver);

    const std::shared_ptr<SessionThreads> m_threads;
    const Work m_work;
    QPromise<base::Result<domain::Outcome>> m_promise;
    std::optional<store::BulkChange> m_change; ///< on the write thread
    std::optional<base::Result<domain::Outcome>> m_result;
};

} // namespace queuedeck::service
