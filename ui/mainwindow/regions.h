// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

class QWidget;

namespace queuedeck::ui {

/// Moves the focus from the region it is in to the next (`step` 1) or previous (-1) one that can
/// take it. Regions are given in order; hidden and disabled ones are skipped.
void cycleRegions(const QList<QWidget*>& regions, const QWidget* focus, int step);

} // namespace queuedeck::ui
