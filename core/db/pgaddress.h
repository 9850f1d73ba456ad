// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/databaseurl.h"

namespace queuedeck::db {

/// Whether this is an address of PostgreSQL: postgresql://, postgres://, with the driver of a
/// framework (postgresql+psycopg2://, jdbc:postgresql://).
bool isPostgresUrl(const QString& text);
base::Result<DatabaseUrl> parsePostgresUrl(const QString& text);

/// Whether this is libpq's list of keywords: host=… dbname=….
bool isKeywordList(const QString& text);
base::Result<DatabaseUrl> parseKeywordList(const QString& text);

} // namespace queuedeck::db
