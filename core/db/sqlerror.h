// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

namespace queuedeck::db {

/// The one place where SQLite's result codes are mapped to kinds and sentences. `path` is the file.
base::Error sqliteError(int code, const QString& message, const QString& path);

/// The one place where SQLSTATEs are mapped to kinds and sentences. `where` is the masked address.
base::Error postgresError(const QString& sqlState, const QString& message, const QString& where);

/// What a loop may do after such an error; the two functions above already set it.
base::Recovery postgresRecovery(const QString& sqlState);
base::Recovery sqliteRecovery(int code);

} // namespace queuedeck::db
