// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

namespace queuedeck::store {

/// Whether a statement failed for the sake of some row: the others may well be changed.
bool refusesARow(const base::Error& error);
/// What the database said, as the reason of a row that was skipped.
QString reasonOf(const base::Error& error);

} // namespace queuedeck::store
