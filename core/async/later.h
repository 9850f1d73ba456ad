// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <functional>

namespace queuedeck::async {

/// Calls `go` on the main thread after `wait`, from whatever thread it was requested; never once
/// the application has ended. `go` must be quick.
void later(std::chrono::milliseconds wait, std::function<void()> go);

} // namespace queuedeck::async
