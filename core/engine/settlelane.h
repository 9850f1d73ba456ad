// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/leasekeeper.h"

namespace queuedeck::engine {

/// Settles large batches on its own connection and thread, so that the next batch is claimed
/// meanwhile: one commits while the other works. Used by one thread, one batch at a time.
class SettleLane
{
public:
    /// What became of each claim's results, in order, or why that is not known.
    using Answers = std::vector<base::Result<store::Settled>>;
    using Batch = std::vector<store::Results>;

    explicit SettleLane(OpenStore openStore);
    ~SettleLane();

    /// Hands a batch over; `finish` waits for its answers.
    void start(Batch batch);
    Answers finish();

    /// The same on the calling thread.
    static Answers settle(store::JobStore& store, const Batch& batch);

private:
    void loop();

    const OpenStore m_openStore;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::optional<Batch> m_batch;
    std::optional<Answers> m_answers;
    bool m_stopping = false;
    std::thread m_thread; ///< started with the first batch
};

} // namespace queuedeck::engine
