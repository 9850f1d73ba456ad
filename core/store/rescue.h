// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/effects/effects.h"

#include <chrono>

namespace queuedeck::store {

// Both free jobs that are 'processing' and that nobody runs any more, with their effects, all
// together; where the database refuses one for its own sake, one by one, so that it keeps no other
// back. They give the ids of those that were freed.

/// The engines of leases that have expired by a clock of this computer, which may have been set;
/// none where the server's clock counts.
base::Result<QStringList> enginesOfLost(const EffectPlace& place);
/// Of leases that have expired. These are dropped afterwards, that of a refused job too.
base::Result<domain::JobIds> rescueLost(const EffectPlace& place, const Effects& effects);
/// Of other processors: unchanged for `grace`.
base::Result<domain::JobIds> freeUnchanged(const EffectPlace& place, const Effects& effects,
                                           std::chrono::milliseconds grace);

} // namespace queuedeck::store
