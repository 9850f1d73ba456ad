// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/rowdensity.h"

#include "ui/widgets/settings.h"
#include "ui/widgets/theme.h"

#include <algorithm>
#include <array>

namespace queuedeck::ui {

RowDensity& RowDensity::instance()
{
    static RowDensity density;
    return density;
}

RowDensity::RowDensity()
    : m_level(Level(std::clamp(settings::rowDensity().read(), int(Compact), int(Wide))))
{
}

void RowDensity::set(Level level)
{
    if (level == m_level)
        return;
    m_level = level;
    settings::rowDensity().write(int(level));
    Q_EMIT changed();
}

void RowDensity::step(int by)
{
    set(Level(std::clamp(int(m_level) + by, int(Compact), int(Wide))));
}

int RowDensity::height() const
{
    static constexpr std::array kHeights{size::kRowCompact, size::kRow, 34, 42};
    return px(kHeights[size_t(m_level)]);
}

} // namespace queuedeck::ui
