// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/changeplan.h"

#include <algorithm>
#include <cmath>

namespace queuedeck::domain {

FirstVerdict verdictOn(ChangePlan::Rule rule, const FirstJobs& first)
{
    const int needed = [&] {
        switch (rule) {
        case ChangePlan::Rule::AllComplete: return first.tried;
        case ChangePlan::Rule::HalfComplete: return (first.tried + 1) / 2;
        case ChangePlan::Rule::AnyCompletes: break;
        }
        return std::min(1, first.tried);
    }();
    if (first.completed >= needed)
        return FirstVerdict::GoOn;
    return first.tried - first.failed < needed ? FirstVerdict::Hold : FirstVerdict::Wait;
}

Pace::Pace(int perSecond, Time now)
    : m_perSecond(perSecond)
    , m_saved(1)
    , m_last(now)
{
}

int Pace::allowed(Time now)
{
    const double passed = std::chrono::duration<double>(now - m_last).count();
    m_last = now;
    // At least one, or a slow pace would never get that far.
    const double most = std::max(1.0, m_perSecond);
    m_saved = std::min(most, m_saved + std::max(0.0, passed) * m_perSecond);
    return std::max(0, int(m_saved));
}

std::chrono::milliseconds Pace::wait() const
{
    constexpr double kShortest = 0.2; // seconds: a batch five times a second looks steady
    const double untilNext = (1 - m_saved) / m_perSecond;
    return std::chrono::milliseconds(qint64(std::ceil(1000 * std::max(kShortest, untilNext))));
}

} // namespace queuedeck::domain
