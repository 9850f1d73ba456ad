// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <chrono>

namespace queuedeck::domain {

/// Why an attempt got no result, and what that costs the job. A value.
struct Setback
{
    enum class Then {
        GiveUp,   ///< trying again cannot help
        TryAgain, ///< it counts as an attempt
        Wait,     ///< it is nobody's fault and not counted: no network, a busy server, a stop
    };

    base::Error error;
    Then then = Then::TryAgain;
    std::chrono::milliseconds wait{0}; ///< for Wait: at least that long; 0: the usual time
};

} // namespace queuedeck::domain
