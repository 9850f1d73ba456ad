// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/progressslot.h"

#include <algorithm>
#include <cmath>

namespace queuedeck::engine {

namespace {
// One line without control characters or halves of surrogates, which no database keeps.
QString line(const QString& text)
{
    QString shown = QString::fromUtf8(text.left(domain::Progress::kLongestText + 1).toUtf8());
    for (QChar& c : shown) {
        if (c.category() == QChar::Other_Control)
            c = u' ';
    }
    shown = shown.trimmed();
    if (shown.size() > domain::Progress::kLongestText) {
        shown.truncate(domain::Progress::kLongestText - 1);
        shown += u'…';
    }
    return shown;
}
} // namespace

void ProgressSlot::report(const domain::Progress& progress)
{
    const std::lock_guard lock(m_mutex);
    m_isChanged = true;
    m_latest.fraction = progress.fraction;
    if (progress.fraction)
        m_latest.fraction = std::isfinite(*progress.fraction)
                                ? std::optional(std::clamp(*progress.fraction, 0.0, 1.0))
                                : std::nullopt;
    if (m_latest.text != progress.text)
        m_latest.text = line(progress.text);
}

void ProgressSlot::clear()
{
    const std::lock_guard lock(m_mutex);
    m_latest = {};
    m_isChanged = false;
}

domain::Progress ProgressSlot::latest() const
{
    const std::lock_guard lock(m_mutex);
    return m_latest;
}

bool ProgressSlot::takeChange()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_isChanged, false);
}

} // namespace queuedeck::engine
