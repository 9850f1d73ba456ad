// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/regions.h"

#include <QWidget>

#include <algorithm>

namespace queuedeck::ui {

void cycleRegions(const QList<QWidget*>& regions, const QWidget* focus, int step)
{
    QList<QWidget*> able;
    std::copy_if(
        regions.cbegin(), regions.cend(), std::back_inserter(able),
        [](const QWidget* region) { return region && region->isVisible() && region->isEnabled(); });
    if (able.isEmpty())
        return;
    const auto here = std::find_if(able.cbegin(), able.cend(), [focus](const QWidget* region) {
        return focus && (region == focus || region->isAncestorOf(focus));
    });
    const qsizetype size = able.size();
    const qsizetype at = here == able.cend() ? (step > 0 ? -1 : 0) : here - able.cbegin();
    QWidget* const next = able[(at + step + size) % size];
    next->window()->setAttribute(Qt::WA_KeyboardFocusChange); // so that the ring is drawn
    next->setFocus(step > 0 ? Qt::TabFocusReason : Qt::BacktabFocusReason);
}

} // namespace queuedeck::ui
