// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/databaseurl.h"

namespace queuedeck::bench {

/// What the databases themselves can do on the very same table: statements prepared once over the
/// bare client library, no guard, no lease, no history, no handler. Nothing on top can be quicker;
/// the bench says how close we come. Every function gives seconds and ends the program on an error.
namespace floor_ {

/// Claim `batch` rows, settle them, until none is left: two statements and two commits a batch.
double drainPostgres(const db::DatabaseUrl& url, int batch, qint64 expected);
/// Three round trips a job: read the oldest, mark it, mark it done, as the guide's loop does.
double drainNaively(const db::DatabaseUrl& url, qint64 jobs);
/// COPY of `jobs` rows with uuid v7 ids, `batch` a command.
double copyPostgres(const db::DatabaseUrl& url, qint64 jobs, int batch);
/// The same on SQLite: WAL, synchronous=FULL, two transactions a batch.
double drainSqlite(const QString& path, int batch, qint64 expected);

} // namespace floor_
} // namespace queuedeck::bench
