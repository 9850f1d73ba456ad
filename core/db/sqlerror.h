// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

namespace queuedeck::db {

/// The one place where SQLite's result codes become kinds and sentences. `path` is the file.
base::Error sqliteError(int code, const QString& message, const QString& path);

/// The one place where SQLSTATE becomes kinds and sentences. `where` is the masked address.
base::Error postgresError(const QString& sqlState, const QString& message, const QString& where);

/// What a loop may do after such an answer; the two above have it in their error.
base::Recovery postgresRecovery(const QString& sqlState);
base::Recovery sqliteRecovery(int code);

} // namespace queuedeck::db
