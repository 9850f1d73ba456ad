// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace queuedeck::base {

/// What went wrong, in the few kinds that a program can act on. SQLSTATE, SQLite codes and HTTP
/// answers become one of these once, in the room that meets them.
enum class ErrorKind {
    Cancelled,   ///< a person or a shutdown ended it; nothing is wrong
    Unreachable, ///< no database, no host, a locked file: may work later
    Denied,      ///< wrong password, missing right, read-only, refused for safety
    Timeout,     ///< a deadline passed; the work may or may not have been done
    Conflict,    ///< somebody else changed it first
    NotFound,    ///< the row, file or table is not there
    Invalid,     ///< the input breaks a rule; trying again cannot help
    Unsupported, ///< understood, but not possible here
    Internal,    ///< a defect of Queuedeck
};

/// What a loop may do after an error.
enum class Recovery {
    ForGood,   ///< trying again cannot help
    Again,     ///< at once: another change came in between, and nothing was written
    Later,     ///< passes by itself: a lost connection, a lock, a full disk
    MayReturn, ///< somebody can bring it back: a fail-over, a login, a right, a renamed database
    NotThis,   ///< the database refuses what one row holds: a set can be split around it
};

/// Of an error that no code of a database says more about.
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

/// An error as a value. `detail` is one plain English sentence that says what, where and, if
/// known, what to do; it never holds a secret. The translated sentence a person reads in the
/// window is made in ui/notice from `kind` and `detail`.
struct Error
{
    ErrorKind kind = ErrorKind::Internal;
    QString detail;
    Recovery recovery = usualRecovery(kind);

    bool operator==(const Error&) const = default;
};

/// The kind's name in lower case, as in the JSON of the command line ("unreachable").
QString kindName(ErrorKind kind);

} // namespace queuedeck::base
