// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"
#include "core/domain/history.h"

namespace queuedeck::store {

/// A figure row of HistorySql: what attempts of one type came to from a moment on.
struct HistoryRow
{
    qint64 at = 0; ///< ms since 1970
    QString type;
    domain::HistoryFigures figures;
};

/// A histogram that a later version wrote in another form counts as empty.
std::vector<HistoryRow> historyRows(const db::Rows& rows);
/// :type :completed :failed :retried :wait :run
db::Params historyParams(const QString& type, const domain::HistoryFigures& figures);

/// When a job was created, in ms since 1970, from its column; 0 if that cannot be read. For every
/// job of a claim, so quick for the usual forms.
qint64 createdMs(const QVariant& createdAt);

} // namespace queuedeck::store
