// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/frozenjobs.h"
#include "core/domain/journalentry.h"
#include "core/store/journalnote.h"

#include <optional>

namespace queuedeck::store {

/// A change of any number of jobs and how far it has come. JobWriter carries it out batch by batch;
/// between two batches others write, and it can wait or be left. A large one is recorded in the
/// journal as it goes, so that it can be resumed after a crash, by another program too.
class BulkChange
{
public:
    qint64 done() const { return m_done; } ///< jobs that were walked over, changed or not
    qint64 total() const { return m_outcome.matched; }
    bool isOver() const { return m_isOver; }
    const domain::Outcome& outcome() const { return m_outcome; }
    /// What is done to the jobs; none: an earlier change is taken back.
    const std::optional<domain::JobAction>& action() const { return m_action; }
    /// The ids of the batch that was walked over last …
    const domain::JobIds& lastBatch() const { return m_batch; }
    /// … and those of them that were changed.
    const domain::JobIds& lastChanged() const { return m_lastChanged; }

private:
    friend class JobWriter;

    std::optional<domain::JobAction> m_action;
    domain::JournalEntry m_undoes; ///< the entry to take back, if there is no action
    ChangeNote m_note;
    domain::JournalId m_journal; ///< the entry of this change
    domain::Outcome m_outcome;
    QString m_runner;          ///< who carries it out, while it is recorded; empty: it is not
    bool m_hasJobs = true;     ///< else there are effects alone, or an import, to take back
    domain::FrozenJobs m_jobs; ///< of an action
    qsizetype m_part = 0;      ///< of m_jobs: the one that is walked …
    domain::JobIds m_ids;      ///< … its jobs …
    qsizetype m_place = 0;     ///< … and how many of these were walked over
    QString m_reached;         ///< of an undo: the last job, or effect, that was walked over
    domain::JobIds m_batch;
    domain::JobIds m_lastChanged;
    qint64 m_done = 0;
    qint64 m_doneBefore = 0;    ///< by those who carried it out before
    qint64 m_changedBefore = 0; ///< likewise
    bool m_isOver = false;
};

} // namespace queuedeck::store
