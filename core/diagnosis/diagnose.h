// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diagnosis/surroundings.h"
#include "core/domain/finding.h"
#include "core/store/jobstore.h"

namespace queuedeck::diagnosis {

/// Carries out all checks: "Why is nothing processed?". Changes nothing; each check has a deadline
/// and says when it was cut short, and one that fails does not stop the others. Blocks, about
/// Limits::all at most whatever the size of the table; on the thread of the store's connection.
/// Errors: the database does not answer, or it was interrupted.
base::Result<domain::Diagnosis> diagnose(store::JobStore& store, const Surroundings& around,
                                         const Limits& limits = {});

} // namespace queuedeck::diagnosis
