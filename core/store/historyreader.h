// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/db/connection.h"
#include "core/domain/history.h"
#include "core/store/sqltext.h"
#include "core/store/tableshape.h"

namespace queuedeck::store {

struct HistoryRow;

/// Reads the history: a few hundred rows, however many jobs there are. Every call blocks and reads
/// from one database snapshot; Unsupported for a guest, which has no history. It lives on the
/// thread of its connection.
class HistoryReader
{
public:
    HistoryReader(db::Connection& connection, const TableShape& shape, const base::Clock& clock);

    /// `type` limits the buckets and `all`; empty: every type. How many jobs came is not known by
    /// type.
    base::Result<domain::History> read(domain::HistoryPeriod period, const QString& type = {});
    /// By type, since the history began: these never fall.
    base::Result<QMap<QString, domain::HistoryFigures>> totals();

private:
    base::Status mayRead() const;
    base::Result<db::Rows> run(const Sql& sql, const db::Params& params = {});
    base::Status addFigures(domain::History& history, const domain::HistorySpan& span,
                            const QString& type);
    base::Status addSeen(domain::History& history, const domain::HistorySpan& span,
                         const QString& type);
    base::Status addLastHour(domain::History& history);
    base::Status addRates(domain::History& history, const QString& type);

    db::Connection& m_connection;
    const TableShape& m_shape;
    const SqlText& m_sql;
    const base::Clock& m_clock;
};

} // namespace queuedeck::store
