// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace queuedeck::app {
class EndSignals;
}

namespace queuedeck::ctl {

/// Waits so long, or until the user ends the program; then false.
bool waitUnlessStopped(const app::EndSignals& stop, std::chrono::milliseconds time);

/// Clears standard output, where it is a terminal.
void clearScreen();

} // namespace queuedeck::ctl
