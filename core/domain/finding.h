// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/job.h"

#include <QVector>

#include <array>
#include <optional>

namespace queuedeck::domain {

/// What can be wrong with the jobs of a queue, the gravest first. The last six are made by the web
/// application's own processor.
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

/// One thing that is wrong, and how often. Where its check was cut short by its deadline, `count`
/// is 0 and `wasCut` set: then nothing is known.
struct Finding
{
    FindingKind kind = FindingKind::DeadPending;
    qint64 count = 0;    ///< of jobs, or scans
    bool isExact = true; ///< false: at least so many
    bool wasCut = false;

    bool operator==(const Finding&) const = default;
};

/// The gravest first; empty: nothing unusual.
using Findings = QVector<Finding>;

QString findingId(FindingKind kind); ///< "dead-pending": stable, for programs
Severity severityOf(FindingKind kind);
QString severityName(Severity severity); ///< "error", "warning", "note"
/// The filter that lists the jobs concerned, and perhaps a few more; empty where none does.
QString findingFilter(FindingKind kind);

/// Sentences for people, translated.
QString findingCause(FindingKind kind);          ///< why this happens
QString findingEvidence(const Finding& finding); ///< "12 pending jobs have no attempts left."
QString findingRemedy(FindingKind kind);         ///< what to do

/// What is wrong with one job by its row alone. `isShared`: the web application's processor works
/// here too.
std::optional<FindingKind> findingOf(const Job& job, bool isShared);

} // namespace queuedeck::domain
