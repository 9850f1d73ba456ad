// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/domain/changeplan.h"
#include "core/domain/cleanup.h"
#include "core/domain/engineseen.h"
#include "core/domain/enrichment.h"
#include "core/domain/frozenjobs.h"
#include "core/domain/jobcontent.h"
#include "core/domain/jobrules.h"
#include "core/domain/journalentry.h"
#include "core/domain/outcome.h"
#include "core/domain/page.h"
#include "core/domain/queryvocabulary.h"
#include "core/domain/snapshot.h"
#include "core/domain/statement.h"

#include <QFuture>
#include <QHash>
#include <QJsonObject>

#include <functional>
#include <memory>
#include <stop_token>

namespace queuedeck::store {
class BulkChange;
class JobStore;
struct KeptFigures;
} // namespace queuedeck::store

namespace queuedeck::service {

class ChangeControl;
class RunningHere;
class SessionThreads;

/// The jobs a person selected, frozen: exactly these rows, whatever matches later.
struct Selection
{
    domain::FrozenJobs jobs;
    QString scope; ///< for the journal: "3 selected jobs", "status:failed"
};

/// How a change is carried out. Batches of 500, each committed; `stop` and `control` are looked at
/// between batches. What was done stays done and is reported, even when stopped.
struct ChangeOptions
{
    std::stop_token stop;
    /// Null: nobody decides while it goes on, so that a change whose first jobs failed is stopped.
    std::shared_ptr<const ChangeControl> control;
    domain::ChangePlan plan = {};
    std::function<void(const domain::ChangeStep&)> progress = {}; ///< called on the write thread
};

/// What a change would do, and to which jobs, in the states they were found in.
struct Prediction
{
    domain::Outcome outcome;
    domain::FrozenJobs jobs;
};

/// Reads and changes jobs. Reads run on the read thread and writes on the write thread, each first
/// in, first out. Errors are those of the database; see base::ErrorKind.
class JobService
{
public:
    /// Called after a change, on the write thread: the local engine stops handlers of cancelled
    /// jobs and looks for new ones.
    using ChangeHook = std::function<void(domain::JobAction, const domain::JobIds&)>;

    /// Called after jobs were added, on the write thread: there is new work.
    using AddedHook = std::function<void()>;

    /// `running`: the jobs that run in this session.
    JobService(std::shared_ptr<SessionThreads> threads, std::shared_ptr<const RunningHere> running,
               ChangeHook onChanged, AddedHook onAdded = {});
    ~JobService();

