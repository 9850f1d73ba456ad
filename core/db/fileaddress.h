// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/databaseurl.h"

namespace queuedeck::db {

/// Whether this is the address of a SQLite file: sqlite:, sqlite:// or file:.
bool isFileAddress(const QString& text);
/// `file:` and `sqlite://` are URLs: %XX is decoded, and a ? begins keys. A plain `sqlite:` is
/// followed by the literal path, which only keys known from Prisma can end.
base::Result<DatabaseUrl> parseFileAddress(const QString& text);

} // namespace queuedeck::db
