// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/finishtally.h"

#include <algorithm>

namespace queuedeck::service {

namespace {
constexpr qint64 kKept = 3600;      // seconds: the longest window of a rule
constexpr qint64 kLongestGap = 120; // seconds: what rose in a longer one cannot be dated
} // namespace

void FinishTally::add(const domain::QueueSnapshot& snapshot)
{
    const QDateTime at = snapshot.takenAt;
    const qint64 passed = m_at.isValid() ? m_at.secsTo(at) : -1;
    if (passed < 0 || passed > kLongestGap) {
        m_steps.clear();
        m_begun = at;
    } else {
        Step step{at, {}};
        for (auto it = snapshot.byType.cbegin(); it != snapshot.byType.cend(); ++it) {
            const domain::TypeCounts before = m_last.value(it.key());
            const Finished rose{std::max<qint64>(0, it->completed - before.completed),
                                std::max<qint64>(0, it->failed - before.failed)};
            if (rose.all() > 0)
                step.byType[it.key()] = rose;
        }
        if (!step.byType.empty())
            m_steps.push_back(std::move(step));
    }
    while (!m_steps.empty() && m_steps.front().at.secsTo(at) > kKept)
        m_steps.pop_front();
    m_last = snapshot.byType;
    m_at = at;
}

std::optional<FinishTally::Finished> FinishTally::within(std::chrono::seconds window,
                                                         const QString& type) const
{
    if (!m_at.isValid() || m_begun.secsTo(m_at) < window.count())
        return {};
    Finished sum;
    for (const Step& step : m_steps) {
        if (step.at.secsTo(m_at) > window.count())
            continue;
        for (const auto& [name, finished] : step.byType) {
            if (!type.isEmpty() && name != type)
                continue;
            sum.completed += finished.completed;
            sum.failed += finished.failed;
        }
    }
    return sum;
}

} // namespace queuedeck::service
