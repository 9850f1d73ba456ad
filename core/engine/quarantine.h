// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/jobstore.h"

#include <chrono>
#include <deque>
#include <vector>

namespace queuedeck::engine {

/// Claimed batches that wait a moment before they run, because another processor may have taken the
/// same rows. One without locks reads a row and takes it a little later, whoever holds it by then;
/// after the wait its write has changed the row, and the guard tells. On the thread of the engine.
class Quarantine
{
public:
    /// 0: nobody else works here, and nothing waits.
    explicit Quarantine(std::chrono::milliseconds wait)
        : m_wait(wait)
    {
    }

    /// What became of a batch.
    struct Verdict
    {
        store::Claim ours;
        store::Claim taken; ///< by somebody else, or cancelled
    };

    bool isOn() const { return m_wait.count() > 0; }
    bool isEmpty() const { return m_batches.empty(); }
    int jobs() const;
    void add(store::Claim claim);
    bool isDue() const;
    /// Asks for the first batch; isDue() before. After an error it is still here: it is asked for
    /// again, or its lease runs out.
    base::Result<Verdict> releaseNext(store::JobStore& store, std::chrono::milliseconds ttl);
    std::vector<store::Claim> takeAll();
    /// How long to wait for the next batch that is due, at most `longest`.
    std::chrono::milliseconds patience(std::chrono::milliseconds longest) const;

private:
    struct Batch
    {
        store::Claim claim;
        std::chrono::steady_clock::time_point until;
    };

    const std::chrono::milliseconds m_wait;
    std::deque<Batch> m_batches; ///< in the order of their ends
};

} // namespace queuedeck::engine
