// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

namespace queuedeck::store {

/// Whether a statement failed because of some row: the others may well succeed.
bool refusesARow(const base::Error& error);
/// The database's message, as the reason why a row was skipped.
QString reasonOf(const base::Error& error);

} // namespace queuedeck::store
