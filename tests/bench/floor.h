// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/databaseurl.h"

namespace queuedeck::bench {

/// What the databases themselves can do on the same table: statements prepared once with the bare
/// client library, without guard, lease, history or handler. Nothing built on top can be faster;
/// the bench shows how close we come. Every function returns seconds and ends the program on an
/// error.
namespace floor_ {

/// Claims `batch` rows and settles them until none is left: two statements and two commits per
/// batch.
double drainPostgres(const db::DatabaseUrl& url, int batch, qint64 expected);
/// Three round trips per job: read the oldest, mark it processing, mark it done, as the guide's
/// loop does.
double drainNaively(const db::DatabaseUrl& url, qint64 jobs);
/// COPY of `jobs` rows with uuid v7 ids, `batch` per command.
double copyPostgres(const db::DatabaseUrl& url, qint64 jobs, int batch);
/// The same on SQLite: WAL, synchronous=FULL, two transactions per batch.
double drainSqlite(const QString& path, int batch, qint64 expected);

} // namespace floor_
} // namespace queuedeck::bench
