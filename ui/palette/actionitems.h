// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/palette/paletteitem.h"

namespace queuedeck::ui {

class ActionSet;

/// Every action of the window as the palette shows it: the pages as such, with their keys, whether
/// they are on, and why if not. `run` triggers the action.
PaletteItems actionItems(const ActionSet& actions);

} // namespace queuedeck::ui
