// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <functional>

namespace queuedeck::base {

/// Calls `work`, which must not throw, with at least `bytes` of stack below it: on this thread if
/// that much is left here, else on one made for it, which is waited for. For libraries that recurse
/// over what a stranger wrote. Unreachable when no thread can be had; `work` was not called then.
Status runWithStack(size_t bytes, const std::function<void()>& work);

} // namespace queuedeck::base