    // Reading.
    QFuture<base::Result<domain::JobPage>> page(const domain::PageRequest& request);
    /// Exact up to `limit`.
    QFuture<base::Result<domain::MatchCount>> count(const domain::JobFilter& filter,
                                                    qint64 limit = 100'000);
    /// The same where nobody waits for it, behind other figures: Timeout after `patience`.
    QFuture<base::Result<domain::MatchCount>>
    countLater(const domain::JobFilter& filter, qint64 limit, std::chrono::milliseconds patience);
    /// What the payloads of the newest `jobs` are made of; likewise, in about a second.
    QFuture<base::Result<domain::PayloadSample>> samplePayloads(int jobs);
    /// All SQL as it runs on this database, for review.
    QFuture<base::Result<std::vector<domain::Statement>>> statements();
    /// Every column of these rows: see store::JobReader.
    /// Those that are there, with whole errors and payloads.
    QFuture<base::Result<QHash<domain::JobId, domain::JobContent>>>
    contents(const domain::JobIds& ids);
    QFuture<base::Result<QHash<domain::JobId, QJsonObject>>> wholeRows(const domain::JobIds& ids);
    /// NotFound when the job is gone.
    QFuture<base::Result<domain::JobDetail>> job(const domain::JobId& id);
    /// What a job of customer_enrichment found; none if nothing is recorded.
    QFuture<base::Result<std::optional<domain::Enrichment>>> enrichment(const domain::JobId& id);
    /// Engines on this computer and on others, most recently seen first.
    QFuture<base::Result<QVector<domain::EngineSeen>>> engines();
    /// Counts nothing again while nothing is written: see store::KeptFigures.
    QFuture<base::Result<domain::QueueSnapshot>> snapshot();
    /// How many jobs can still run, and the `limit` oldest of them.
    QFuture<base::Result<domain::WaitingJobs>> waiting(int limit);
    /// All jobs that match now: the frozen scope of a bulk change. Nobody waits behind it.
    QFuture<base::Result<domain::FrozenJobs>> freeze(const domain::JobFilter& filter,
                                                     const std::stop_token& stop = {});
    /// How many match now that are not among `jobs` (see FrozenJobs::rememberEach); at most
    /// `limit`.
    QFuture<base::Result<qint64>> others(const domain::JobFilter& filter,
                                         const domain::FrozenJobs& jobs, int limit);
    /// What a change would do, by the states of the jobs. Writes and locks nothing.
    QFuture<base::Result<Prediction>> predict(domain::JobAction action, const Selection& selection);
    /// Cancels the query that is running now; its future yields Cancelled. From any thread.
    void stopReading();
    /// How long a person waits for a page, a job or a count before the database is told to give up;
    /// 10 s unless set.
    void setReadDeadline(std::chrono::milliseconds deadline);

    // Changing. Each leaves one journal entry with before-images of the rows.
    QFuture<base::Result<domain::Outcome>>
    change(domain::JobAction action, const Selection& selection, const ChangeOptions& options = {});
    QFuture<base::Result<domain::CleanUpPreview>> previewCleanUp(const domain::CleanUp& request,
                                                                 const std::stop_token& stop = {});
    QFuture<base::Result<domain::Outcome>> cleanUp(const domain::CleanUp& request,
                                                   const domain::CleanUpPreview& preview,
                                                   const ChangeOptions& options = {});
    /// Checks the payload against the type's schema, then inserts `count` jobs.
    QFuture<base::Result<domain::JobIds>> enqueue(const QString& type, const QByteArray& payload,
                                                  int count = 1);
    /// Undoes an action; an empty id means the newest that can be undone. Rows that have changed
    /// since are left alone and named in `skipped`. The undo of an undo is a redo.
    QFuture<base::Result<domain::Outcome>> undo(const domain::JournalId& entry = {},
                                                const ChangeOptions& options = {});
    /// Undoes the newest undo that can be.
    QFuture<base::Result<domain::Outcome>> redo(const ChangeOptions& options = {});
    /// Carries on a change that was stopped or left: see store::JobWriter::resume.
    QFuture<base::Result<domain::Outcome>> resume(const domain::JournalId& entry,
                                                  const ChangeOptions& options = {});
    /// Newest first.
    QFuture<base::Result<QVector<domain::JournalEntry>>> journal(int limit = 100);
    QFuture<base::Result<domain::JournalSize>> journalSize();
    /// Entries that would be forgotten.
    QFuture<base::Result<qint64>> countJournalBefore(const QDateTime& time);
    /// Forgets what people did before a time, so that it cannot be undone any more; the jobs stay
    /// as they are. Counted in entries.
    QFuture<base::Result<domain::Outcome>> forgetJournal(const QDateTime& before,
                                                         const ChangeOptions& options = {});
    /// What an entry did to its jobs, in the order of their ids, from the one after `after` on.
    QFuture<base::Result<QVector<domain::JournalRow>>> journalRows(const domain::JournalId& entry,
                                                                   const QString& after, int limit);

private:
    using Begin = std::function<base::Result<store::BulkChange>(store::JobStore&)>;
    using OnEnd = std::function<void(store::JobStore&, domain::Outcome&)>;
    QFuture<base::Result<domain::Outcome>> run(Begin begin, const ChangeOptions& options,
                                               OnEnd onEnd = {});

    std::shared_ptr<SessionThreads> m_threads;
    std::shared_ptr<const RunningHere> m_running;
    std::shared_ptr<store::KeptFigures> m_kept; ///< used by the thread for figures only
    ChangeHook m_onChanged;
    AddedHook m_onAdded;
};

} // namespace queuedeck::service
