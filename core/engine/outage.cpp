// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/outage.h"

#include "core/base/logging.h"

#include <QRandomGenerator>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::engine {

using base::Recovery;
using base::Sentence;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {
constexpr milliseconds kLongest{5000};
constexpr milliseconds kFirst{250};
constexpr milliseconds kFirstAgain{10}; // after a concurrent change, which is over by now
} // namespace

bool Outage::mayPass(const base::Error& error)
{
    const bool mayReturn =
        error.recovery == Recovery::MayReturn || error.recovery == Recovery::NotThis;
    const bool isHopeless = error.recovery == Recovery::ForGood || (mayReturn && !m_hasWorked);
    if (isHopeless || (m_isBounded && m_backOff >= kLongest))
        return false;
    if (m_backOff.count() == 0)
        m_since = steady_clock::now();
    m_backOff = std::clamp(m_backOff * 2, error.recovery == Recovery::Again ? kFirstAgain : kFirst,
                           kLongest);
    if (m_told != error.detail && error.recovery != Recovery::Again)
        say(m_told = error.detail);
    return true;
}

// With jitter: many engines must not come back to a server at the same moment.
milliseconds Outage::wait() const
{
    return milliseconds(
        qint64(double(m_backOff.count()) * (0.5 + QRandomGenerator::global()->generateDouble())));
}

void Outage::over()
{
    m_hasWorked = true;
    m_backOff = milliseconds(0);
    if (m_told.isEmpty())
        return;
    m_told.clear();
    const std::chrono::duration<double> lasted = steady_clock::now() - m_since;
    say(Sentence::tr("The database answers again after %1 s.").arg(lasted.count(), 0, 'f', 1));
}

void Outage::say(const QString& line) const
{
    qCWarning(lcEngine).noquote() << line;
    if (m_onEvent)
        m_onEvent(line);
}

} // namespace queuedeck::engine
