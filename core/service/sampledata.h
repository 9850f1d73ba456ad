// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/session.h"

namespace queuedeck::service {

/// Fills an empty database with 200 sample jobs, among them the 12 cards of resources/samples,
/// which are pending, so that a new user can watch an engine read them; in the database of the
/// sample data also some of kSampleType, which say how far they are. A database that already has
/// jobs is left alone. Returns the number of jobs added.
QFuture<base::Result<int>> addSampleData(Session& session);

} // namespace queuedeck::service
