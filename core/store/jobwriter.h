// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/domain/jobrules.h"
#include "core/domain/outcome.h"
#include "core/store/effects/effects.h"
#include "core/store/journalnote.h"

#include <functional>

namespace queuedeck::store {

/// Changes made by people. Each saves the before-images of the rows in the same transaction, checks
/// the rule again in SQL, and leaves one entry in the journal. A batch that the database rejects is
/// split until the rejected row is alone; that row is skipped with the reason. Every call blocks;
/// it lives on the thread of its connection.
class JobWriter
{
public:
    /// Called after each committed batch; returning false stops before the next one.
    using BatchDone = std::function<bool(qint64 done, qint64 total)>;

    static constexpr int kBatch = 500;

    JobWriter(db::Connection& connection, const TableShape& shape, const base::Clock& clock,
              const Effects& effects);

    /// Changes exactly `ids`, as far as the rule allows, in batches of kBatch, each committed. A
    /// dry run does the same and rolls each back. What was committed before an error is reported:
    /// see Outcome::failure.
    base::Result<domain::Outcome> change(domain::JobAction action, const domain::JobIds& ids,
                                         const ChangeNote& note, bool dryRun,
                                         const BatchDone& batchDone = {});
    /// Restores what an action changed, row by row, unless the row has changed since. An empty id
    /// means the newest entry that can be undone. An undo that restored nothing leaves the entry
    /// open.
    base::Result<domain::Outcome> undo(const domain::JournalId& entry);
    base::Result<QVector<domain::JournalEntry>> journal(int limit);

private:
    base::Status mayChange(domain::JobAction action) const;
    base::Result<domain::JobIds> changeBatch(domain::JobAction action, const domain::JobIds& ids,
                                             const ChangeNote& note,
                                             const domain::JournalId& journal, qint64& running);
    base::Status explainSkipped(domain::JobAction action, const domain::JobIds& skipped,
                                domain::Outcome& outcome);
    base::Result<domain::JournalEntry> entryToUndo(const domain::JournalId& entry);
    base::Result<domain::Outcome> undoEffects(const domain::JournalId& entry);
    base::Result<domain::JobIds> undoBatch(const domain::JournalId& entry,
                                           const domain::JobIds& ids, bool isFirst, bool isLast);
    base::Result<db::Rows> runOnIds(const Sql& sql, const domain::JobIds& ids, db::Params params);
    EffectPlace effectPlace() const;

    db::Connection& m_connection;
    const TableShape& m_shape;
    const SqlText& m_sql;
    const base::Clock& m_clock;
    const Effects& m_effects;
};

} // namespace queuedeck::store
