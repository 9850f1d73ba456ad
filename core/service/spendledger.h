// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/spend.h"
#include "core/service/sessionthreads.h"

#include <mutex>

namespace queuedeck::service {

/// Records in the database what requests to a model cost, on a thread and a connection of its own,
/// so that no request waits for it. From any thread. Private to this room.
class SpendLedger
{
public:
    explicit SpendLedger(std::shared_ptr<SessionThreads> threads);
    ~SpendLedger(); ///< once all is recorded

    void note(const domain::Spend& spend);

private:
    const std::shared_ptr<SessionThreads> m_threads;
    std::unique_ptr<store::JobStore> m_store; ///< on m_thread only
    std::mutex m_mutex;                       ///< guards the members below
    std::unique_ptr<async::TaskThread> m_thread;
    QFuture<base::Status> m_last;
};

} // namespace queuedeck::service
