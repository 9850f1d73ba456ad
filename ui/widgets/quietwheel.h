// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace queuedeck::ui {

/// The wheel over `control` scrolls the page it stands on and never changes its value: whoever
/// scrolls past a choice must not make another one. GUI thread.
void leaveWheelToPage(QWidget& control);

} // namespace queuedeck::ui
