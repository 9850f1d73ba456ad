// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/db/sqlerror.h"

#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace queuedeck::db {

using base::Error;
using base::ErrorKind;
using base::Recovery;
using base::Sentence;

namespace {
Error sqliteSentence(int code, const QString& message, const QString& path)
{
    switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {ErrorKind::Unreachable,
                Sentence::tr(
                    "The database file %1 is locked by another process. Nothing was changed; close "
                    "that program or try again.")
                    .arg(path)};
    case SQLITE_READONLY:
        return {ErrorKind::Denied, Sentence::tr("The database file %1 is read-only. Nothing was "
                                                "changed; check the permissions of the "
                                                "file and its folder.")
                                       .arg(path)};
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return {ErrorKind::Denied,
                Sentence::tr("The database file %1 may not be used: %2.").arg(path, message)};
    case SQLITE_FULL:
        return {ErrorKind::Unreachable,
                Sentence::tr(
                    "The disk of the database file %1 is full. The change was not made; free some "
                    "space and try again.")
                    .arg(path)};
    case SQLITE_CORRUPT:
        return {
            ErrorKind::Invalid,
            Sentence::tr(
                "The database file %1 is damaged (%2). Nothing was changed; copy the file aside "
                "and restore a backup, or read what is left with sqlite3's .recover.")
                .arg(path, message)};
    case SQLITE_NOTADB:
        return {ErrorKind::Invalid,
                Sentence::tr(
                    "The file %1 is not a SQLite database. Nothing was changed; check the path.")
                    .arg(path)};
    case SQLITE_CANTOPEN:
        return {
            ErrorKind::Unreachable,
            Sentence::tr(
                "The database file %1 cannot be opened. Check the path and the permissions of its "
                "folder.")
                .arg(path)};
    case SQLITE_IOERR:
        return {ErrorKind::Unreachable,
                Sentence::tr("The disk could not read or write the database file %1 (%2).")
                    .arg(path, message)};
    case SQLITE_INTERRUPT: return {ErrorKind::Cancelled, Sentence::tr("The query was stopped.")};
    case SQLITE_CONSTRAINT:
    case SQLITE_TOOBIG:
    case SQLITE_MISMATCH:
        return {ErrorKind::Conflict,
                Sentence::tr("The database refused the change: %1.").arg(message)};
    default: break;
    }
    if (message.contains("no such table"_L1) || message.contains("no such column"_L1))
        return {ErrorKind::NotFound,
                Sentence::tr("The database %1 is not as expected: %2.").arg(path, message)};
    return {ErrorKind::Internal, u"SQLite said %1: %2."_s.arg(code).arg(message)};
}

