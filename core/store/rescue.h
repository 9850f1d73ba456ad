// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/effects/effects.h"

#include <chrono>

namespace queuedeck::store {

// rescueLost and freeUnchanged free 'processing' jobs that no engine runs any more, with their
// effects, in one transaction; if the database rejects one of them, one by one, so that it does not
// hold up the others. They return the ids of the freed jobs.

/// The engines of leases that have expired by this computer's clock, which may have been set; none
/// where the server's clock decides.
base::Result<QStringList> enginesOfLost(const EffectPlace& place);
/// Jobs of expired leases. The leases are dropped afterwards, also that of a rejected job.
base::Result<domain::JobIds> rescueLost(const EffectPlace& place, const Effects& effects);
/// Jobs of other processors: unchanged for `grace`.
base::Result<domain::JobIds> freeUnchanged(const EffectPlace& place, const Effects& effects,
                                           std::chrono::milliseconds grace);

} // namespace queuedeck::store
