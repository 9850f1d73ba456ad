// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/vision/places.h"

namespace queuedeck::vision {

Places::Place::~Place()
{
    if (!m_places)
        return;
    {
        const std::lock_guard lock(m_places->m_mutex);
        ++m_places->m_free;
    }
    m_places->m_freed.notify_one();
}

Places::Place Places::take(const std::stop_token& stop, const std::stop_token& leaving)
{
    std::stop_source either;
    const auto end = [&either] { either.request_stop(); };
    const std::stop_callback onStop(stop, end);
    const std::stop_callback onLeaving(leaving, end);
    std::unique_lock lock(m_mutex);
    m_freed.wait(lock, either.get_token(), [this] { return m_free > 0; });
    if (either.stop_requested()) {
        m_freed.notify_one(); // this wait may have consumed the notification
        return {};
    }
    --m_free;
    return Place(*this);
}

} // namespace queuedeck::vision
