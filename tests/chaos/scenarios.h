// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/chaos/testbed.h"

#include <functional>

namespace queuedeck::chaos {

/// One kind of failure.
struct Scenario
{
    QString name;
    QString what;                       ///< a description
    Plan shortPlan;                     ///< in `./dev test`
    Plan longPlan;                      ///< in `./dev chaos`
    std::function<void(Testbed&)> make; ///< returns when all jobs are done
};

const std::vector<Scenario>& scenarios();

} // namespace queuedeck::chaos
