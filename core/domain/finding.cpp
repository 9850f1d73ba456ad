// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/finding.h"

#include "core/base/counted.h"
#include "core/domain/jobrules.h"

#include <QCoreApplication>

namespace queuedeck::domain {

namespace {
struct Words
{
    FindingKind kind;
    const char* id;
    Severity severity;
    const char* filter;
    const char* one; ///< the evidence
    const char* many;
    const char* cause;
    const char* remedy;
};

constexpr Words kWords[] = {
    {FindingKind::DeadPending, "dead-pending", Severity::Error, "is:dead",
     "1 pending job has no attempts left, or an unknown number of them.",
     QT_TRANSLATE_N_NOOP("Finding",
                         "%L1 pending jobs have no attempts left, or an unknown number of them."),
     QT_TRANSLATE_NOOP(
         "Finding",
         "No processor takes such a job, though it counts as pending. The web application's own "
         "retry "
         "leaves the attempts as they are."),
     QT_TRANSLATE_NOOP("Finding", "Retry them: that gives new attempts.")},
    {FindingKind::OddStatus, "odd-status", Severity::Error, "is:unknown",
     "1 job has a status that is none of the four.",
     QT_TRANSLATE_N_NOOP("Finding", "%L1 jobs have a status that is none of the four."),
     QT_TRANSLATE_NOOP("Finding", "No processor takes such a job, and no clean-up deletes it."),
     QT_TRANSLATE_NOOP("Finding",
                       "Repair them: each gets the status its word stands for, else pending.")},
    {FindingKind::Stuck, "stuck", Severity::Error, "is:stuck",
     "1 job is in processing, but nothing runs it.",
     QT_TRANSLATE_N_NOOP("Finding", "%L1 jobs are in processing, but nothing runs them."),
     QT_TRANSLATE_NOOP(
         "Finding",
         "Their processor ended midway. The web application leaves such jobs as they are."),
     QT_TRANSLATE_NOOP("Finding", "Start the engine, which frees them; or cancel and retry them.")},
    {FindingKind::OverlappingRuns, "overlapping-runs", Severity::Error, "attempts>3",
     "1 job ran more often than it has attempts.",
     QT_TRANSLATE_N_NOOP("Finding", "%L1 jobs ran more often than they have attempts."),
     QT_TRANSLATE_NOOP(
         "Finding",
         "Two processors ran the same job at once. The web application's processor takes jobs "
         "without "
         "a lock."),
     QT_TRANSLATE_NOOP(
         "Finding",
         "Let one processor call the endpoint at a time, or run the queue with Queuedeck alone.")},
    {FindingKind::ScansLeftBehind, "scans-left-behind", Severity::Warning, "",
     "1 scan is still in processing, though its job has ended.",
     QT_TRANSLATE_N_NOOP("Finding",
                         "%L1 scans are still in processing, though their jobs have ended."),
     QT_TRANSLATE_NOOP("Finding", "The web application retries a job without touching its scan."),
     QT_TRANSLATE_NOOP("Finding", "Retry the jobs with Queuedeck, which moves their scans along.")},
    {FindingKind::NoRetry, "no-retry", Severity::Warning, "status:failed attempts<3",
     "1 failed job has attempts left.",
     QT_TRANSLATE_N_NOOP("Finding", "%L1 failed jobs have attempts left."),
     QT_TRANSLATE_NOOP(
         "Finding",
         "The web application fails a job at the first error. So does Queuedeck where trying again "
         "cannot help."),
     QT_TRANSLATE_NOOP("Finding", "Retry those whose error may pass: a timeout, a busy service.")},
    {FindingKind::RunByNoCode, "run-by-no-code", Severity::Warning,
     "status:completed type:customer_enrichment,report_generation", "1 completed job did nothing.",
     QT_TRANSLATE_N_NOOP("Finding", "%L1 completed jobs did nothing."),
     QT_TRANSLATE_NOOP(
         "Finding",
         "The web application has no code for customer_enrichment and report_generation and "
         "completes "
         "them as they are."),
     QT_TRANSLATE_NOOP("Finding", "Give these types a handler here, and enqueue the jobs again.")},
    {FindingKind::ImportWithoutBatch, "import-without-batch", Severity::Warning,
     "status:completed type:bulk_import",
     "1 completed import named neither batch nor file and imported nothing.",
     QT_TRANSLATE_N_NOOP(
         "Finding", "%L1 completed imports named neither batch nor file and imported nothing."),
     QT_TRANSLATE_NOOP("Finding",
                       "The web application silently completes a bulk_import without batchId."),
     QT_TRANSLATE_NOOP("Finding", "Enqueue them again with the batch they are for.")},
    {FindingKind::StaleError, "stale-error", Severity::Note, "status:completed has:error",
     "1 completed job carries an error.",
     QT_TRANSLATE_N_NOOP("Finding", "%L1 completed jobs carry an error."),
     QT_TRANSLATE_NOOP(
         "Finding",
         "The error is from an earlier attempt, or from a cancellation that came too late. The web "
         "application "
         "does not clear it."),
     QT_TRANSLATE_NOOP("Finding", "Nothing: the job is done.")},
};

const Words& wordsOf(FindingKind kind)
{
    static_assert(std::size(kWords) == kFindingKinds.size());
    return kWords[static_cast<size_t>(kind)];
}

QString translated(const char* text)
{
    return QCoreApplication::translate("Finding", text);
}
} // namespace

QString findingId(FindingKind kind)
{
    return QString::fromLatin1(wordsOf(kind).id);
}

Severity severityOf(FindingKind kind)
{
    return wordsOf(kind).severity;
}

QString severityName(Severity severity)
{
    switch (severity) {
    case Severity::Error: return QStringLiteral("error");
    case Severity::Warning: return QStringLiteral("warning");
    case Severity::Note: break;
    }
    return QStringLiteral("note");
}

QString findingFilter(FindingKind kind)
{
    return QString::fromLatin1(wordsOf(kind).filter);
}

QString findingCause(FindingKind kind)
{
    return translated(wordsOf(kind).cause);
}

QString findingRemedy(FindingKind kind)
{
    return translated(wordsOf(kind).remedy);
}

QString findingEvidence(const Finding& finding)
{
    if (finding.wasCut)
        return translated(QT_TRANSLATE_NOOP("Finding", "%1: took too long to check, not known."))
            .arg(findingId(finding.kind));
    const Words& words = wordsOf(finding.kind);
    const QString counted = base::counted("Finding", words.one, words.many, finding.count);
    return finding.isExact ? counted
                           : translated(QT_TRANSLATE_NOOP("Finding", "At least %1")).arg(counted);
}

std::optional<FindingKind> findingOf(const Job& job, bool isShared)
{
    if (isDead(job))
        return FindingKind::DeadPending;
    if (job.isStuck)
        return FindingKind::Stuck;
    if (job.attempts.value_or(0) > kMaxAttempts)
        return FindingKind::OverlappingRuns;
    switch (job.status) {
    case JobStatus::Unknown: return FindingKind::OddStatus;
    case JobStatus::Failed:
        if (isShared && job.attempts.value_or(0) < kMaxAttempts)
            return FindingKind::NoRetry;
        break;
    case JobStatus::Completed:
        if (!job.error.isEmpty())
            return FindingKind::StaleError;
        break;
    case JobStatus::Pending:
    case JobStatus::Processing: break;
    }
    return std::nullopt;
}

} // namespace queuedeck::domain
