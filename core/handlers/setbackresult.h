// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/setback.h"
#include "core/engine/handler.h"

namespace queuedeck::handlers {

/// The outcome of an attempt that got no result.
engine::TaskResult resultOf(const domain::Setback& setback);

} // namespace queuedeck::handlers
