// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/jobstore.h"

#include <chrono>
#include <deque>
#include <vector>

namespace queuedeck::engine {

/// Claimed batches that wait a moment before they run, because another processor may have taken the
/// same rows. A processor without locks reads a row and takes it a little later, even if it has
/// been claimed by then; after the wait its write has changed the row, which the guard detects. On
/// the thread of the engine.
class Quarantine
{
public:
    /// 0: no other processor works here, and nothing waits.
    explicit Quarantine(std::chrono::milliseconds wait)
        : m_wait(wait)
    {
    }

    /// How a batch was divided.
    struct Released
    {
        store::Claim ours;
        store::Claim taken; ///< by another processor, or cancelled
    };

    bool isOn() const { return m_wait.count() > 0; }
    bool isEmpty() const { return m_batches.empty(); }
    int jobs() const;
    int countOf(const QString& type) const;
    void add(store::Claim claim);
    bool isDue() const;
    /// Checks the first batch, which isDue(). After an error it is still here: it is checked again,
    /// or its lease expires.
    base::Result<Released> releaseNext(store::JobStore& store, std::chrono::milliseconds ttl);
    std::vector<store::Claim> takeAll();
    /// How long until the next batch is due, at most `longest`.
    std::chrono::milliseconds patience(std::chrono::milliseconds longest) const;

private:
    struct Batch
    {
        store::Claim claim;
        std::chrono::steady_clock::time_point until;
    };

    const std::chrono::milliseconds m_wait;
    std::deque<Batch> m_batches; ///< ordered by `until`
};

} // namespace queuedeck::engine
