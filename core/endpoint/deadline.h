// SPDX-License-Identifier: GPL-3.0-or-later
// Included by connection.h only: Asio stays in one translation unit.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <memory>

namespace queuedeck::endpoint {

/// The deadline of a connection's current step. It moves with every step, so the timer below is
/// left alone as long as it fires early enough; it then checks the current deadline. For the
/// context's thread; may be destroyed while the timer runs.
class Deadline
{
    using Clock = std::chrono::steady_clock;

public:
    explicit Deadline(boost::asio::io_context& context)
        : m_timer(context)
    {
    }

    /// `passed` must not keep the deadline's owner alive.
    void onPassed(std::function<void()> passed) { m_passed = std::move(passed); }

    void set(std::chrono::milliseconds within)
    {
        m_at = Clock::now() + within;
        if (m_at < m_timer.expiry() || !m_isRunning)
            run();
    }
    /// No deadline for now.
    void lift() { m_at = Clock::time_point::max(); }
    /// No deadline any more; stops the timer.
    void clear()
    {
        lift();
        m_timer.cancel();
        m_isRunning = false;
    }

private:
    void run()
    {
        m_isRunning = true;
        m_timer.expires_at(m_at);
        // A completed wait can no longer be cancelled.
        m_timer.async_wait([this, life = std::weak_ptr(m_life)](boost::system::error_code error) {
            if (error || life.expired())
                return;
            m_isRunning = false;
            if (m_at == Clock::time_point::max())
                return;
            if (Clock::now() < m_at)
                return run();
            const auto passed = m_passed; // it may destroy us
            passed();
        });
    }

    const std::shared_ptr<int> m_life = std::make_shared<int>();
    boost::asio::steady_timer m_timer;
    std::function<void()> m_passed;
    Clock::time_point m_at = Clock::time_point::max();
    bool m_isRunning = false;
};

} // namespace queuedeck::endpoint
