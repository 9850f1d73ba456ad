// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <functional>

namespace queuedeck::base {

/// Calls `work`, which must not throw, with at least `bytes` of stack: on this thread if that much
/// is left, else on a new thread, which is joined. For libraries that recurse over untrusted input.
/// Unreachable if no thread can be started; `work` was not called then.
Status runWithStack(size_t bytes, const std::function<void()>& work);

} // namespace queuedeck::base
