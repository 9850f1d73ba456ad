// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"

namespace queuedeck::base {

/// What went wrong, in the few kinds that a program can act on. SQLSTATEs, SQLite codes and HTTP
/// responses are mapped to one of these once, in the room that receives them.
enum class ErrorKind {
    Cancelled,   ///< ended by the user or by shutdown; nothing is wrong
    Unreachable, ///< no database, no host, a locked file: may work later
    Denied,      ///< wrong password, missing privilege, read-only, refused for safety
    Timeout,     ///< a deadline passed; the work may or may not have been done
    Conflict,    ///< someone else changed it first
    NotFound,    ///< the row, file or table does not exist
    Invalid,     ///< the input breaks a rule; retrying cannot help
    Unsupported, ///< understood, but not possible here
    Internal,    ///< a bug in Queuedeck
};

/// What a loop may do after an error.
enum class Recovery {
    ForGood,   ///< retrying cannot help
    Again,     ///< retry at once: another change came in between, and nothing was written
    Later,     ///< passes by itself: lost connection, lock, full disk
    MayReturn, ///< someone may fix it: failover, login, privilege, renamed database
    NotThis,   ///< the database rejects one row's content: a batch can be split around it
};

/// The default for errors without a more specific database code.
constexpr Recovery usualRecovery(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Unreachable:
    case ErrorKind::Timeout: return Recovery::Later;
    case ErrorKind::Conflict: return Recovery::Again;
    case ErrorKind::Denied: return Recovery::MayReturn;
    default: return Recovery::ForGood;
    }
}

/// An error as a value. `detail` is one plain sentence that says what, where and, if known, what to
/// do; it never contains a secret. As a QString it is English, for logs, tables and JSON; the
/// window shows it translated (ui/notice).
struct Error
{
    ErrorKind kind = ErrorKind::Internal;
    Sentence detail;
    Recovery recovery = usualRecovery(kind);

    bool operator==(const Error&) const = default;
};

/// The kind's name in lower case, as in the command line's JSON ("unreachable").
QString kindName(ErrorKind kind);

} // namespace queuedeck::base
