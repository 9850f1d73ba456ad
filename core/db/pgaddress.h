// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/databaseurl.h"

namespace queuedeck::db {

/// Whether this is a PostgreSQL URL: postgresql://, postgres://, or with a framework's driver
/// (postgresql+psycopg2://, jdbc:postgresql://).
bool isPostgresUrl(const QString& text);
base::Result<DatabaseUrl> parsePostgresUrl(const QString& text);

/// Whether this is a libpq keyword list: host=… dbname=….
bool isKeywordList(const QString& text);
base::Result<DatabaseUrl> parseKeywordList(const QString& text);

} // namespace queuedeck::db