// A failed connection has no SQLSTATE, only a message from libpq or the server.
Error connectionError(const QString& message, const QString& where)
{
    const auto says = [&message](QLatin1StringView words) {
        return message.contains(words, Qt::CaseInsensitive);
    };
    if (says("password authentication failed"_L1) || says("no password supplied"_L1) ||
        says("authentication failed"_L1) || says("no pg_hba.conf entry"_L1) ||
        says("is not permitted to log in"_L1) || says("SASL"_L1))
        return {ErrorKind::Denied,
                Sentence::tr("The database %1 refused the user or the password. Check both "
                             "(the database said: %2).")
                    .arg(where, message)};
    if (says("role \""_L1) && says("does not exist"_L1))
        return {
            ErrorKind::Denied,
            Sentence::tr("The database %1 does not know this user. Check the address.").arg(where)};
    if (says("database \""_L1) && says("does not exist"_L1))
        return {
            ErrorKind::NotFound,
            Sentence::tr("There is no database %1 on that server. Check the name or create it with "
                         "createdb.")
                .arg(where)};
    if (says("no such database"_L1)) // PgBouncer
        return {ErrorKind::NotFound,
                Sentence::tr("The pooler at %1 does not know this database. Check the name.")
                    .arg(where)};
    if (says("could not translate host name"_L1))
        return {ErrorKind::Unreachable,
                Sentence::tr("The host of %1 is not known. Check its name and the network.")
                    .arg(where)};
    if (says("Connection refused"_L1))
        return {ErrorKind::Unreachable,
                Sentence::tr(
                    "Nothing answers at %1: the connection was refused. Check host and port, and "
                    "that the server runs.")
                    .arg(where)};
    if (says("timeout expired"_L1) || says("timed out"_L1))
        return {
            ErrorKind::Unreachable,
            Sentence::tr("%1 did not answer in time. Check host, port and firewall.").arg(where)};
    if (says("SSL"_L1) || says("certificate"_L1))
        return {ErrorKind::Denied,
                Sentence::tr("No secure connection to %1 could be made (%2). Check sslmode and the "
                             "certificate.")
                    .arg(where, message)};
    if (says("too many clients"_L1) || says("remaining connection slots"_L1) ||
        says("no more connections allowed"_L1))
        return {
            ErrorKind::Unreachable,
            Sentence::tr("The database %1 has no free connection. Close some programs or try again "
                         "later.")
                .arg(where)};
    if (says("is starting up"_L1) || says("is shutting down"_L1) || says("in recovery mode"_L1))
        return {ErrorKind::Unreachable,
                Sentence::tr("The server of %1 is starting or stopping. Try again in a moment.")
                    .arg(where)};
    return {ErrorKind::Unreachable,
            Sentence::tr("The connection to %1 was lost or could not be made (%2).")
                .arg(where, message)};
}
Error postgresSentence(const QString& sqlState, const QString& message, const QString& where)
{
    QString words = message.trimmed();
    words.replace(u'\n', u' ');
    while (words.endsWith(u'.'))
        words.chop(1);
    const auto is = [&sqlState](QLatin1StringView code) { return sqlState.startsWith(code); };
    // 08xxx: connection; PgBouncer uses 08P01 for anything it rejects.
    if (sqlState.isEmpty() || is("08"_L1))
        return connectionError(words, where);
    if (is("28"_L1) || is("3D000"_L1) || is("53300"_L1))
        return connectionError(words, where);
    if (is("57P"_L1))
        return {ErrorKind::Unreachable,
                Sentence::tr("The server of %1 ended the connection (%2). Try again in a moment.")
                    .arg(where, words)};
    if (is("53100"_L1))
        return {ErrorKind::Unreachable,
                Sentence::tr(
                    "The disk of the database %1 is full. The change was not made; free some space "
                    "and try again.")
                    .arg(where)};
    if (is("XX001"_L1) || is("XX002"_L1))
        return {ErrorKind::Invalid,
                Sentence::tr(
                    "The database %1 is damaged (%2, %3). Nothing was changed; restore a backup.")
                    .arg(where, words, sqlState)};
    if (is("53"_L1) || is("58"_L1) || is("XX"_L1))
        return {
            ErrorKind::Unreachable,
            Sentence::tr("The server of %1 has an internal error (%2, %3). Nothing was changed.")
                .arg(where, words, sqlState)};
    if (is("25006"_L1))
        return {ErrorKind::Denied,
                Sentence::tr(
                    "The database %1 refuses changes on this connection: it is read-only. Nothing "
                    "was changed.")
                    .arg(where)};
    if (is("42501"_L1))
        return {ErrorKind::Denied,
                Sentence::tr(
                    "This user lacks the privilege for this on %1. The database said: %2 (42501).")
                    .arg(where, words)};
    if (is("42P01"_L1) || is("42703"_L1) || is("3F000"_L1))
        return {ErrorKind::NotFound, Sentence::tr("The database %1 is not as expected: %2 (%3).")
                                         .arg(where, words, sqlState)};
    if (is("57014"_L1))
        return {ErrorKind::Timeout,
                Sentence::tr("The server of %1 ended the query (%2).").arg(where, words)};
    if (is("55P03"_L1))
        return {ErrorKind::Unreachable,
                Sentence::tr("Another program holds a lock in %1. Nothing was changed; try again.")
                    .arg(where)};
    if (is("40"_L1))
        return {ErrorKind::Conflict,
                Sentence::tr("Another change to %1 came first. Nothing was changed; try again.")
                    .arg(where)};
    if (is("23"_L1))
        return {ErrorKind::Conflict,
                Sentence::tr("The database refused the change: %1.").arg(words)};
    if (is("22"_L1))
        return {ErrorKind::Invalid,
                Sentence::tr("The database cannot take this value: %1.").arg(words)};
    if (is("26000"_L1))
        return {ErrorKind::Unreachable,
                Sentence::tr("The pooler at %1 switched the connection in the middle (%2).")
                    .arg(where, words)};
    if (postgresRecovery(sqlState) == Recovery::NotThis) // a trigger or a view rule
        return {ErrorKind::Conflict,
                Sentence::tr("The database refused the change: %1 (%2).").arg(words, sqlState)};
    if (is("25P03"_L1) || is("25P04"_L1))
        return {ErrorKind::Unreachable,
                Sentence::tr("The server of %1 ended a transaction that waited too long (%2).")
                    .arg(where, words)};
    return {ErrorKind::Internal, u"PostgreSQL said %1: %2."_s.arg(sqlState, words)};
}
} // namespace

Error sqliteError(int code, const QString& message, const QString& path)
{
    Error error = sqliteSentence(code, message, path);
    error.recovery = sqliteRecovery(code);
    return error;
}

Error postgresError(const QString& sqlState, const QString& message, const QString& where)
{
    Error error = postgresSentence(sqlState, message, where);
    if (!sqlState.isEmpty() && !sqlState.startsWith("08"_L1))
        error.recovery = postgresRecovery(sqlState);
    else if (error.kind == ErrorKind::NotFound) // the database may have been renamed for a while
        error.recovery = Recovery::MayReturn;
    return error;
}

} // namespace queuedeck::db
