// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/schedules.h"

#include <memory>

namespace queuedeck::service {

class EngineService;
class JobService;
class RemoteService;

/// A scheduler whose runs are done by the services of a session, all of which must outlive it.
std::unique_ptr<Scheduler> makeScheduler(const QString& file, EngineService& engine,
                                         JobService& jobs, RemoteService& remote);

} // namespace queuedeck::service
