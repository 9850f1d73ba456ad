// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <utility>

namespace queuedeck::vision {

/// Limits how many do something at the same time. From any thread.
class Places
{
public:
    /// A place, given back when this is destroyed; none if the wait was ended.
    class Place
    {
    public:
        Place() = default;
        explicit Place(Places& places)
            : m_places(&places)
        {
        }
        Place(Place&& other) noexcept
            : m_places(std::exchange(other.m_places, nullptr))
        {
        }
        Place& operator=(Place&&) = delete;
        ~Place();

        explicit operator bool() const { return m_places != nullptr; }

    private:
        Places* m_places = nullptr;
    };

    explicit Places(int count)
        : m_free(count)
    {
    }

    /// Waits for a free place until one of the tokens says stop.
    Place take(const std::stop_token& stop, const std::stop_token& leaving);

private:
    std::mutex m_mutex;
    std::condition_variable_any m_freed;
    int m_free;
};

} // namespace queuedeck::vision
