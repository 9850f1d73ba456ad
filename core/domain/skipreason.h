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
        ChangedSince,     ///< the change that is to be undone
        ChangedMeanwhile, ///< between the question and the change
        RowSecurity,
        Refused, ///< by the database, for what the row holds: see `said`
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
    QString said = {}; ///< what the database says; of Refused only

    /// English and stable, as JSON and the command line have it: "already running".
    QString text() const;
    /// For people, translated.
    QString words() const;

    bool operator==(const SkipReason&) const = default;
};

} // namespace queuedeck::domain
