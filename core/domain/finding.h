// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"

#include <QDateTime>
#include <QVector>

#include <chrono>
#include <optional>

namespace queuedeck::domain {

enum class Severity { Error, Warning, Note };

QString severityName(Severity severity); ///< "error", "warning", "note"

/// A line of the evidence: what was looked at, what was found, and where.
struct Fact
{
    base::Sentence what;   ///< "Oldest pending job"
    base::Sentence found;  ///< "waits for 3 h"
    base::Sentence source; ///< "Job, createdAt"

    bool operator==(const Fact&) const = default;
};

/// A step that helps, and what Queuedeck itself can do about it.
struct Remedy
{
    /// What a program offers as a button; everything that changes jobs asks first.
    enum class Action {
        None,
        ShowJobs, ///< those of the finding's filter
        Retry,    ///< all of the finding's filter
        Repair,   ///< likewise
        StartEngine,
        ShowEngine, ///< where keys, handlers, schedules and the endpoint are set
        ClaudeKey,
        CopyStatement, ///< the finding's statement, for the owner of the database
    };

    base::Sentence text;
    Action action = Action::None;

    bool operator==(const Remedy&) const = default;
};

QString actionWord(Remedy::Action action); ///< "retry"; empty for None

/// One thing that is wrong with a queue. A value.
struct Finding
{
    QString id; ///< "dead-pending": stable, for programs
    Severity severity = Severity::Warning;
    base::Sentence evidence; ///< what is the case, in one sentence, with its count
    base::Sentence cause;    ///< why this happens, and what follows from it
    QVector<Fact> facts = {};
    QVector<Remedy> remedies = {}; ///< what to do, the most useful first
    QString filter = {};    ///< lists the jobs concerned, and perhaps a few more; may be empty
    QString statement = {}; ///< SQL that would mend it; never run by Queuedeck
    std::optional<qint64> count =
        std::nullopt; ///< of jobs, scans, sessions; at least, if not exact
    bool isExact = true;
    qint64 explains = 0; ///< waiting jobs that do not run because of it

    bool operator==(const Finding&) const = default;
};

/// What a check came to.
struct CheckOutcome
{
    enum class State {
        Good,
        Found,
        Advice,     ///< nothing is wrong, but something is worth knowing
        Cut,        ///< its time was used up, so nothing is known
        NotAllowed, ///< this user may not look
        Failed,     ///< it could not be carried out
    };

    QString id;          ///< "claim-index"
    base::Sentence name; ///< "Index of the claim"
    State state = State::Good;
    base::Sentence note; ///< in a few words: "none", "used by the claim", "longest 3 s"

    bool isKnown() const { return state <= State::Advice; }
    bool operator==(const CheckOutcome&) const = default;
};

QString stateName(CheckOutcome::State state); ///< "good", "found", "not-allowed"

/// The answer to "Why is nothing processed?". A value.
struct Diagnosis
{
    QDateTime at; ///< UTC, by this computer's clock
    std::chrono::milliseconds took{0};
    QVector<Finding> findings;    ///< what explains most first
    QVector<CheckOutcome> checks; ///< all that were carried out, in their order

    /// The first that is more than a note; none if there is none.
    const Finding* worst() const;
};

/// Puts what explains most first: by severity, then by how many jobs wait because of it; else the
/// order remains.
void sortByWeight(QVector<Finding>& findings);

} // namespace queuedeck::domain
