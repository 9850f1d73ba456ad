// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/inferredhistory.h"

namespace queuedeck::domain {

InferredHistory inferHistory(const QueueSnapshot& before, const QueueSnapshot& after)
{
    InferredHistory inferred;
    inferred.seen.running = after.counts.processing;
    if (after.oldestPending.isValid())
        inferred.seen.oldestPending = std::chrono::milliseconds(
            std::max<qint64>(0, after.oldestPending.msecsTo(after.takenAt)));
    const qint64 apart = before.takenAt.isValid() ? before.takenAt.msecsTo(after.takenAt) : -1;
    if (apart < 0 || apart > std::chrono::milliseconds(kLongestLook).count())
        return inferred;
    const qint64 minute = beginOf(HistoryStep::Minute, after.takenAt.toMSecsSinceEpoch());
    qint64 created = 0;
    for (auto type = after.byType.cbegin(); type != after.byType.cend(); ++type) {
        const TypeCounts was = before.byType.value(type.key());
        HistoryFigures figures;
        figures.completed = std::max<qint64>(0, type->completed - was.completed);
        figures.failed = std::max<qint64>(0, type->failed - was.failed);
        created += std::max<qint64>(0, type->total() - was.total());
        if (figures.finished() > 0)
            inferred.parts.push_back({minute, type.key(), figures});
    }
    inferred.seen.created[minute] = created;
    return inferred;
}

} // namespace queuedeck::domain
