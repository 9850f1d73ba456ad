// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace queuedeck::db {
struct DatabaseUrl;
}

namespace queuedeck::service {

/// Where Queuedeck keeps its own files: QUEUEDECK_HOME, else the user's data folder.
QString homeFolder();
/// The embedded database of this user, and that of the sample data.
QString embeddedDatabase();
QString demoDatabase();
/// Distinguishes a database from others on this computer, whoever signs in. 16 hexadecimal digits.
QString databaseKey(const db::DatabaseUrl& url);
/// Where the schedules of a database are kept; see SessionInfo::key.
QString schedulesFile(const QString& key);
/// The alert rules of a database, and what became of them; see SessionInfo::key.
QString alertRulesFile(const QString& key);
QString alertStateFile(const QString& key);
/// SessionInfo::key of the database at this address, also if it does not answer; empty if it is no
/// address.
QString keyOfAddress(const QString& address);
/// What was seen of a database where nothing of ours exists; `key` is SessionInfo::key.
QString historyFile(const QString& key);
/// Where the files of bulk_import lie: QUEUEDECK_IMPORT_FOLDER, else `imports` in the home folder.
/// Set it to a copy of the application's bucket `data-imports` to run its batches here.
QString importFolder();
/// The address to open: `option` (of --db), else QUEUEDECK_DATABASE_URL, else DATABASE_URL, else
/// empty, which means the embedded database.
QString databaseAddress(const QString& option);
/// The environment variable that databaseAddress() takes it from; empty if none is set.
QString addressVariable();
/// `address` with its password replaced by dots, for display; empty if it cannot be parsed.
QString maskedAddress(const QString& address);

} // namespace queuedeck::service
