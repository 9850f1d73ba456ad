// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace queuedeck::domain {

/// Why an action leaves a job alone.
struct SkipReason
{
    enum Code {
        AlreadyPending,
        AlreadyRunning,
        AlreadyCompleted,
        AlreadyFailed,
        NoAttemptsLeft,
        UnknownStatus,
        UnknownAttempts,
        Gone,
        ChangedSince,     ///< since the change to be undone
        ChangedMeanwhile, ///< between the query and the change
        RowSecurity,
        Refused, ///< by the database, because of the row's content: see `said`
    };

    SkipReason(Code reason)
        : code(reason)
    {
    }
    static SkipReason refused(const QString& said)
    {
        SkipReason reason(Refused);
        reason.said = said;
        return reason;
    }

    Code code;
    QString said = {}; ///< the database's message; for Refused only

    /// English and stable, as used in JSON and on the command line: "already running".
    QString text() const;
    /// For people, translated.
    QString words() const;

    bool operator==(const SkipReason&) const = default;
};

} // namespace queuedeck::domain
