// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/companions.h"

namespace queuedeck::store {

/// Makes the tables, or Queuedeck's own where there is a table Job, and brings older ones of ours
/// up to date; nothing of the application is altered. All in one transaction; leaves the words of
/// the connection as they were set for it.
base::Status makeWhatIsMissing(db::Connection& connection);
/// Unsupported where companions are older than this program, with what to do. The words are set.
base::Status checkVersion(db::Connection& connection);
/// What makeWhatIsMissing would run on an empty database.
QString sqlToMake(const db::DatabaseUrl& url);
int companionCount();

} // namespace queuedeck::store
