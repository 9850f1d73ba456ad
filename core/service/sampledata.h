// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/session.h"

namespace queuedeck::service {

/// Fills an empty database with 200 sample jobs and the 12 sample cards of resources/samples, the
/// cards pending, so that an engine reads them before the newcomer's eyes. A database that has
/// jobs already is left alone. Gives the number of jobs added.
QFuture<base::Result<int>> addSampleData(Session& session);

} // namespace queuedeck::service
