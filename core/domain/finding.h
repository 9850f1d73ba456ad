// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/job.h"

#include <QVector>

#include <array>
#include <optional>

namespace queuedeck::domain {

/// What can be wrong with the jobs of a queue, most serious first. The last six are caused by the
/// web application's own processor.
enum class FindingKind {
    DeadPending,
    OddStatus,
    Stuck,
    OverlappingRuns,
    ScansLeftBehind,
    NoRetry,
    RunByNoCode,
    ImportWithoutBatch,
    StaleError,
};

inline constexpr std::array kFindingKinds{
    FindingKind::DeadPending,     FindingKind::OddStatus,          FindingKind::Stuck,
    FindingKind::OverlappingRuns, FindingKind::ScansLeftBehind,    FindingKind::NoRetry,
    FindingKind::RunByNoCode,     FindingKind::ImportWithoutBatch, FindingKind::StaleError,
};

enum class Severity { Error, Warning, Note };

/// One problem and how often it occurs. If the check's deadline cut it short, `count` is 0 and
/// `wasCut` is set: then nothing is known.
struct Finding
{
    FindingKind kind = FindingKind::DeadPending;
    qint64 count = 0;    ///< jobs, or scans
    bool isExact = true; ///< false: at least `count`
    bool wasCut = false;

    bool operator==(const Finding&) const = default;
};

/// Most serious first; empty: nothing unusual.
using Findings = QVector<Finding>;

QString findingId(FindingKind kind); ///< "dead-pending": stable, for programs
Severity severityOf(FindingKind kind);
QString severityName(Severity severity); ///< "error", "warning", "note"
/// The filter that lists the affected jobs, and perhaps a few more; empty if there is none.
QString findingFilter(FindingKind kind);

/// Sentences for people, translated.
QString findingCause(FindingKind kind);          ///< why this happens
QString findingEvidence(const Finding& finding); ///< "12 pending jobs have no attempts left."
QString findingRemedy(FindingKind kind);         ///< what to do

/// What is wrong with one job, judged by its row alone. `isShared`: the web application's processor
/// works on this database too.
std::optional<FindingKind> findingOf(const Job& job, bool isShared);

} // namespace queuedeck::domain
