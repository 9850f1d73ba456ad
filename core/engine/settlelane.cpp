// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/settlelane.h"

namespace queuedeck::engine {

namespace {
constexpr int kTries = 4;
} // namespace

SettleLane::SettleLane(OpenStore openStore)
    : m_openStore(std::move(openStore))
{
}

SettleLane::~SettleLane()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

SettleLane::Answers SettleLane::settle(store::JobStore& store, const Batch& batch)
{
    Answers answers;
    for (const store::Results& results : batch) {
        auto settled = store.leases.settle(results);
        // A deadlock or a concurrent change: nothing was written, and a retry may well succeed.
        for (int i = 1; i < kTries && !settled && settled.error().recovery == base::Recovery::Again;
             ++i) {
            std::this_thread::sleep_for(i * std::chrono::milliseconds(5));
            settled = store.leases.settle(results);
        }
        answers.push_back(std::move(settled));
    }
    return answers;
}

void SettleLane::start(Batch batch)
{
    {
        const std::lock_guard lock(m_mutex);
        m_batch = std::move(batch);
    }
    if (!m_thread.joinable())
        m_thread = std::thread([this] { loop(); });
    m_wake.notify_all();
}

SettleLane::Answers SettleLane::finish()
{
    std::unique_lock lock(m_mutex);
    m_wake.wait(lock, [this] { return m_answers.has_value(); });
    Answers answers = std::move(*m_answers);
    m_answers.reset();
    return answers;
}

void SettleLane::loop()
{
    std::unique_ptr<store::JobStore> store;
    std::unique_lock lock(m_mutex);
    while (true) {
        m_wake.wait(lock, [this] { return m_stopping || m_batch; });
        if (!m_batch)
            return;
        const Batch batch = std::move(*m_batch);
        m_batch.reset();
        lock.unlock();
        Answers answers;
        auto opened = store ? base::Result<std::unique_ptr<store::JobStore>>(std::move(store))
                            : m_openStore();
        if (opened) {
            store = std::move(*opened);
            answers = settle(*store, batch);
        } else {
            answers.assign(batch.size(), opened.error());
        }
        lock.lock();
        m_answers = std::move(answers);
        m_wake.notify_all();
    }
}

} // namespace queuedeck::engine
