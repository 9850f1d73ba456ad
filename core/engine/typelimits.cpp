// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/typelimits.h"

#include <algorithm>
#include <numeric>

namespace queuedeck::engine {

void TypeLimits::set(std::map<QString, TypeLimit> limits)
{
    const std::lock_guard lock(m_mutex);
    for (auto& [type, state] : m_types)
        state.limit = {};
    for (const auto& [type, limit] : limits)
        m_types[type].limit = limit;
}

bool TypeLimits::has(const QString& type) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_types.find(type);
    return found != m_types.end() && found->second.limit.isAny();
}

int TypeLimits::take(const QString& engine, const QString& type, int held, int wanted, Time now)
{
    const std::lock_guard lock(m_mutex);
    State& state = m_types[type];
    state.held[engine] = held;
    while (!state.begun.empty() && now - state.begun.front() >= std::chrono::minutes(1))
        state.begun.pop_front();
    int room = wanted;
    if (state.limit.concurrency > 0) {
        const int all =
            std::accumulate(state.held.begin(), state.held.end(), 0,
                            [](int sum, const auto& each) { return sum + each.second; });
        room = std::min(room, state.limit.concurrency - all);
    }
    if (state.limit.perMinute > 0)
        room = std::min(room, state.limit.perMinute - int(state.begun.size()));
    room = std::max(room, 0);
    state.held[engine] += room;
    if (state.limit.perMinute > 0)
        state.begun.insert(state.begun.end(), size_t(room), now);
    return room;
}

void TypeLimits::giveBack(const QString& engine, const QString& type, int unused)
{
    const std::lock_guard lock(m_mutex);
    State& state = m_types[type];
    state.held[engine] -= unused;
    for (; unused > 0 && !state.begun.empty(); --unused)
        state.begun.pop_back();
}

void TypeLimits::leave(const QString& engine)
{
    const std::lock_guard lock(m_mutex);
    for (auto& [type, state] : m_types)
        state.held.erase(engine);
}

} // namespace queuedeck::engine
