// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/schedulejson.h"
#include "core/service/schedules.h"

namespace queuedeck::service {

/// What the scheduler knows of one schedule. Private to this room.
struct Scheduler::State
{
    ScheduleRecord record;
    bool isRunning = false;
};

} // namespace queuedeck::service
