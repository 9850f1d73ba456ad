// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/job.h"
#include "core/domain/jobfilter.h"

#include <chrono>
#include <optional>

namespace queuedeck::domain {

/// A position in the list, newest first: just after the row with this createdAt and id. Keysets
/// stay valid while rows come and go above them; a default one is the top.
struct Keyset
{
    QString createdAt; ///< the column's text exactly as stored; empty for NULL
    QString id;

    bool isTop() const { return id.isEmpty(); }
    /// To and from one opaque word for `--after` (Invalid if it is unreadable).
    QString toCursor() const;
    static base::Result<Keyset> fromCursor(const QString& cursor);
    bool operator==(const Keyset&) const = default;
};

/// How much of the table a query may look through for rows that no index finds.
struct SearchBudget
{
    std::chrono::milliseconds time; ///< then it answers with what it has
    int window = 20'000;            ///< rows of the first step; after a quick one, twice as many
};

/// A query for a page of jobs, newest first.
struct PageRequest
{
    JobFilter filter;
    Keyset from;     ///< only rows at or after this one; top = no bound
    Keyset after;    ///< rows after this one …
    qint64 skip = 0; ///< … and, for a far jump only, this many more
    int limit = 200;
    /// Read from the other end: the rows before `after`, nearest first; without it, the last rows
    /// of the list. The page itself is newest first as always.
    bool upwards = false;
    QDateTime createdBy = {}; ///< only rows created at or before this; invalid: no bound
    /// Only rows created at this moment or later, and only those created before that one; both as
    /// in Keyset::createdAt, empty: no bound. Rows without a time are at an end of the list and
    /// within.
    QString since = {};
    QString before = {};
    std::optional<SearchBudget> budget = std::nullopt; ///< none: until it is done
};

struct JobPage
{
    QVector<Job> jobs;
    QVector<Keyset> keys; ///< one per job, for the next page
    bool isLast = false;  ///< nothing follows (read upwards: nothing comes before)
    /// The budget is spent: rows created before this were not looked at. As in Keyset::createdAt;
    /// empty: all were.
    QString searchedTo = {};
    QDateTime searchedToTime = {};
    int window = 0; ///< for the budget of the query that goes on from there
};

/// How many jobs match: exact up to a limit, above it "at least", with an estimate if there is one.
struct MatchCount
{
    qint64 count = 0;
    bool isExact = true;
    std::optional<qint64> about = std::nullopt; ///< never less than `count`

    bool operator==(const MatchCount&) const = default;
};

} // namespace queuedeck::domain
