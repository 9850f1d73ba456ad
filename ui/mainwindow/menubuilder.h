// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QMenuBar;

namespace queuedeck::ui {

class ActionSet;

/// Fills the menu bar from the table of actions.
void buildMenus(QMenuBar& bar, const ActionSet& actions);

} // namespace queuedeck::ui
