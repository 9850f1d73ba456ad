// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/schedule/scheduler.h"

#include <memory>

namespace queuedeck::remote {
class RemoteService;
}

namespace queuedeck::service {

class EngineService;
class JobService;

/// A scheduler whose runs use the services of a session, all of which must outlive it.
std::unique_ptr<schedule::Scheduler> makeScheduler(const QString& file, EngineService& engine,
                                                   JobService& jobs, remote::RemoteService& remote);

} // namespace queuedeck::service
