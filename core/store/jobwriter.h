// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/domain/jobrules.h"
#include "core/domain/outcome.h"
#include "core/store/bulkchange.h"
#include "core/store/effects/effects.h"
#include "core/store/journalnote.h"

#include <QSet>

namespace queuedeck::store {

/// Changes made by people. Each saves the before-images of the rows in the same transaction, checks
/// the rule again in SQL, and leaves one entry in the journal. Every call blocks; it lives on the
/// thread of its connection.
class JobWriter
{
public:
    static constexpr int kBatch = 500;
    /// A change that nobody has carried on for this long is left by who began it.
    static constexpr std::chrono::seconds kLeftAfter{60};

    JobWriter(db::Connection& connection, const TableShape& shape, const base::Clock& clock,
              const Effects& effects);

    /// A change of exactly `jobs`, as far as the rule allows: those that were found in a state that
    /// it does not are left alone. Nothing is changed yet. A change of more than kBatch jobs, or
    /// one that takes its time, is recorded, so that it can be resumed.
    base::Result<BulkChange> begin(domain::JobAction action, const domain::FrozenJobs& jobs,
                                   const ChangeNote& note);
    /// Takes back what an action changed, row by row, unless the row has changed since; that is a
    /// change, too, which can be taken back. An empty id means the newest entry that can be undone.
    /// An undo that was left is carried on.
    base::Result<BulkChange> beginUndo(const domain::JournalId& entry,
                                       const domain::Actor& actor = domain::Actor::current());
    /// Takes back the newest undo that has not been.
    base::Result<BulkChange> beginRedo();
    /// Carries on a change that was stopped or left. NotFound, or Conflict: there is none, it is
    /// over, or somebody else carries it out.
    base::Result<BulkChange> resume(const domain::JournalId& entry);
    /// Changes the next batch of at most `most` jobs in a transaction. A batch that the database
    /// rejects is split until the rejected row is alone; that row is skipped with the reason. After
    /// an error the change is over; what was done before is in its outcome: see Outcome::failure.
    void advance(BulkChange& change, int most = kBatch);
    /// Says that a change which waits is not left; see kLeftAfter.
    base::Status keep(const BulkChange& change);
    /// What was done. A change that is not over is left as stopped: it can be resumed.
    base::Result<domain::Outcome> end(BulkChange& change);

    /// From begin to end.
    base::Result<domain::Outcome> change(domain::JobAction action, const domain::FrozenJobs& jobs,
                                         const ChangeNote& note);
    base::Result<domain::Outcome> undo(const domain::JournalId& entry);

    base::Result<QVector<domain::JournalEntry>> journal(int limit);
    /// What an entry did to its jobs, from the one after `after` on.
    base::Result<QVector<domain::JournalRow>> journalRows(const domain::JournalId& entry,
                                                          const QString& after, int limit);

    /// Unsupported, with the reason, if the action is off here.
    base::Status mayChange(domain::JobAction action) const;

private:
    base::Status mayUndo() const;
    base::Result<domain::Outcome> toEnd(BulkChange change);

    // Recorded changes.
    base::Status record(BulkChange& change);
    base::Status noteProgress(const BulkChange& change, qint64 done, const QString& reached);
    base::Status close(const BulkChange& change, bool isDone);
    base::Result<domain::FrozenJobs> recordedJobs(const domain::JournalId& entry);

    // An action.
    domain::JobIds nextBatch(BulkChange& change, int most = kBatch) const;
    base::Status actOnBatch(BulkChange& change, const domain::JobIds& batch);
    base::Result<domain::JobIds> act(BulkChange& change, const domain::JobIds& ids,
                                     qint64 doneAfter, qint64& running);
    base::Status explainSkipped(domain::JobAction action, const domain::JobIds& skipped,
                                domain::Outcome& outcome);

    // An undo.
    base::Result<domain::JournalEntry> entryToUndo(const domain::JournalId& entry);
    base::Result<domain::JournalEntry> entry(const domain::JournalId& id);
    base::Status undoBatch(BulkChange& change);
    /// `gone`: those that the entry deleted.
    base::Result<domain::JobIds> restore(BulkChange& change, const domain::JobIds& ids,
                                         const QSet<domain::JobId>& gone, qint64 place);
    base::Status endSmallUndo(const BulkChange& change, bool isAnyRestored, bool isLast);
    base::Status undoEffects(BulkChange& change);
    base::Status undoSomeEffects(BulkChange& change);
    base::Status markUndone(const BulkChange& change);

    base::Result<db::Rows> runOnIds(const Sql& sql, const domain::JobIds& ids, db::Params params);
    base::Status openEntry(const BulkChange& change);
    base::Status announce();
    EffectPlace effectPlace() const;
    qint64 now() const { return m_clock.now().toMSecsSinceEpoch(); }

    db::Connection& m_connection;
    const TableShape& m_shape;
    const SqlText& m_sql;
    const base::Clock& m_clock;
    const Effects& m_effects;
};

} // namespace queuedeck::store
