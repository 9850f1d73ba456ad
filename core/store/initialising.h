// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/companions.h"

namespace queuedeck::store {

/// Creates the tables, or only Queuedeck's own where a table Job exists, and migrates older ones of
/// ours; nothing of the application's is altered. All in one transaction; leaves the words of the
/// connection set to those it used.
base::Status makeWhatIsMissing(db::Connection& connection);
/// Unsupported if companions are older than this program, with what to do. Needs the words set.
base::Status checkVersion(db::Connection& connection);
/// What makeWhatIsMissing would run on an empty database.
QString sqlToMake(const db::DatabaseUrl& url);
int companionCount();

} // namespace queuedeck::store
