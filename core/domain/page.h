// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/job.h"
#include "core/domain/jobfilter.h"

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
};

struct JobPage
{
    QVector<Job> jobs;
    QVector<Keyset> keys; ///< one per job, for the next page
    bool isLast = false;  ///< nothing follows (read upwards: nothing comes before)
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
