// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/queuemode.h"
#include "core/domain/report.h"

#include <chrono>
#include <optional>
#include <vector>

namespace queuedeck::domain {

// What a database is asked for a report: counts, grouped there. The figures are computed from them.

/// How many jobs were created in an hour.
struct CreatedJobs
{
    qint64 hour = 0; ///< since 1970, UTC
    QString type;
    QString status; ///< as stored; null for NULL
    qint64 jobs = 0;
};

/// How many jobs took this long, to three digits: see threeDigits().
struct TimedJobs
{
    bool isBefore = false; ///< in the span before the report's own
    QString type;
    std::chrono::milliseconds duration{0};
    qint64 jobs = 0;
};

struct LongestWait
{
    qint64 hour = 0; ///< in which the job was first started, since 1970, UTC
    std::chrono::milliseconds wait{0};
};

/// Failures with one text, in which digits are replaced by #.
struct FailedJobs
{
    QString error;
    QString type;
    qint64 jobs = 0;
    QDateTime first; ///< created
    QDateTime last;
};

struct QueueHealthRows
{
    std::vector<CreatedJobs> created; ///< also those of the span before
    std::vector<FailedJobs> failed;   ///< most first
    bool isFailedCut = false;         ///< there are more texts than were read
    bool hasHistory = false;          ///< the following are known
    std::vector<TimedJobs> waits;     ///< created to first started
    std::vector<TimedJobs> runs;      ///< started to ended, of every attempt that ended by itself
    std::vector<LongestWait> longest;
};

struct ScanCount
{
    qint64 day = 0; ///< since 1970, UTC
    QString scanType;
    QString status;
    qint64 scans = 0;
};

struct ScanRows
{
    std::vector<ScanCount> created; ///< also those of the span before
    std::vector<FailedJobs> failed; ///< `type` is the scan's
    bool isFailedCut = false;
};

struct ImportCount
{
    qint64 day = 0; ///< on which it was started, since 1970, UTC
    QString dataType;
    QString status;
    qint64 batches = 0;
    std::optional<std::chrono::milliseconds> longest; ///< started to completed
};

struct ImportRows
{
    std::vector<ImportCount> started; ///< also those of the span before
};

/// How many enrichments ended in a state on a day.
struct EnrichmentCount
{
    qint64 day = 0; ///< since 1970, UTC
    QString kind;   ///< product, customer
    QString state;  ///< see enrichmentStateText
    QString model;
    qint64 jobs = 0;
};

struct EnrichmentRows
{
    std::vector<EnrichmentCount> ended; ///< also those of the span before
};

/// What requests to a model cost on a day.
struct SpendCount
{
    qint64 day = 0; ///< since 1970, UTC
    QString type;   ///< of the jobs
    QString model;
    qint64 requests = 0;
    qint64 tokensIn = 0;
    qint64 tokensOut = 0;
};

struct SpendRows
{
    std::vector<SpendCount> spent; ///< also that of the span before
};

/// What a report says about where it comes from.
struct ReportOrigin
{
    ReportSpan span;
    QString place;
    QString server;
    QueueMode mode = QueueMode::Own;
    QDateTime readAt; ///< UTC
    JobId job;
};

/// Rounded down to three digits, as the database groups durations: 7,954 ms become 7,950. So there
/// are at most 900 groups per power of ten, however many jobs.
std::chrono::milliseconds threeDigits(std::chrono::milliseconds duration);

} // namespace queuedeck::domain
