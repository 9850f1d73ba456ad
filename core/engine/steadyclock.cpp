// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/steadyclock.h"

namespace queuedeck::engine {

namespace {
qint64 steadyMs()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}
} // namespace

QDateTime SteadyClock::now() const
{
    return QDateTime::fromMSecsSinceEpoch(steadyMs() + m_offset, Qt::UTC);
}

std::chrono::milliseconds SteadyClock::ahead() const
{
    return std::chrono::milliseconds(m_wall.now().toMSecsSinceEpoch() - steadyMs() - m_offset);
}

void SteadyClock::follow(std::chrono::milliseconds ahead)
{
    m_offset += ahead.count();
}

} // namespace queuedeck::engine
