// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/db/connection.h"
#include "core/domain/history.h"
#include "core/store/sqltext.h"
#include "core/store/tableshape.h"

namespace queuedeck::store {

/// Writes the history. What engines note is added to minutes, hours, days and the total by whoever
/// rolls up next, each batch exactly once: it is noted in one transaction, and taken and added in
/// one. Where no tables of ours exist, everything here does nothing. Every call blocks; it lives
/// on the thread of its connection.
class HistoryStore
{
public:
    HistoryStore(db::Connection& connection, const TableShape& shape, const base::Clock& clock);

    /// Notes a batch; one that was noted before is left alone, so that it may be sent again when it
    /// is not known whether it arrived. An engine's batches are numbered upwards.
    base::Status note(const domain::HistoryBatch& batch);
    /// Adds what was noted to the history, notes what the queue looks like now, counts the jobs
    /// created in minutes that are over, and removes what has become too old. May be called at any
    /// time by any number of programs: one of them does it, the others return at once.
    base::Status rollUp();
    /// The same if nobody has done it within the last minute or so: for whoever ends.
    base::Status rollUpIfDue();
    /// The same in a file of this program, which records a queue that is elsewhere: what it looks
    /// like is given, and the jobs that came since the last call, by minute (in ms since 1970).
    base::Status rollUp(const domain::QueueSeen& seen);

private:
    base::Result<db::Rows> run(const Sql& sql, const db::Params& params = {});
    base::Status addParts();
    base::Status addTo(domain::HistoryStep step, qint64 at,
                       const QMap<QString, domain::HistoryFigures>& figures);
    base::Result<domain::QueueSeen> look();
    base::Result<std::map<qint64, qint64>> countCreated();
    base::Status write(const domain::QueueSeen& seen);
    base::Status see(const domain::QueueSeen& seen);
    base::Status putCreated(const std::map<qint64, qint64>& created);
    base::Result<std::map<qint64, qint64>> withThoseBefore(std::map<qint64, qint64> created);
    base::Status expire();
    qint64 now() const { return m_clock.now().toMSecsSinceEpoch(); }

    db::Connection& m_connection;
    const TableShape& m_shape;
    const SqlText& m_sql;
    const base::Clock& m_clock;
};

} // namespace queuedeck::store
