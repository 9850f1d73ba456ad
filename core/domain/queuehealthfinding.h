// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/reportdocument.h"

#include <chrono>
#include <map>

namespace queuedeck::domain {

/// Jobs by what became of them.
struct JobCounts
{
    qint64 completed = 0;
    qint64 failed = 0;
    qint64 open = 0; ///< pending or processing
    qint64 other = 0;

    qint64 all() const { return completed + failed + open + other; }
    qint64 finished() const { return completed + failed; }
    /// Of those that finished; 0 if none did.
    double failRate() const;
    void add(const QString& status, qint64 jobs);
    void add(const JobCounts& more);
};

/// What the worst finding is looked for in.
struct QueueHealth
{
    const JobCounts& all;
    const JobCounts& before;                  ///< in the span before
    const std::map<qint64, JobCounts>& hours; ///< since 1970, UTC
    std::chrono::milliseconds longestWait{0};
};

/// A wait that is worth a word.
constexpr std::chrono::milliseconds kLongWait = std::chrono::minutes(5);

/// Sets the headline and the finding of a report over so many days to what is worst; leaves them as
/// they are if nothing is unusual.
void sayWorst(ReportDocument& report, const QueueHealth& health, int days);

} // namespace queuedeck::domain
