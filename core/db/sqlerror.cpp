// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/sqlerror.h"

#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace queuedeck::db {

using base::Error;
using base::ErrorKind;

Error sqliteError(int code, const QString& message, const QString& path)
{
    switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {ErrorKind::Unreachable,
                u"The database file %1 is locked by another process. Nothing was changed; close "
                "that program or try again."_s.arg(path)};
    case SQLITE_READONLY:
        return {ErrorKind::Denied,
                u"The database file %1 is read-only. Nothing was changed; check the rights of the "
                "file and its folder."_s.arg(path)};
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return {ErrorKind::Denied, u"The database file %1 may not be used: %2."_s.arg(path, message)};
    case SQLITE_FULL:
        return {ErrorKind::Unreachable,
                u"The disk of the database file %1 is full. The change was not made; free some "
                "space and try again."_s.arg(path)};
    case SQLITE_CORRUPT:
        return {ErrorKind::Unreachable,
                u"The database file %1 is damaged (%2). Nothing was changed; copy the file aside "
                "and restore a backup, or read what is left with sqlite3's .recover."_s.arg(
                    path, message)};
    case SQLITE_NOTADB:
        return {ErrorKind::Unreachable,
                u"The file %1 is not a SQLite database. Nothing was changed; check the path."_s.arg(
                    path)};
    case SQLITE_CANTOPEN:
        return {ErrorKind::Unreachable,
                u"The database file %1 cannot be opened. Check the path and the rights of its "
                "folder."_s.arg(path)};
    case SQLITE_IOERR:
        return {ErrorKind::Unreachable,
                u"The disk did not let the database file %1 be read or written (%2)."_s.arg(
                    path, message)};
    case SQLITE_INTERRUPT:
        return {ErrorKind::Cancelled, u"The question to the database was stopped."_s};
    case SQLITE_CONSTRAINT:
        return {ErrorKind::Conflict, u"The database refused the change: %1."_s.arg(message)};
    default:
        break;
    }
    if (message.contains("no such table"_L1) || message.contains("no such column"_L1))
        return {ErrorKind::NotFound, u"The database %1 is not as expected: %2."_s.arg(path, message)};
    return {ErrorKind::Internal, u"SQLite said %1: %2."_s.arg(code).arg(message)};
}

} // namespace queuedeck::db
